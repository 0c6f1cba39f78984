"""`surfgrad dispersion`: curves of a layered model as CSV, as a table and as a plot."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_csv_and_plot, write_csv_and_plot
from surfgrad.cli.ranges import parse_modes, parse_names, parse_periods
from surfgrad.contracts import WAVES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel
    from surfgrad.records import Dispersion

HEADER = "wave,kind,mode,period_s,velocity_km_s,status"
KINDS = ("phase", "group")


def dispersion(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    modes: options.Modes = "0",
    kind: Annotated[str, typer.Option(help="phase, group, or both with a comma")] = "phase",
    periods: options.Periods = "2:60:1",
    earth: options.Earth = "flat",
    out: options.CurvesOut = None,
    plot: options.Plot = None,
) -> None:
    """Dispersion curves of a layered model.

    CSV columns: wave, kind, mode, period_s, velocity_km_s (nan where there is none) and status.
    """
    waves = parse_names(wave, "--wave", WAVES)
    kinds = parse_names(kind, "--kind", KINDS)
    wanted_modes, wanted_periods = parse_modes(modes), parse_periods(periods)
    shape = options.parse_earth(earth)
    check_csv_and_plot(out, plot)
    ground = read_model(model, shape)
    curves = _solve(ground, wanted_periods, waves, kinds, wanted_modes, shape)
    write_csv_and_plot(out, lambda: rows(curves), plot, lambda: _draw(curves, ground.name or Path(model).name))
    if out is None:
        _show(curves)
    else:
        from surfgrad.cli.tables import print_summary

        print_summary(str(out), [curve.status for curve in curves])


def _solve(
    ground: "EarthModel",
    periods: Sequence[float],
    waves: Sequence[str],
    kinds: Sequence[str],
    modes: Sequence[int],
    earth: str,
) -> "list[Dispersion]":
    import numpy as np

    from surfgrad.waves.group import group_dispersion
    from surfgrad.waves.phase import dispersion as phase_dispersion

    solvers = {"phase": phase_dispersion, "group": group_dispersion}
    at = np.array(periods)
    return [
        solvers[kind](*ground.arrays, at, wave=wave, mode=mode, earth=earth)
        for wave in waves
        for kind in kinds
        for mode in modes
    ]


def rows(curves: "Sequence[Dispersion]") -> Iterator[str]:
    """The CSV's lines, header first; velocities with all their digits."""
    from surfgrad.status import Status

    yield HEADER
    for curve in curves:
        for period, velocity, status in zip(curve.periods, curve.velocity, curve.status, strict=True):
            name = Status(int(status)).name
            yield f"{curve.wave},{curve.kind},{curve.mode},{float(period)!r},{float(velocity)!r},{name}"


def _show(curves: "Sequence[Dispersion]") -> None:
    """CSV into a pipe, a table on a terminal."""
    if not sys.stdout.isatty():
        print("\n".join(rows(curves)))
        return
    from surfgrad.cli.tables import print_curves

    print_curves(curves)


def _draw(curves: "Sequence[Dispersion]", title: str) -> "Figure":
    from surfgrad.report.curves import plot_curves

    return plot_curves(curves, title=title)
