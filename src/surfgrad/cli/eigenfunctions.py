"""`surfgrad eigenfunctions`: displacement and stress with depth of a layered model's modes, as NetCDF and as a plot."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.dataset_units import finished
from surfgrad.cli.models_in import read_model
from surfgrad.cli.netcdf import check_netcdf_and_plot, write_netcdf_and_plot
from surfgrad.cli.ranges import parse_depths, parse_modes, parse_name, parse_names
from surfgrad.cli.times import parse_times
from surfgrad.contracts import WAVES

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from matplotlib.figure import Figure

    from surfgrad.earth.model import EarthModel

NORMALISATIONS = ("surface", "largest")


def eigenfunctions(
    model: options.Model,
    wave: options.Waves = "rayleigh",
    modes: options.Modes = "0",
    periods: options.Periods = "",
    frequencies: options.Frequencies = "",
    units: options.UnitsOption = "km",
    axis: options.Axis = "",
    depths: Annotated[
        str,
        typer.Option(
            help="km, or m for --units si, like 0:60:0.5; default: 201, down to a wavelength into the half-space"
        ),
    ] = "",
    normalise: Annotated[str, typer.Option(help="what is 1: surface (r2 or l1 there) or largest")] = "surface",
    earth: options.Earth = "flat",
    out: options.NetCDFOut = None,
    plot: options.Plot = None,
) -> None:
    """Displacements and stresses of a layered model's modes with depth.

    At --periods (5,10,20,40) or, for --units si, --frequencies (5,10,20,40). NetCDF: r1, r2, r3, r4 (Rayleigh) and
    l1, l2 (Love) of Aki & Richards (2002) on (mode, period, depth), beside velocity and status; --axis colours the
    figure. Give --out, --plot or both.
    """
    waves, wanted_modes = parse_names(wave, "--wave", WAVES), parse_modes(modes)
    system = options.parse_units(units)
    times = parse_times(periods, frequencies, system, "5,10,20,40", "5,10,20,40")
    wanted_depths = [z / system.factor for z in parse_depths(depths, unit=system.length)] if depths else None
    against = options.parse_axis(axis, system)
    normalise, shape = parse_name(normalise, "--normalise", NORMALISATIONS), options.parse_earth(earth)
    check_netcdf_and_plot(out, plot, len(waves) * len(wanted_modes), model)
    ground = read_model(model, shape, system)
    data = _solve(ground, times.periods, waves, wanted_modes, wanted_depths, normalise, shape)
    data = finished(data, ground, times, system, against)
    what = "velocities and their eigenfunctions"
    write_netcdf_and_plot(data, out, plot, lambda: _draw(data, ground.name or Path(model).name, against), what)


def _solve(
    ground: "EarthModel",
    periods: Sequence[float],
    waves: Sequence[str],
    modes: Sequence[int],
    depths: Sequence[float] | None,
    normalise: str,
    earth: str,
) -> "xr.Dataset":
    import numpy as np

    from surfgrad.cli.eigenfunction_data import eigenfunction_dataset
    from surfgrad.waves.eigenfunctions import eigenfunctions as solve

    at = np.array(periods)
    z = _depths(ground, at, waves, modes, earth) if depths is None else np.array(depths)
    records = [
        [solve(*ground.arrays, at, wave=wave, mode=mode, depths=z, normalise=normalise, earth=earth) for mode in modes]
        for wave in waves
    ]
    return eigenfunction_dataset(ground, records, normalise=normalise, earth=earth)


def _depths(
    ground: "EarthModel", periods: "np.ndarray", waves: Sequence[str], modes: Sequence[int], earth: str
) -> "np.ndarray":
    """The same depths for all, deep enough for the longest wave."""
    import numpy as np

    from surfgrad.waves.eigenfunctions import default_depths
    from surfgrad.waves.phase import phase_velocity

    velocities = [
        phase_velocity(*ground.arrays, periods, wave=wave, mode=mode, earth=earth) for wave in waves for mode in modes
    ]
    return default_depths(ground.thickness, np.array(velocities), periods, earth)


def _draw(data: "xr.Dataset", title: str, axis: str) -> "Figure":
    from surfgrad.report.eigenfunctions import plot_eigenfunctions

    return plot_eigenfunctions(data, title=title, axis=axis)
