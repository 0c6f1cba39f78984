"""`surfgrad attenuation`: Q, decay and physical dispersion of a layered model's modes as CSV and as a plot."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.losses import read_losses
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_csv_and_plot, write_csv_and_plot
from surfgrad.cli.ranges import parse_modes, parse_names, parse_periods
from surfgrad.contracts import WAVES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.records import Attenuation

COLUMNS = {
    "quality": "quality",
    "spatial_quality": "spatial_quality",
    "gamma_1_km": "gamma",
    "velocity_km_s": "velocity",
    "group_km_s": "group",
}
"""Column of the CSV -> field of the record."""
HEADER = ",".join(("wave", "mode", "period_s", *COLUMNS, "status"))
_Q = "quality factor, or one a layer with commas, inf for none; default: the {} column of a model96 file"


def attenuation(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    modes: options.Modes = "0",
    periods: options.Periods = "2:60:1",
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

    CSV columns: wave, mode, period_s, quality (Q in time), spatial_quality, gamma_1_km (decay of amplitude with
    distance), velocity_km_s and group_km_s (with physical dispersion), status; nan where there is no mode.
    """
    waves, wanted_modes, wanted_periods = parse_names(wave, "--wave", WAVES), parse_modes(modes), parse_periods(periods)
    shape = options.parse_earth(earth)
    check_csv_and_plot(out, plot)
    ground = read_model(model, shape)
    losses = read_losses(model, ground.n_layers, qp, qs, reference_period)

    import numpy as np

    from surfgrad.cli.tables import print_summary
    from surfgrad.waves.attenuation import attenuation as attenuate

    at = np.array(wanted_periods)
    curves = [
        attenuate(*ground.arrays, at, wave=each, mode=mode, earth=shape, **losses._asdict())
        for each in waves
        for mode in wanted_modes
    ]
    write_csv_and_plot(out, lambda: rows(curves), plot, lambda: _draw(curves, ground.name or Path(model).name))
    if out is None:
        print("\n".join(rows(curves)))
    else:
        print_summary(str(out), [curve.status for curve in curves], "periods")


def rows(curves: "Sequence[Attenuation]") -> Iterator[str]:
    """The CSV's lines, header first; values with all their digits."""
    from surfgrad.status import Status

    yield HEADER
    for curve in curves:
        columns = [getattr(curve, field) for field in COLUMNS.values()]
        for i, period in enumerate(curve.periods):
            values = ",".join(repr(float(column[i])) for column in columns)
            yield f"{curve.wave},{curve.mode},{float(period)!r},{values},{Status(int(curve.status[i])).name}"


def _draw(curves: "Sequence[Attenuation]", title: str) -> "Figure":
    from surfgrad.report.attenuation import plot_attenuation

    return plot_attenuation(curves, title=title)
