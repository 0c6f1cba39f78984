"""One unit of work, as any thread, process or cluster node does it: compute a block, write it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from surfgrad import __version__
from surfgrad.ensembles.writer import writing
from surfgrad.errors import SurfgradError

AHEAD = 2
"""Blocks handed out for each worker: one being computed, one waiting, whatever the size of the store."""
B = TypeVar("B")
Made = TypeVar("Made", covariant=True)
Kept = TypeVar("Kept", contravariant=True)


class Job(Protocol[Made]):
    """What makes blocks: a `Work`, or whatever else can be done block by block. Goes to workers by pickle."""

    @property
    def identity(self) -> Mapping[str, Any]:
        """With `engine_version`, that of the run."""
        ...

    def compute(self, start: int, stop: int, threads: int | None = 1) -> Made:
        """Items start ... stop - 1, with `threads` engine threads."""
        ...


class Shelf(Protocol[Kept]):
    """What keeps them: a `Writer`, or another folder of finished blocks. Goes to workers by pickle."""

    @property
    def out(self) -> Path:
        """What is being made, for messages."""
        ...

    def span(self, index: int) -> tuple[int, int]:
        """First item of a block, and the one after its last."""
        ...

    def missing(self) -> list[int]:
        """The blocks that are not on disk, whole, yet."""
        ...

    def visible(self) -> bool:
        """Whether this process, perhaps on another machine, sees the very folder."""
        ...

    def write(self, index: int, block: Kept) -> None:
        """Write one block, whole or not at all. Twice is as good as once."""
        ...


def make_block(work: Job[B], writer: Shelf[B], index: int, threads: int | None = 1) -> B | None:
    """Compute a block and write it; where this machine does not see the unfinished store, return it instead."""
    theirs = work.identity["engine_version"]
    if theirs != __version__:
        raise SurfgradError(
            f"a worker has surfgrad {__version__}, the run {theirs}; the same version is needed everywhere"
        )
    block = work.compute(*writer.span(index), threads)
    if not writer.visible():
        return block
    with writing(writer.out):
        writer.write(index, block)
    return None


def settle(writer: Shelf[Any], left: list[int]) -> Iterator[int]:
    """After a loss: take from `left`, and yield, the blocks that got to disk although nobody could say so."""
    missing = set(writer.missing())
    done = [index for index in left if index not in missing]
    left[:] = [index for index in left if index in missing]
    yield from done


def drain(
    writer: Shelf[B],
    submit: Callable[[int], Future[B | None]],
    indices: Iterable[int],
    workers: Callable[[], int],
) -> Iterator[int]:
    """Hand out blocks, `AHEAD` for each worker, and yield the index of each when it is on disk: memory stays bounded.

    `workers`: how many there are now. The first error ends it: what is running is awaited, what is waiting is dropped.
    """
    left = iter(indices)
    running: dict[Future[B | None], int] = {}
    try:
        while True:
            for index in islice(left, max(0, AHEAD * workers() - len(running))):
                running[submit(index)] = index
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                index, block = running.pop(future), future.result()
                if block is not None:
                    with writing(writer.out):
                        writer.write(index, block)
                yield index
    finally:
        for future in running:
            future.cancel()
