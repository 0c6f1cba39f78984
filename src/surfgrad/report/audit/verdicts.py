"""The verdicts at a glance: wave and parameter by period band."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from surfgrad.report.audit.ink import NAMES, VERDICTS
from surfgrad.report.axes import new_figure
from surfgrad.report.names import SYMBOLS
from surfgrad.report.numbers import VERDICT_WORDS, short

Row = Mapping[str, Any]


def plot_verdicts(summary: Mapping[str, Any]) -> Figure:
    """A cell for each row of the audit: its colour the verdict, in it the median relative L2 error with its interval.

    Beneath them the half-space's own error, and the last lines hold the velocities' mean absolute error.
    """
    rows: Sequence[Row] = summary["rows"]
    bands = list(dict.fromkeys(row["band"] for row in rows))
    lines = list(dict.fromkeys((row["wave"], row["parameter"]) for row in rows))
    waves = summary["values"]["waves"]
    figure = new_figure(9.0, 1.5 + 0.52 * (len(lines) + len(waves)))
    axes = figure.subplots()
    for row in rows:
        at = (bands.index(row["band"]), lines.index((row["wave"], row["parameter"])))
        _cell(axes, at, row["verdict"], _error(row), f"half-space {short(row['halfspace_error'])}")
    for number, wave in enumerate(waves.values(), start=len(lines)):
        for band in wave["bands"]:
            mae = "" if band["mae_km_s"] is None else f"{short(1000 * band['mae_km_s'], 1)} m/s"
            _cell(axes, (bands.index(band["band"]), number), band["verdict"], mae, "")
    labels = [f"{NAMES[wave]} {SYMBOLS[parameter]}" for wave, parameter in lines]
    labels += [f"{NAMES[wave]} velocity" for wave in waves]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xticks(range(len(bands)), bands)
    axes.set_xlabel("Period band (s)")
    axes.set_xlim(-0.5, len(bands) - 0.5)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_title("Relative $L_2$ error of kernels: median [95 % interval]", loc="left", fontsize="medium")
    handles = [Patch(color=VERDICTS[name], label=VERDICT_WORDS[name]) for name in VERDICTS]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False)
    return figure


def _error(row: Row) -> str:
    relative = row["relative_l2"]
    low, high = relative["interval"]
    if relative["median"] is None:
        return ""
    digits = 2 if relative["median"] >= 0.1 else 3
    interval = "" if low is None else f" [{short(low, digits)}, {short(high, digits)}]"
    return short(relative["median"], digits) + interval


def _cell(axes: Axes, at: tuple[int, int], verdict: str, number: str, beneath: str) -> None:
    x, y = at
    axes.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, color=VERDICTS[verdict], linewidth=0))
    axes.text(x, y - (0.14 if beneath else 0.0), number, ha="center", va="center", fontsize="small")
    axes.text(x, y + 0.22, beneath, ha="center", va="center", fontsize="x-small", color="#555555")
