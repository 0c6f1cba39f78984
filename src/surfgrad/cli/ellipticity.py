"""`surfgrad ellipticity`: H/V of Rayleigh waves of a layered model as CSV and as a plot."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.cli import options
from surfgrad.cli.columns import time_column, time_texts
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_text_and_plot, write_text_and_plot
from surfgrad.cli.phases import phase_velocities
from surfgrad.cli.ranges import parse_modes
from surfgrad.cli.times import Times, parse_times
from surfgrad.units import Units

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.records import Ellipticity


def ellipticity(
    model: options.Model,
    modes: options.Modes = "0",
    periods: options.Periods = "",
    frequencies: options.Frequencies = "",
    units: options.UnitsOption = "km",
    axis: options.Axis = "",
    earth: options.Earth = "flat",
    out: options.CurvesOut = None,
    plot: options.Plot = None,
) -> None:
    """Ellipticity (H/V at the surface, positive for retrograde motion) of a layered model's Rayleigh waves.

    At --periods (2:60:1) or, for --units si, --frequencies (1:50:1). CSV columns: mode, period_s (or frequency_hz),
    ellipticity (nan where there is none) and status. Under water: at the sea floor.
    """
    wanted_modes, system = parse_modes(modes), options.parse_units(units)
    times = parse_times(periods, frequencies, system, "2:60:1", "1:50:1")
    shape, against = options.parse_earth(earth), options.parse_axis(axis, system)
    check_text_and_plot(out, plot, model, "MODEL")
    ground = read_model(model, shape, system)

    import numpy as np

    from surfgrad.cli.tables import conclude, print_rows
    from surfgrad.waves.ellipticity import ellipticity_curve

    at = np.array(times.periods)
    curves = [ellipticity_curve(*ground.arrays, at, mode=mode, earth=shape) for mode in wanted_modes]

    def draw() -> "Figure":
        from surfgrad.report.ellipticity import plot_ellipticity

        phase = phase_velocities(ground, [("rayleigh", mode) for mode in wanted_modes], at, shape, against)
        title = ground.name or Path(model).name
        return plot_ellipticity(curves, title=title, axis=against, units=system.name, phase=phase)

    write_text_and_plot(out, lambda: rows(curves, times, system), plot, draw)
    if out is None:
        print_rows(rows(curves, times, system))
    conclude(out, plot, [curve.status for curve in curves], "values")


def header(units: Units) -> str:
    """The CSV's first line."""
    return f"mode,{time_column(units)},ellipticity,status"


def rows(curves: "Sequence[Ellipticity]", times: Times, units: Units) -> Iterator[str]:
    """The CSV's lines, header first; values with all their digits."""
    from surfgrad.status import Status

    yield header(units)
    for curve in curves:
        for at, value, status in zip(time_texts(times, units), curve.ellipticity, curve.status, strict=True):
            yield f"{curve.mode},{at},{float(value)!r},{Status(int(status)).name}"
