"""One run at a time on one unfinished store. The lock goes with the process that holds it, however that ends."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from surfgrad.errors import UsageError


@contextmanager
def locked(path: Path, what: Path) -> Iterator[None]:
    """Hold the lock file `path`; UsageError where another process holds it, saying that it works on `what`."""
    with path.open("a") as handle:
        try:
            _lock(handle.fileno())
        except OSError as error:
            # Anything else means a file system without locks: two runs there do the same work twice, no harm.
            if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise UsageError(f"{what}: another run is writing this store; wait for it or stop it") from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
