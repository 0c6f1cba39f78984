"""Eigenfunctions against depth: a line per period, a panel per displacement and stress, the Vs profile beside them."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from surfgrad.report.axes import INK, new_figure
from surfgrad.report.model_panel import draw_model, finish_panel, units_of
from surfgrad.report.period_colours import add_colourbar, period_colours, places, shown_periods

if TYPE_CHECKING:
    import xarray as xr

_NEGLIGIBLE = 0.02
"""Depths below which every displacement stays under this share of its own largest value are cut."""
_LABELS = {
    "rayleigh": {"r1": "$r_1$, horizontal", "r2": "$r_2$, vertical", "r3": r"$r_3$, $\tau_{zx}$",
                 "r4": r"$r_4$, $\tau_{zz}$"},
    "love": {"l1": "$l_1$, transverse", "l2": r"$l_2$, $\tau_{zy}$"},
}  # fmt: skip
_STRESS = {"km": ("GPa/km", 1.0), "si": ("MPa/m", 1e-6)}
"""System of units -> the unit in which stress is drawn, and one of the dataset's in it: pascals would be too many."""


def plot_eigenfunctions(data: "xr.Dataset", *, title: str = "", axis: str = "period") -> Figure:
    """One row of panels for each wave and mode of `data`, depth downwards, colours by `axis`: "period", "frequency" or
    "wavelength".

    `data`: the dataset that `surfgrad eigenfunctions` writes: r1 ... r4, l1, l2 on (mode, period, depth), `model_vs`,
    `depth_top` and `depth_bottom` on layer, in km or SI as its `unit_system` says; for a wavelength `wavelength` too.
    """
    pairs = [(str(wave), mode) for wave in data["wave"].values for mode in data["mode"].values]
    columns = 1 + max(len(_LABELS[wave]) for wave, _ in pairs)
    figure = new_figure(1.6 + 2.1 * columns, 0.6 + 3.6 * len(pairs))
    widths = [0.8] + [1.0] * (columns - 1)
    panels = figure.subplots(len(pairs), columns, squeeze=False, sharey="row", width_ratios=widths)
    shown = shown_periods(data["period"].values)
    drawn = data.isel(period=shown)
    place, units = places(drawn, axis), units_of(data)
    norm, colours = period_colours(place.values)
    for row, (wave, mode) in zip(panels, pairs, strict=True):
        inks = colours(norm(place.sel(wave=wave, mode=mode).values))
        one = drawn.sel(mode=mode)
        bottom = _depth_shown(one, wave)
        row[0].set_ylim(bottom, 0)
        row[0].set_ylabel(f"{wave.capitalize()}, mode {mode}\nDepth ({units.length})")
        draw_model(row[0], drawn, bottom)
        for axes, name in zip(row[1:], _LABELS[wave], strict=False):
            unit, factor = _STRESS[units.name] if _is_stress(name) else ("", 1.0)
            _draw(axes, one, name, inks, factor)
            axes.set_xlabel(_LABELS[wave][name] + (f" ({unit})" if unit else ""))
            finish_panel(axes, drawn, bottom)
        for axes in row[1 + len(_LABELS[wave]) :]:
            axes.set_axis_off()
    add_colourbar(figure, panels, norm, colours, drawn["period"].values, axis, units)
    left_out = data.sizes["period"] - len(shown)
    note = f" ({len(shown)} of {data.sizes['period']} periods drawn)" if left_out else ""
    figure.suptitle(f"{' '.join(title.split())}{note}", fontsize="medium")
    return figure


def _depth_shown(data: "xr.Dataset", wave: str) -> float:
    """Depth below which no displacement is worth seeing."""
    size = np.stack([np.abs(data[name].values) for name in _LABELS[wave] if not _is_stress(name)])
    size = np.nan_to_num(size).max(axis=0)
    largest = size.max(axis=-1, keepdims=True)
    reach = (size > _NEGLIGIBLE * largest).any(axis=0)
    depths = data["depth"].values
    return float(depths[reach].max() if reach.any() else depths.max()) * 1.05 or 1.0


def _is_stress(name: str) -> bool:
    return name in ("r3", "r4", "l2")


def _draw(axes: Axes, data: "xr.Dataset", name: str, inks: np.ndarray, factor: float) -> None:
    order = np.argsort(data["depth"].values, kind="stable")
    depths, values = data["depth"].values[order], factor * data[name].values[:, order]
    for ink, profile in zip(inks, values, strict=True):
        axes.plot(profile, depths, color=tuple(ink), linewidth=1.3, marker="." if len(order) < 3 else "")
    if not np.isfinite(values).any():
        axes.text(0.5, 0.5, "nothing at these periods", transform=axes.transAxes, ha="center", fontsize="small")
    axes.axvline(0, color=INK, linewidth=0.6)
