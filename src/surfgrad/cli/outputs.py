"""Output paths: checked before any work is done, written together or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.errors import UsageError
from surfgrad.files import replacing

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PLOT_SUFFIXES = (".png", ".pdf", ".svg")


def check_output(path: Path | None, option: str, suffixes: Sequence[str] = ()) -> None:
    """Raise UsageError if a file could not be written there, or its suffix is not among those allowed."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{option}: {str(path)!r} is a folder; give a file name")
    if path.exists() and not path.is_file():
        raise UsageError(f"{option}: {str(path)!r} is a device or a pipe; give a file name")
    if not path.parent.is_dir():
        raise UsageError(f"{option}: there is no folder {str(path.parent)!r}")
    if suffixes and path.suffix.lower() not in suffixes:
        raise UsageError(f"{option}: {path.name!r} must end in {', '.join(suffixes)}")


def check_folder(path: Path) -> None:
    """Raise UsageError if `path`, the --out of a command, could not be a folder of results."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"--out: {str(path)!r} is a file; give a folder")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"--out: there is no folder {str(path.parent)!r}")


def check_new_folder(path: Path, inputs: Iterable[str | Path] = ()) -> None:
    """Raise UsageError if `path`, the --out of a command that makes missing folders, could not be a folder of results,
    or would lie within one of the folders that they are made from."""
    there = next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())
    if not there.is_dir():
        raise UsageError(f"--out: {str(there)!r} is a file; give a folder")
    for given in map(Path, inputs):
        if given.is_dir() and path.resolve().is_relative_to(given.resolve()):
            raise UsageError(f"--out: {str(path)!r} lies in {str(given)!r}; a place outside is allowed")


def check_apart(path: Path | None, option: str, given: str, what: str) -> None:
    """Raise UsageError where a result would take the place of the file that it is made from, `what` on the command."""
    if path is not None and path.exists() and Path(given).exists() and path.samefile(given):
        raise UsageError(f"{option}: {str(path)!r} is {what} too; another name is allowed")


def write_all(writers: Mapping[Path, Callable[[Path], object]]) -> None:
    """Let each writer fill a temporary file; rename them all only after the last one has succeeded."""
    with ExitStack() as stack:
        temporary = {path: stack.enter_context(replacing(path)) for path in writers}
        for path, write in writers.items():
            write(temporary[path])


def check_text_and_plot(out: Path | None, plot: Path | None, given: str = "", what: str = "") -> None:
    """Check the --out, a text file, and --plot of a command that writes both, from the file `given`, its `what`."""
    check_output(out, "--out")
    check_output(plot, "--plot", PLOT_SUFFIXES)
    if given:
        check_apart(out, "--out", given, what)
        check_apart(plot, "--plot", given, what)
    if out is not None and out == plot:
        raise UsageError(f"--plot: {str(plot)!r} is the --out file too; give two names")


def write_text_and_plot(
    out: Path | None, lines: Callable[[], Iterable[str]], plot: Path | None, draw: "Callable[[], Figure]"
) -> None:
    """Write `lines()` (of CSV, or JSON) to `out` and the figure of `draw()` to `plot`, where given: both or neither."""
    writers: dict[Path, Callable[[Path], object]] = {}
    if out is not None:
        writers[out] = lambda path: path.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    if plot is not None:
        writers[plot] = lambda path: draw().savefig(path)
    write_all(writers)
