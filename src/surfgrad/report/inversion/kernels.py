"""Which depths the data see: exact vs kernels of the optimum."""

import numpy as np
from matplotlib.figure import Figure

from surfgrad.report.abscissa import abscissa, axis_label
from surfgrad.report.axes import new_figure, plain
from surfgrad.report.figures.depth_axis import root_depth
from surfgrad.report.figures.palette import PAGE
from surfgrad.report.figures.staircase import staircase
from surfgrad.report.inversion.looks import depth_ticks
from surfgrad.report.inversion.reading import InversionRecord
from surfgrad.report.period_colours import period_colours

_NEGLIGIBLE = 0.02


def plot_kernels_at_optimum(record: InversionRecord) -> Figure:
    """A panel a curve: d (its value) / d vs of a kilometre (or metre) at up to six periods, vp and density held."""
    kernels, units = record.groups["kernels"], record.units
    names = [str(name) for name in kernels["curve"].values]
    figure = new_figure(min(PAGE, 2.2 + 2.6 * len(names)), 4.6)
    panels = figure.subplots(1, len(names), squeeze=False, sharey=True)[0]
    periods = kernels["period"].values
    norm, colours = period_colours(abscissa(periods[np.isfinite(periods)], record.axis))
    tops = units.factor * kernels["depth_top"].values
    # Velocity by velocity has no unit; over a thickness it is 1/km or 1/m.
    values = kernels["vs_kernel_per_km"].values / units.factor
    for axes, name, each, at in zip(panels, names, values, periods, strict=True):
        for kernel, period in zip(each, at, strict=True):
            if np.isfinite(period):
                place = float(abscissa([period], record.axis)[0])
                label = f"{place:.3g}"
                staircase(axes, kernel[:-1], tops, color=colours(norm(place)), linewidth=1.5, label=label)
        shown = each[:, :-1][np.isfinite(each[:, :-1])]
        reach = float(np.abs(shown).max()) if shown.size else 1.0
        axes.set_xlim(
            min(0.0, float(shown.min()) if shown.size else 0.0) - 0.05 * reach,
            1.08 * max(float(shown.max()), 0.0) if shown.size else 1.0,
        )
        axes.axvline(0, color="#888888", linewidth=0.7)
        axes.set_title(_title(name), fontsize="medium", loc="left")
        axes.set_xlabel(
            rf"$\partial {'U' if 'group' in name else 'c'}/\partial V_S$ per {units.length}"
            if "ellipticity" not in name
            else f"H/V by $V_S$ (s/{units.length}/{units.length})"
        )
        axes.legend(title=axis_label(record.axis, units), frameon=False, fontsize="x-small", title_fontsize="x-small")
        plain(axes)
    bottom = float(tops[-1]) or 1.0
    root_depth(panels[0], bottom, depth_ticks(bottom))
    panels[0].set_ylabel(f"Depth ({units.length})")
    return figure


def _title(name: str) -> str:
    wave, kind, mode = name.split(" ")
    return f"{wave.capitalize()}, {kind}, mode {mode}"
