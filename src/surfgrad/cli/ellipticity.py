"""`surfgrad ellipticity`: H/V of Rayleigh waves of a layered model as CSV and as a plot."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.cli import options
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_csv_and_plot, write_csv_and_plot
from surfgrad.cli.ranges import parse_modes, parse_periods

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.records import Ellipticity

HEADER = "mode,period_s,ellipticity,status"


def ellipticity(
    model: options.Model,
    modes: options.Modes = "0",
    periods: options.Periods = "2:60:1",
    earth: options.Earth = "flat",
    out: options.CurvesOut = None,
    plot: options.Plot = None,
) -> None:
    """Ellipticity (H/V at the surface, positive for retrograde motion) of a layered model's Rayleigh waves.

    CSV columns: mode, period_s, ellipticity (nan where there is none) and status. Under water: at the sea floor.
    """
    wanted_modes, wanted_periods = parse_modes(modes), parse_periods(periods)
    shape = options.parse_earth(earth)
    check_csv_and_plot(out, plot)
    ground = read_model(model, shape)

    import numpy as np

    from surfgrad.cli.tables import print_summary
    from surfgrad.waves.ellipticity import ellipticity_curve

    at = np.array(wanted_periods)
    curves = [ellipticity_curve(*ground.arrays, at, mode=mode, earth=shape) for mode in wanted_modes]
    write_csv_and_plot(out, lambda: rows(curves), plot, lambda: _draw(curves, ground.name or Path(model).name))
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


def _draw(curves: "Sequence[Ellipticity]", title: str) -> "Figure":
    from surfgrad.report.ellipticity import plot_ellipticity

    return plot_ellipticity(curves, title=title)
