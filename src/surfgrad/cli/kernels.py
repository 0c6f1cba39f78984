"""`surfgrad kernels`: sensitivity kernels of a layered model as NetCDF and as a plot."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import PLOT_SUFFIXES, check_output, write_all
from surfgrad.cli.ranges import parse_modes, parse_names, parse_periods
from surfgrad.contracts import PARAMETERS, WAVES
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.earth.model import EarthModel

NETCDF_SUFFIXES = (".nc", ".nc4", ".h5")
MOST_ROWS = 24
"""Wave-mode pairs that a figure has room for, a row of panels each."""
PER = ("layer", "km", "log")
KINDS = ("phase", "group")


def kernels(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="model96 or CSV file, or ak135 or prem")],
    wave: Annotated[str, typer.Option(help="rayleigh, love, or both with a comma")] = "rayleigh",
    kind: Annotated[str, typer.Option(help="velocity whose kernels: phase or group")] = "phase",
    modes: Annotated[str, typer.Option(help="0 is the fundamental; 0:2 is 0, 1 and 2")] = "0",
    periods: Annotated[str, typer.Option(help="s; 2:60:1 is 59 periods, 5,10,20 three")] = "5,10,20,40",
    parameters: Annotated[str, typer.Option(help="from vs, vp, rho, thickness, with commas")] = "vs",
    per: Annotated[str, typer.Option(help="layer, km (divided by thickness) or log (dln c / dln m)")] = "layer",
    out: Annotated[Path | None, typer.Option(help="NetCDF file")] = None,
    plot: Annotated[Path | None, typer.Option(help="figure: .png, .pdf or .svg")] = None,
) -> None:
    """Sensitivity kernels d(phase or group velocity)/d(layer parameter) of a layered model.

    NetCDF: kernel_PARAMETER on (wave, mode, period, layer), beside velocity, status and the model. Give --out, --plot
    or both.
    """
    waves, wanted = parse_names(wave, "--wave", WAVES), parse_names(parameters, "--parameters", PARAMETERS)
    per = _single(per, "--per", PER)
    kind = _single(kind, "--kind", KINDS)
    wanted_modes, wanted_periods = parse_modes(modes), parse_periods(periods)
    check_output(out, "--out", NETCDF_SUFFIXES)
    check_output(plot, "--plot", PLOT_SUFFIXES)
    if plot is not None and len(waves) * len(wanted_modes) > MOST_ROWS:
        raise UsageError(f"--plot: {len(waves) * len(wanted_modes)} wave-mode pairs; a figure has room for {MOST_ROWS}")
    if out is None and plot is None:
        raise UsageError("nothing to write: give --out k.nc, --plot k.png or both")
    earth = read_model(model)
    data = _solve(earth, wanted_periods, waves, wanted_modes, wanted, per, kind)
    _write(data, out, plot, title=earth.name or Path(model).name)


def _single(text: str, option: str, allowed: Sequence[str]) -> str:
    names = parse_names(text, option, allowed)
    if len(names) != 1:
        raise UsageError(f"{option}: one of {', '.join(allowed)}, not {len(names)} of them")
    return names[0]


def _solve(
    earth: "EarthModel",
    periods: Sequence[float],
    waves: Sequence[str],
    modes: Sequence[int],
    parameters: Sequence[str],
    per: str,
    kind: str,
) -> "xr.Dataset":
    import numpy as np

    from surfgrad.cli.kernel_data import kernel_dataset
    from surfgrad.waves.group_kernels import group_kernels
    from surfgrad.waves.kernels import phase_kernels

    solve = {"phase": phase_kernels, "group": group_kernels}[kind]
    layers = (earth.thickness, earth.vp, earth.vs, earth.rho)
    records = [[solve(*layers, np.array(periods), wave=wave, mode=mode, per=per) for mode in modes] for wave in waves]
    return kernel_dataset(earth, periods, records, waves=waves, modes=modes, parameters=parameters, kind=kind)


def _write(data: "xr.Dataset", out: Path | None, plot: Path | None, *, title: str) -> None:
    from surfgrad.cli.tables import print_summary

    writers: dict[Path, Callable[[Path], object]] = {}
    if out is not None:
        writers[out] = lambda path: data.to_netcdf(path, engine="h5netcdf")
    if plot is not None:
        from surfgrad.report.kernels_plot import plot_kernels

        writers[plot] = lambda path: plot_kernels(data, title=title).savefig(path)
    write_all(writers)
    print_summary(" and ".join(str(path) for path in writers), [data["status"].values])
