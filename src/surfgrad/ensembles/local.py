"""Blocks on this machine: by threads of this process, or by processes."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from surfgrad.ensembles.blocks import Job, Shelf, drain, make_block, settle
from surfgrad.ensembles.orphan import die_with_parent
from surfgrad.errors import SurfgradError

_ATTEMPTS = 3
"""Pools that may break without one finished block in between before the run gives up."""


def by_threads(work: Job[Any], writer: Shelf[Any], missing: list[int], workers: int) -> Iterator[int]:
    """Yield the index of every block when it is on disk. Few blocks get several engine threads each."""
    engine = max(1, workers // max(1, len(missing)))
    with ThreadPoolExecutor(min(workers, max(1, len(missing)))) as pool:
        yield from drain(
            writer, lambda index: pool.submit(make_block, work, writer, index, engine), missing, lambda: workers
        )


def by_processes(work: Job[Any], writer: Shelf[Any], missing: list[int], workers: int) -> Iterator[int]:
    """The same in processes of their own; a process that dies is replaced, and its blocks are computed again."""
    left, attempts = list(missing), 0
    while left:
        try:
            for index in _one_pool(work, writer, list(left), workers):
                attempts = 0
                left.remove(index)
                yield index
        except BrokenProcessPool:
            attempts += 1
            if attempts == _ATTEMPTS:
                raise SurfgradError(
                    f"{attempts} times in a row a worker process died at once (killed, or out of memory?): finished "
                    "blocks are kept, the same command continues"
                ) from None
            yield from settle(writer, left)


def _one_pool(work: Job[Any], writer: Shelf[Any], missing: list[int], workers: int) -> Iterator[int]:
    # Not a fork: the parent has threads (zarr's, numba's), and a forked copy of a held lock never opens.
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (work, writer)) as pool:
        yield from drain(writer, lambda index: pool.submit(_block, index), missing, lambda: workers)


_task: tuple[Job[Any], Shelf[Any]] | None = None
"""What a worker process works at: told once, not with every block."""


def _begin(work: Job[Any], writer: Shelf[Any]) -> None:
    global _task
    _task = (work, writer)
    die_with_parent()


def _block(index: int) -> Any:
    if _task is None:
        raise RuntimeError("a worker process without work")
    return make_block(*_task, index)
