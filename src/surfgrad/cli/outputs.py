"""Output paths: checked before any work is done, written together or not at all."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from surfgrad.errors import UsageError
from surfgrad.files import replacing

PLOT_SUFFIXES = (".png", ".pdf", ".svg")


def check_output(path: Path | None, option: str, suffixes: Sequence[str] = ()) -> None:
    """Raise UsageError if a file could not be written there, or its suffix is not among those allowed."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{option}: {str(path)!r} is a folder; give a file name")
    if not path.parent.is_dir():
        raise UsageError(f"{option}: there is no folder {str(path.parent)!r}")
    if suffixes and path.suffix.lower() not in suffixes:
        raise UsageError(f"{option}: {path.name!r} must end in {', '.join(suffixes)}")


def write_all(writers: Mapping[Path, Callable[[Path], object]]) -> None:
    """Let each writer fill a temporary file; rename them all only after the last one has succeeded."""
    with ExitStack() as stack:
        temporary = {path: stack.enter_context(replacing(path)) for path in writers}
        for path, write in writers.items():
            write(temporary[path])
