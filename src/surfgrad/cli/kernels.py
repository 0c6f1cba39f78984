"""`surfgrad kernels`: sensitivity kernels of a layered model as NetCDF and as a plot."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.dataset_units import finished
from surfgrad.cli.models_in import read_model
from surfgrad.cli.netcdf import check_netcdf_and_plot, write_netcdf_and_plot
from surfgrad.cli.ranges import parse_modes, parse_name, parse_names
from surfgrad.cli.times import parse_times
from surfgrad.contracts import PARAMETERS, WAVES

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel

KINDS = ("phase", "group")


def kernels(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    kind: Annotated[str, typer.Option(help="velocity whose kernels: phase or group")] = "phase",
    modes: options.Modes = "0",
    periods: options.Periods = "",
    frequencies: options.Frequencies = "",
    units: options.UnitsOption = "km",
    axis: options.Axis = "",
    parameters: Annotated[str, typer.Option(help="from vs, vp, rho, thickness, with commas")] = "vs",
    per: Annotated[
        str, typer.Option(help="layer, km (m for --units si; over thickness) or log (dln c/dln m)")
    ] = "layer",
    earth: options.Earth = "flat",
    out: options.NetCDFOut = None,
    plot: options.Plot = None,
) -> None:
    """Sensitivity kernels d(phase or group velocity)/d(layer parameter) of a layered model.

    At --periods (5,10,20,40) or, for --units si, --frequencies (5,10,20,40). NetCDF: kernel_PARAMETER on (wave, mode,
    period, layer), beside velocity, status and the model; --axis colours the figure. Give --out, --plot or both.
    """
    waves, wanted = parse_names(wave, "--wave", WAVES), parse_names(parameters, "--parameters", PARAMETERS)
    system = options.parse_units(units)
    per = parse_name(per, "--per", ("layer", system.length, "log"))
    kind = parse_name(kind, "--kind", KINDS)
    wanted_modes = parse_modes(modes)
    times = parse_times(periods, frequencies, system, "5,10,20,40", "5,10,20,40")
    shape, against = options.parse_earth(earth), options.parse_axis(axis, system)
    check_netcdf_and_plot(out, plot, len(waves) * len(wanted_modes), model)
    ground = read_model(model, shape, system)
    engine_per = "km" if per == system.length else per
    data = _solve(ground, times.periods, waves, wanted_modes, wanted, engine_per, kind, shape)
    data = finished(data, ground, times, system, against)
    what = f"{kind} velocities and their kernels by {', '.join(wanted)}"
    write_netcdf_and_plot(data, out, plot, lambda: _draw(data, ground.name or Path(model).name, against), what)


def _solve(
    ground: "EarthModel",
    periods: Sequence[float],
    waves: Sequence[str],
    modes: Sequence[int],
    parameters: Sequence[str],
    per: str,
    kind: str,
    earth: str,
) -> "xr.Dataset":
    import numpy as np

    from surfgrad.cli.kernel_data import kernel_dataset
    from surfgrad.waves.group_kernels import group_kernels
    from surfgrad.waves.kernels import phase_kernels

    solve = {"phase": phase_kernels, "group": group_kernels}[kind]
    at = np.array(periods)
    records = [
        [solve(*ground.arrays, at, wave=wave, mode=mode, per=per, earth=earth) for mode in modes] for wave in waves
    ]
    return kernel_dataset(
        ground, periods, records, waves=waves, modes=modes, parameters=parameters, kind=kind, earth=earth
    )


def _draw(data: "xr.Dataset", title: str, axis: str) -> "Figure":
    from surfgrad.report.kernels_plot import plot_kernels

    return plot_kernels(data, title=title, axis=axis)
