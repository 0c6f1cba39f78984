"""One unit of work, as any thread, process or cluster node does it: compute a block, write it."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice

from surfgrad import __version__
from surfgrad.ensembles.work import Block, Work
from surfgrad.ensembles.writer import Writer, writing
from surfgrad.errors import SurfgradError

AHEAD = 2
"""Blocks handed out for each worker: one being computed, one waiting, whatever the size of the store."""


def make_block(work: Work, writer: Writer, index: int, threads: int | None = 1) -> Block | None:
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


def settle(writer: Writer, left: list[int]) -> Iterator[int]:
    """After a loss: take from `left`, and yield, the blocks that got to disk although nobody could say so."""
    missing = set(writer.missing())
    done = [index for index in left if index not in missing]
    left[:] = [index for index in left if index in missing]
    yield from done


def drain(
    writer: Writer,
    submit: Callable[[int], Future[Block | None]],
    indices: Iterable[int],
    workers: Callable[[], int],
) -> Iterator[int]:
    """Hand out blocks, `AHEAD` for each worker, and yield the index of each when it is on disk: memory stays bounded.

    `workers`: how many there are now. The first error ends it: what is running is awaited, what is waiting is dropped.
    """
    left = iter(indices)
    running: dict[Future[Block | None], int] = {}
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
