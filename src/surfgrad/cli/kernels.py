"""`surfgrad kernels`: sensitivity kernels of a layered model as NetCDF and as a plot."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.models_in import read_model
from surfgrad.cli.netcdf import check_netcdf_and_plot, write_netcdf_and_plot
from surfgrad.cli.ranges import parse_modes, parse_name, parse_names, parse_periods
from surfgrad.contracts import PARAMETERS, WAVES

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel

PER = ("layer", "km", "log")
KINDS = ("phase", "group")


def kernels(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    kind: Annotated[str, typer.Option(help="velocity whose kernels: phase or group")] = "phase",
    modes: options.Modes = "0",
    periods: options.Periods = "5,10,20,40",
    parameters: Annotated[str, typer.Option(help="from vs, vp, rho, thickness, with commas")] = "vs",
    per: Annotated[str, typer.Option(help="layer, km (divided by thickness) or log (dln c / dln m)")] = "layer",
    earth: options.Earth = "flat",
    out: options.NetCDFOut = None,
    plot: options.Plot = None,
) -> None:
    """Sensitivity kernels d(phase or group velocity)/d(layer parameter) of a layered model.

    NetCDF: kernel_PARAMETER on (wave, mode, period, layer), beside velocity, status and the model. Give --out, --plot
    or both.
    """
    waves, wanted = parse_names(wave, "--wave", WAVES), parse_names(parameters, "--parameters", PARAMETERS)
    per = parse_name(per, "--per", PER)
    kind = parse_name(kind, "--kind", KINDS)
    wanted_modes, wanted_periods = parse_modes(modes), parse_periods(periods)
    shape = options.parse_earth(earth)
    check_netcdf_and_plot(out, plot, len(waves) * len(wanted_modes))
    ground = read_model(model, shape)
    data = _solve(ground, wanted_periods, waves, wanted_modes, wanted, per, kind, shape)
    write_netcdf_and_plot(data, out, plot, lambda: _draw(data, ground.name or Path(model).name))


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


def _draw(data: "xr.Dataset", title: str) -> "Figure":
    from surfgrad.report.kernels_plot import plot_kernels

    return plot_kernels(data, title=title)
