"""One store, from nothing, from what an interrupted run has left, or from a smaller one: the same in the end."""

from collections.abc import Callable
from pathlib import Path

from surfgrad.ensembles.runner import Runner
from surfgrad.ensembles.schema import Card, first_difference
from surfgrad.ensembles.store import Ensemble, open_ensemble
from surfgrad.ensembles.work import Work
from surfgrad.errors import FormatError, UsageError

Progress = Callable[[int, int], None]
"""Called as progress(samples done, samples in all) at the start and after every block."""


def block_size(chunk: int | None, count: int) -> int:
    """Samples of a block: `chunk`, or by default what keeps both the number of files and the memory moderate."""
    if chunk is None:
        return max(25, min(500, count // 8)) if count <= 200_000 else 5000
    if chunk < 1:
        raise UsageError(f"chunk: {chunk} given; at least 1 sample is allowed")
    return chunk


def produce(work: Work, out: Path, chunk: int, runner: Runner, progress: Progress | None = None) -> Ensemble:
    """Make the store `out`, unless it is there; continue it where it was begun, extend it where it is shorter.

    Raises UsageError where `out` holds something else, FormatError where the store to extend is damaged.
    """
    from surfgrad.ensembles.lock import locked
    from surfgrad.ensembles.writer import LOCK, begin, clear_remains, writing

    if out.exists():
        found = _existing(out)
        if first_difference(work.identity, _identity(found, work)) is None:
            clear_remains(out)
            return found
        work = _extended(work, found)
    runner.ready()
    with writing(out):
        writer = begin(work, out, chunk)
    with locked(writer.partial / LOCK, out):
        missing = writer.missing()
        done = work.count - sum(stop - start for start, stop in map(writer.span, missing))
        _tell(progress, done, work.count)
        for index in runner.run(work, writer, missing):
            start, stop = writer.span(index)
            done += stop - start
            _tell(progress, done, work.count)
        with writing(out):
            writer.finish()
    clear_remains(out)
    return open_ensemble(out)


def _tell(progress: Progress | None, done: int, count: int) -> None:
    if progress is not None:
        progress(done, count)


def _existing(out: Path) -> Ensemble:
    try:
        return open_ensemble(out)
    except FormatError as error:
        raise UsageError(f"--out {out}: exists and is not a whole ensemble ({error})") from None


def _identity(found: Ensemble, work: Work) -> Card:
    return {key: found.card.get(key) for key in work.identity}


def _extended(work: Work, found: Ensemble) -> Work:
    """The work that is left when a store holds the first samples of what is asked for."""
    from surfgrad.ensembles.assembly import extension

    wanted, there = work.identity["index_range"], found.card["index_range"]
    theirs = _identity(found, work)
    longer = work.identity["prior"] is not None and there[0] == wanted[0] and there[1] < wanted[1]
    if longer:
        theirs["index_range"] = wanted
    difference = first_difference(work.identity, theirs)
    if difference is not None:
        raise UsageError(
            f"--out {found.path}: holds another ensemble ({difference}); remove it or choose another --out"
        )
    found.verify()  # damage must not get new, valid hashes
    return extension(work, found)
