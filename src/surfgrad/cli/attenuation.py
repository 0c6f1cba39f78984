"""`surfgrad attenuation`: Q, decay and physical dispersion of a layered model's modes as CSV and as a plot."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.columns import in_units, time_column, time_texts
from surfgrad.cli.losses import read_losses
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_text_and_plot, write_text_and_plot
from surfgrad.cli.ranges import parse_modes, parse_names
from surfgrad.cli.times import Times, parse_times
from surfgrad.contracts import WAVES
from surfgrad.units import Units

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.records import Attenuation

POWERS = {"quality": 0, "spatial_quality": 0, "gamma": -1, "velocity": 1, "group": 1}
"""Field of the record -> the power of length in its unit."""
_Q = "quality factor, or one a layer with commas, inf for none; default: the {} column of a model96 file"


def attenuation(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    modes: options.Modes = "0",
    periods: options.Periods = "",
    frequencies: options.Frequencies = "",
    units: options.UnitsOption = "km",
    axis: options.Axis = "",
    qp: Annotated[str, typer.Option(help=_Q.format("QP"))] = "",
    qs: Annotated[str, typer.Option(help=_Q.format("QS"))] = "",
    reference_period: Annotated[
        float | None, typer.Option(help="s, where vp and vs hold; default: 1/FREFP = 1/FREFS of a model96 file, else 1")
    ] = None,
    earth: options.Earth = "flat",
    out: options.CurvesOut = None,
    plot: options.Plot = None,
) -> None:
    """Attenuation of a layered model's surface waves, to first order in 1/Q.

    At --periods (2:60:1) or, for --units si, --frequencies (1:50:1). CSV columns: wave, mode, period_s, quality (Q in
    time), spatial_quality, gamma_1_km (decay of amplitude with distance), velocity_km_s and group_km_s (with physical
    dispersion), status; nan where there is no mode. For --units si frequency_hz, gamma_1_m, velocity_m_s, group_m_s.
    """
    waves, wanted_modes = parse_names(wave, "--wave", WAVES), parse_modes(modes)
    system = options.parse_units(units)
    times = parse_times(periods, frequencies, system, "2:60:1", "1:50:1")
    shape, against = options.parse_earth(earth), options.parse_axis(axis, system)
    check_text_and_plot(out, plot, model, "MODEL")
    ground = read_model(model, shape, system)
    losses = read_losses(model, ground.n_layers, qp, qs, reference_period)

    import numpy as np

    from surfgrad.cli.tables import conclude, print_rows
    from surfgrad.waves.attenuation import attenuation as attenuate

    at = np.array(times.periods)
    curves = [
        attenuate(*ground.arrays, at, wave=each, mode=mode, earth=shape, **losses._asdict())
        for each in waves
        for mode in wanted_modes
    ]

    def draw() -> "Figure":
        from surfgrad.report.attenuation import plot_attenuation

        return plot_attenuation(curves, title=ground.name or Path(model).name, axis=against, units=system.name)

    write_text_and_plot(out, lambda: rows(curves, times, system), plot, draw)
    if out is None:
        print_rows(rows(curves, times, system))
    conclude(out, plot, [curve.status for curve in curves], "values of Q")


def columns(units: Units) -> dict[str, str]:
    """Column of the CSV -> field of the record."""
    unit = {1: units.velocity, -1: f"1/{units.length}"}
    return {units.column(field, unit[power]) if power else field: field for field, power in POWERS.items()}


def rows(curves: "Sequence[Attenuation]", times: Times, units: Units) -> Iterator[str]:
    """The CSV's lines, header first; values with all their digits."""
    from surfgrad.status import Status

    yield ",".join(("wave", "mode", time_column(units), *columns(units), "status"))
    for curve in curves:
        fields = [(getattr(curve, field), power) for field, power in POWERS.items()]
        for i, at in enumerate(time_texts(times, units)):
            values = ",".join(in_units(column[i], units, power) for column, power in fields)
            yield f"{curve.wave},{curve.mode},{at},{values},{Status(int(curve.status[i])).name}"
