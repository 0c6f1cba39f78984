"""Blocks on a dask.distributed cluster, whatever started it: a job queue, Kubernetes, two machines under a desk."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager, suppress
from typing import Any

from surfgrad.ensembles.blocks import Job, Shelf, drain, make_block, settle
from surfgrad.errors import SurfgradError, UsageError
from surfgrad.text import cause

PATIENCE = 300.0
"""Seconds that a run waits for a scheduler that it has lost."""
_CONNECT = 30.0
"""Seconds; a login node may be very busy."""
_RETRIES = 1
"""Second chances for a block that ends in an error: a file system that stumbled."""


def check_scheduler(address: str) -> None:
    """UsageError where no scheduler answers at `address`."""
    try:
        with _client(address):
            pass
    except _LostError as reason:
        raise UsageError(f"--scheduler {address}: no scheduler answers there ({reason})") from None


def by_cluster(
    work: Job[Any], writer: Shelf[Any], missing: list[int], address: str, patience: float = PATIENCE
) -> Iterator[int]:
    """Yield the index of every block when it is on disk.

    A block whose worker dies goes to another one. When the scheduler is lost the run waits for one at the same
    `address`, `patience` seconds long, and hands out again what is not on disk. Workers write the store themselves
    where they see it, and send blocks back where they do not.
    """
    left, lost_at = list(missing), 0.0
    while left:
        try:
            with _client(address) as client:
                lost_at = 0.0
                for index in _round(client, work, writer, list(left)):
                    left.remove(index)
                    yield index
        except _LostError:
            lost_at = lost_at or time.monotonic()
            if time.monotonic() - lost_at > patience:
                raise SurfgradError(
                    f"--scheduler {address}: lost, and not back after {patience:g} s; finished blocks are kept, the "
                    "same command continues"
                ) from None
            time.sleep(1.0)
            yield from settle(writer, left)


class _LostError(Exception):
    """The scheduler does not answer, or does not know of us any more."""


@contextmanager
def _client(address: str) -> Iterator[Any]:
    from distributed import Client

    with _quiet():
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise _LostError(cause(error, 100)) from None
        try:
            yield client
        finally:
            with suppress(Exception):  # a farewell that nobody answers
                client.close(timeout=_CONNECT)


def _round(client: Any, work: Job[Any], writer: Shelf[Any], indices: list[int]) -> Iterator[int]:
    """Everything that is left, as long as this scheduler lives."""
    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    try:
        told = client.scatter((work, writer), broadcast=False, hash=False)
        executor = client.get_executor(retries=_RETRIES, pure=False)

        def submit(index: int) -> Future[Any]:
            future: Future[Any] = executor.submit(_block, told, index)
            return future

        yield from drain(writer, submit, indices, _counting(client))
    except (CancelledError, CommClosedError, TimeoutError) as error:
        raise _LostError(str(error)) from None
    except KilledWorker:
        raise SurfgradError(
            "several workers died over one block (out of memory, preempted?); finished blocks are kept, the same "
            "command continues"
        ) from None


def _block(told: tuple[Job[Any], Shelf[Any]], index: int) -> Any:
    return make_block(*told, index)


def _counting(client: Any) -> Callable[[], int]:
    """The cluster's threads, asked for every few seconds: workers come and go."""
    last = [-1e9, 1]

    def count() -> int:
        if time.monotonic() - last[0] > 2.0:
            last[:] = [time.monotonic(), max(1, sum(client.nthreads().values()))]
        return int(last[1])

    return count


@contextmanager
def _quiet() -> Iterator[None]:
    """What dask says of lost connections in many lines, we say in one."""
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)
