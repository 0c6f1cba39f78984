"""Kernels against depth: a staircase per period, a panel per parameter, the Vs profile beside them."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import INK, new_figure
from surfgrad.report.model_panel import draw_model, finish_panel, layer_edges, units_of
from surfgrad.report.period_colours import add_colourbar, period_colours, places, shown_periods

if TYPE_CHECKING:
    import xarray as xr

_NEGLIGIBLE = 0.02
"""Depths below which every staircase of every panel stays under this share of the panel's largest value are cut."""
_LABELS = {"thickness": "h", "vp": "V_P", "vs": "V_S", "rho": r"\rho"}


def plot_kernels(data: "xr.Dataset", *, title: str = "", axis: str = "period") -> Figure:
    """One row of panels for each wave and mode of `data`, colours by `axis`: "period", "frequency" or "wavelength".

    `data`: the dataset that `surfgrad kernels` writes: `kernel_<parameter>` on (wave, mode, period, layer), `velocity`,
    `model_vs`, `depth_top` and `depth_bottom`, in km or SI as its `unit_system` says; for wavelengths `wavelength` too.
    """
    parameters = [str(name).removeprefix("kernel_") for name in data if str(name).startswith("kernel_")]
    pairs = [(wave, mode) for wave in data["wave"].values for mode in data["mode"].values]
    columns = 1 + len(parameters)
    figure = new_figure(1.6 + 2.3 * columns, 0.6 + 3.6 * len(pairs))
    panels = figure.subplots(
        len(pairs), columns, squeeze=False, sharey="row", width_ratios=[0.8] + [1.0] * len(parameters)
    )
    shown = shown_periods(data["period"].values)
    drawn = data.isel(period=shown)
    place, units = places(drawn, axis), units_of(data)
    norm, colours = period_colours(place.values)
    for row, (wave, mode) in zip(panels, pairs, strict=True):
        bottom = _depth_shown(drawn.sel(wave=[wave], mode=[mode]), parameters)
        inks = colours(norm(place.sel(wave=wave, mode=mode).values))
        row[0].set_ylim(bottom, 0)
        row[0].set_ylabel(f"{str(wave).capitalize()}, mode {mode}\nDepth ({units.length})")
        draw_model(row[0], drawn, bottom)
        for axes, parameter in zip(row[1:], parameters, strict=True):
            _draw_kernels(axes, drawn.sel(wave=wave, mode=mode), parameter, inks, bottom)
    add_colourbar(figure, panels, norm, colours, drawn["period"].values, axis, units)
    left_out = data.sizes["period"] - len(shown)
    note = f" ({len(shown)} of {data.sizes['period']} periods drawn)" if left_out else ""
    figure.suptitle(f"{' '.join(title.split())}{note}", fontsize="medium")
    return figure


def _label(data: "xr.Dataset", parameter: str) -> str:
    """What a panel shows: the derivative, and its unit where that is not 1."""
    per, symbol = str(data.attrs["per"]), _LABELS[parameter]
    velocity = "U" if data.attrs.get("kind") == "group" else "c"
    if per == "log":
        return rf"$\partial\ln {velocity}/\partial\ln {symbol}$"
    derivative, units = rf"$\partial {velocity}/\partial {symbol}$", units_of(data)
    if parameter == "thickness":
        return f"{derivative} (1/s)"
    unit = f" ({units.velocity} per {units.density.replace('3', '$^3$')})" if parameter == "rho" else ""
    return f"{derivative}{unit}" if per == "layer" else f"{derivative} per {per}{unit}"


def _depth_shown(data: "xr.Dataset", parameters: list[str]) -> float:
    """Depth to which something is worth seeing, and a little of the half-space where that is reached."""
    top = data["depth_top"].values
    reach = np.zeros(len(top), dtype=bool)
    for parameter in parameters:
        values = np.abs(data[f"kernel_{parameter}"].values)
        largest = np.nanmax(values, axis=(-2, -1), keepdims=True, initial=0.0)
        reach |= np.nan_to_num(values > _NEGLIGIBLE * largest).any(axis=(0, 1, 2))
    deepest = int(np.flatnonzero(reach)[-1]) if reach.any() else len(top) - 1
    bottom = float(data["depth_bottom"].values[deepest])
    return bottom * 1.03 if np.isfinite(bottom) else (float(top[-1]) * 1.2 or 1.0)


def _draw_kernels(axes: Axes, data: "xr.Dataset", parameter: str, inks: np.ndarray, bottom: float) -> None:
    values = data[f"kernel_{parameter}"].values
    for ink, profile in zip(inks, values, strict=True):
        axes.stairs(
            profile, layer_edges(data, bottom), orientation="horizontal", baseline=None, color=tuple(ink), linewidth=1.3
        )
    if not np.isfinite(values).any():
        axes.text(0.5, 0.5, "no mode at these periods", transform=axes.transAxes, ha="center", fontsize="small")
    axes.axvline(0, color=INK, linewidth=0.6)
    axes.set_xlabel(_label(data, parameter))
    finish_panel(axes, data, bottom)
