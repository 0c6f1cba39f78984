"""The --out and --plot of commands that write a labelled dataset: a NetCDF file and its figure."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.cli.outputs import PLOT_SUFFIXES, check_apart, check_output, write_all
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

NETCDF_SUFFIXES = (".nc", ".nc4", ".h5")
MOST_ROWS = 24
"""Wave-mode pairs that a figure has room for, a row of panels each."""


def check_netcdf_and_plot(out: Path | None, plot: Path | None, rows: int, model: str) -> None:
    """Raise UsageError where neither is given, one cannot be written or is the model's own file, or the figure would
    need too many `rows`."""
    check_output(out, "--out", NETCDF_SUFFIXES)
    check_output(plot, "--plot", PLOT_SUFFIXES)
    check_apart(out, "--out", model, "MODEL")
    check_apart(plot, "--plot", model, "MODEL")
    if plot is not None and rows > MOST_ROWS:
        raise UsageError(f"--plot: {rows} wave-mode pairs; a figure has room for {MOST_ROWS}")
    if out is None and plot is None:
        raise UsageError("nothing to write: give --out with a .nc file, --plot with a .png, .pdf or .svg, or both")


def write_netcdf_and_plot(
    data: "xr.Dataset", out: Path | None, plot: Path | None, draw: "Callable[[], Figure]", what: str
) -> None:
    """Write `data` and its figure where asked, both or neither, and say so with a sentence on every status.

    `what`: of what there is one for each status, in the plural.
    """
    from surfgrad.cli.tables import print_summary

    writers: dict[Path, Callable[[Path], object]] = {}
    if out is not None:
        writers[out] = lambda path: data.to_netcdf(path, engine="h5netcdf")
    if plot is not None:
        writers[plot] = lambda path: draw().savefig(path)
    write_all(writers)
    print_summary(" and ".join(str(path) for path in writers), [data["status"].values], what)
