"""The figures of an audit's folder."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from surfgrad.files import replacing
from surfgrad.report.audit.consequence import has_inversions, plot_consequence
from surfgrad.report.audit.depth import plot_error_by_depth
from surfgrad.report.audit.imprint import plot_imprint
from surfgrad.report.audit.kernels import plot_example
from surfgrad.report.audit.spectrum import plot_spectrum
from surfgrad.report.audit.taylor import plot_taylor
from surfgrad.report.audit.verdicts import plot_verdicts

if TYPE_CHECKING:
    import xarray as xr

NAMES = ("verdicts", "kernels", "worst-kernels", "depth", "imprint", "spectrum", "taylor", "consequence")
Draw = Callable[[], Figure]


def audit_figures(summary: Mapping[str, Any], arrays: "xr.Dataset") -> dict[str, Draw]:
    """Name -> how to draw it, those of `NAMES` that the audit has numbers for."""
    found: dict[str, Draw] = {"verdicts": lambda: plot_verdicts(summary)}
    if "example_quantile" in arrays:
        ranks = arrays["example_quantile"].values
        found["kernels"] = lambda: plot_example(arrays, int(np.abs(ranks - 0.5).argmin()))
        found["worst-kernels"] = lambda: plot_example(arrays, int(ranks.argmax()))
    if "depth_error" in arrays:
        found["depth"] = lambda: plot_error_by_depth(arrays)
    if any(each["part"] == "imprint" and each["n"] for each in summary["scores"]):
        found["imprint"] = lambda: plot_imprint(summary)
    if "rank_singular" in arrays:
        found["spectrum"] = lambda: plot_spectrum(summary, arrays)
    if "taylor_step" in arrays:
        found["taylor"] = lambda: plot_taylor(arrays)
    if has_inversions(summary):
        found["consequence"] = lambda: plot_consequence(summary)
    return found


def remove_figures(folder: str | Path) -> None:
    """Take away the figures of an earlier audit in `folder`, so that none of them can pass for one of a new audit."""
    for name in NAMES:
        (Path(folder) / f"{name}.png").unlink(missing_ok=True)


def write_figures(summary: Mapping[str, Any], arrays: "xr.Dataset", folder: str | Path) -> list[Path]:
    """Draw all figures into `folder` as PNG, each whole or not at all; returns their paths."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in audit_figures(summary, arrays).items():
        with replacing(folder / f"{name}.png") as temporary:
            draw().savefig(temporary)
        written.append(folder / f"{name}.png")
    return written
