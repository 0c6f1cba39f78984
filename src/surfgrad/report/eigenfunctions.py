"""Eigenfunctions against depth: a line per period, a panel per displacement and stress, the Vs profile beside them."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize
from matplotlib.figure import Figure

from surfgrad.report.axes import INK, new_figure
from surfgrad.report.model_panel import draw_model, finish_panel
from surfgrad.report.period_colours import add_colourbar, period_colours, shown_periods

if TYPE_CHECKING:
    import xarray as xr

_NEGLIGIBLE = 0.02
"""Depths below which every displacement stays under this share of its own largest value are cut."""
_LABELS = {
    "rayleigh": {"r1": "$r_1$, horizontal", "r2": "$r_2$, vertical", "r3": r"$r_3$, $\tau_{zx}$ (GPa/km)",
                 "r4": r"$r_4$, $\tau_{zz}$ (GPa/km)"},
    "love": {"l1": "$l_1$, transverse", "l2": r"$l_2$, $\tau_{zy}$ (GPa/km)"},
}  # fmt: skip


def plot_eigenfunctions(data: "xr.Dataset", *, title: str = "") -> Figure:
    """One row of panels for each wave and mode of `data`, depth downwards.

    `data`: the dataset that `surfgrad eigenfunctions` writes: r1 ... r4, l1, l2 on (mode, period, depth), `model_vs`,
    `depth_top` and `depth_bottom` on layer.
    """
    pairs = [(str(wave), mode) for wave in data["wave"].values for mode in data["mode"].values]
    columns = 1 + max(len(_LABELS[wave]) for wave, _ in pairs)
    figure = new_figure(1.6 + 2.1 * columns, 0.6 + 3.6 * len(pairs))
    widths = [0.8] + [1.0] * (columns - 1)
    panels = figure.subplots(len(pairs), columns, squeeze=False, sharey="row", width_ratios=widths)
    shown = shown_periods(data["period"].values)
    drawn = data.isel(period=shown)
    norm, colours = period_colours(drawn["period"].values)
    for row, (wave, mode) in zip(panels, pairs, strict=True):
        one = drawn.sel(mode=mode)
        bottom = _depth_shown(one, wave)
        row[0].set_ylim(bottom, 0)
        row[0].set_ylabel(f"{wave.capitalize()}, mode {mode}\nDepth (km)")
        draw_model(row[0], drawn, bottom)
        for axes, name in zip(row[1:], _LABELS[wave], strict=False):
            _draw(axes, one, name, norm, colours)
            axes.set_xlabel(_LABELS[wave][name])
            finish_panel(axes, drawn, bottom)
        for axes in row[1 + len(_LABELS[wave]) :]:
            axes.set_axis_off()
    add_colourbar(figure, panels, norm, colours, drawn["period"].values)
    left_out = data.sizes["period"] - len(shown)
    note = f" ({len(shown)} of {data.sizes['period']} periods drawn)" if left_out else ""
    figure.suptitle(f"{' '.join(title.split())}{note}", fontsize="medium")
    return figure


def _depth_shown(data: "xr.Dataset", wave: str) -> float:
    """Depth, km, below which no displacement is worth seeing."""
    size = np.stack([np.abs(data[name].values) for name in _LABELS[wave] if "stress" not in data[name].long_name])
    size = np.nan_to_num(size).max(axis=0)
    largest = size.max(axis=-1, keepdims=True)
    reach = (size > _NEGLIGIBLE * largest).any(axis=0)
    depths = data["depth"].values
    return float(depths[reach].max() if reach.any() else depths.max()) * 1.05 or 1.0


def _draw(axes: Axes, data: "xr.Dataset", name: str, norm: Normalize, colours: Colormap) -> None:
    order = np.argsort(data["depth"].values, kind="stable")
    depths, values = data["depth"].values[order], data[name].values[:, order]
    for period, profile in zip(data["period"].values, values, strict=True):
        axes.plot(profile, depths, color=colours(norm(period)), linewidth=1.3, marker="." if len(order) < 3 else "")
    if not np.isfinite(values).any():
        axes.text(0.5, 0.5, "nothing at these periods", transform=axes.transAxes, ha="center", fontsize="small")
    axes.axvline(0, color=INK, linewidth=0.6)
