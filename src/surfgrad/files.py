"""Writing files and folders whole or not at all.

New ones get the permissions that any other file of the user gets. The umask is left to the system to apply: a process
can only read it by changing it, and for that moment the files of its other threads would be anybody's to write.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from stat import S_IMODE


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a temporary path beside `path`; rename it over `path` on success, remove it on failure.

    A link stays one: the file that it leads to is written, whether or not it is there yet.
    """
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    temporary = path.parent / f".{path.stem}.{token_urlsafe(6)}{path.suffix}"
    try:
        temporary.touch(exist_ok=False)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None  # not by a name that nobody gave
    mode = S_IMODE(temporary.stat().st_mode)
    try:
        yield temporary
        temporary.chmod(mode)  # some libraries make the file anew, for its owner alone
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def new_folder(path: str | Path) -> Iterator[Path]:
    """The same for a folder, which must not exist yet: what is put into the one that is yielded will be in `path`."""
    path = Path(path)
    temporary = path.parent / f".{path.name}.{token_urlsafe(6)}"
    temporary.mkdir()
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
