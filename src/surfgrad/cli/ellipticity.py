"""`surfgrad ellipticity`: H/V of Rayleigh waves of a layered model as CSV and as a plot."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import PLOT_SUFFIXES, check_output, write_all
from surfgrad.cli.ranges import parse_modes, parse_periods
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.records import Ellipticity

HEADER = "mode,period_s,ellipticity,status"


def ellipticity(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="model96 or CSV file, or ak135 or prem")],
    modes: Annotated[str, typer.Option(help="0 is the fundamental; 0:2 is 0, 1 and 2")] = "0",
    periods: Annotated[str, typer.Option(help="s; 2:60:1 is 59 periods, 5,10,20 three")] = "2:60:1",
    out: Annotated[Path | None, typer.Option(help="CSV file; without it the curves are printed")] = None,
    plot: Annotated[Path | None, typer.Option(help="figure: .png, .pdf or .svg")] = None,
) -> None:
    """Ellipticity (H/V at the surface, positive for retrograde motion) of a layered model's Rayleigh waves.

    CSV columns: mode, period_s, ellipticity (nan where there is none) and status. Under water: at the sea floor.
    """
    wanted_modes, wanted_periods = parse_modes(modes), parse_periods(periods)
    check_output(out, "--out")
    check_output(plot, "--plot", PLOT_SUFFIXES)
    if out is not None and out == plot:
        raise UsageError(f"--plot: {str(plot)!r} is the --out file too; give two names")
    earth = read_model(model)

    import numpy as np

    from surfgrad.cli.tables import print_summary
    from surfgrad.waves.ellipticity import ellipticity_curve

    curves = [ellipticity_curve(*earth.arrays, np.array(wanted_periods), mode=mode) for mode in wanted_modes]
    _write(curves, out, plot, title=earth.name or Path(model).name)
    if out is None:
        print("\n".join(rows(curves)))
    else:
        print_summary(str(out), [curve.status for curve in curves], "values")


def rows(curves: "Sequence[Ellipticity]") -> Iterator[str]:
    """The CSV's lines, header first; values with all their digits."""
    from surfgrad.status import Status

    yield HEADER
    for curve in curves:
        for period, value, status in zip(curve.periods, curve.ellipticity, curve.status, strict=True):
            yield f"{curve.mode},{float(period)!r},{float(value)!r},{Status(int(status)).name}"


def _write(curves: "Sequence[Ellipticity]", out: Path | None, plot: Path | None, *, title: str) -> None:
    writers: dict[Path, Callable[[Path], object]] = {}
    if out is not None:
        writers[out] = lambda path: path.write_text("\n".join(rows(curves)) + "\n", encoding="utf-8")
    if plot is not None:
        from surfgrad.report.ellipticity import plot_ellipticity

        writers[plot] = lambda path: plot_ellipticity(curves, title=title).savefig(path)
    write_all(writers)
