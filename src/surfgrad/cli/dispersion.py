"""`surfgrad dispersion`: curves of a layered model as CSV, as a table and as a plot."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.columns import in_units, time_column, time_texts
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_text_and_plot, write_text_and_plot
from surfgrad.cli.phases import phase_velocities
from surfgrad.cli.ranges import parse_modes, parse_names
from surfgrad.cli.times import Times, parse_times
from surfgrad.contracts import WAVES
from surfgrad.units import Units

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel
    from surfgrad.records import Dispersion

KINDS = ("phase", "group")


def dispersion(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    modes: options.Modes = "0",
    kind: Annotated[str, typer.Option(help="phase, group, or both with a comma")] = "phase",
    periods: options.Periods = "",
    frequencies: options.Frequencies = "",
    units: options.UnitsOption = "km",
    axis: options.Axis = "",
    earth: options.Earth = "flat",
    out: options.CurvesOut = None,
    plot: options.Plot = None,
) -> None:
    """Dispersion curves of a layered model, at --periods (2:60:1) or, for --units si, --frequencies (1:50:1).

    CSV columns: wave, kind, mode, period_s, velocity_km_s (nan where there is none) and status; for --units si
    frequency_hz and velocity_m_s.
    """
    waves = parse_names(wave, "--wave", WAVES)
    kinds = parse_names(kind, "--kind", KINDS)
    wanted_modes, system = parse_modes(modes), options.parse_units(units)
    times = parse_times(periods, frequencies, system, "2:60:1", "1:50:1")
    shape, against = options.parse_earth(earth), options.parse_axis(axis, system)
    check_text_and_plot(out, plot, model, "MODEL")
    ground = read_model(model, shape, system)
    curves = _solve(ground, times.periods, waves, kinds, wanted_modes, shape)

    def draw() -> "Figure":
        from surfgrad.report.curves import plot_curves

        branches = [(curve.wave, curve.mode) for curve in curves]
        phase = phase_velocities(ground, branches, curves[0].periods, shape, against)
        return plot_curves(curves, title=ground.name or Path(model).name, axis=against, units=system.name, phase=phase)

    write_text_and_plot(out, lambda: rows(curves, times, system), plot, draw)
    from surfgrad.cli.tables import conclude

    if out is None:
        _show(curves, times, system)
    conclude(out, plot, [curve.status for curve in curves])


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


def header(units: Units) -> str:
    """The CSV's first line."""
    return f"wave,kind,mode,{time_column(units)},{units.column('velocity', units.velocity)},status"


def rows(curves: "Sequence[Dispersion]", times: Times, units: Units) -> Iterator[str]:
    """The CSV's lines, header first; velocities with all their digits."""
    from surfgrad.status import Status

    yield header(units)
    for curve in curves:
        for at, velocity, status in zip(time_texts(times, units), curve.velocity, curve.status, strict=True):
            name = Status(int(status)).name
            yield f"{curve.wave},{curve.kind},{curve.mode},{at},{in_units(velocity, units)},{name}"


def _show(curves: "Sequence[Dispersion]", times: Times, units: Units) -> None:
    """CSV into a pipe, a table on a terminal."""
    if not sys.stdout.isatty():
        print("\n".join(rows(curves, times, units)))
        return
    from surfgrad.cli.tables import print_curves

    print_curves(curves, times, units)
