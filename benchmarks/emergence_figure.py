"""Figure of `benchmarks.emergence`: held-out value error against kernel error while networks learn, by training.

Run from the repository root: `python -m benchmarks.emergence_figure FOLDER --out docs/figures/emergence.png`. A line
for each training, from its `learning_curve.csv`; a point is a judgement, the last one is marked. Down is better
kernels, left is better values.
"""

import argparse
import csv
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.kept import Record, keep

STYLES = {"value": ("#b2182b", "values only"), "sobolev": ("#2166ac", "values and derivatives")}
PRIORS, ARCHITECTURES = ("weak", "decorrelated"), ("grid", "paper", "scale-free")


def main() -> None:
    """Draw and write."""
    import matplotlib as mpl

    mpl.use("Agg")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", action="store_true", help="the curves, which the documentation quotes")
    given = parser.parse_args()
    draw(given.folder).savefig(given.out, dpi=130)
    if given.keep:
        keep("emergence_learning", "python -m benchmarks.emergence_figure FOLDER", {"learning": learning(given.folder)})


def learning(folder: Path) -> list[Record]:
    """The curve of every training."""
    found = []
    for prior, name, loss in product(PRIORS, ARCHITECTURES, STYLES):
        for path in sorted(folder.glob(f"{prior}-{name}-{loss}-*/learning_curve.csv")):
            values, kernels = ([float(f"{each:.4g}") for each in errors] for errors in curve(path))
            facts = {"prior": prior, "architecture": name, "loss": loss, "seed": path.parent.name.rpartition("-")[2]}
            found.append({**facts, "value": values, "kernel": kernels})
    return found


def draw(folder: Path) -> Any:
    """Priors by row, architectures by column."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import LogLocator, NullFormatter

    figure = Figure(figsize=(9.5, 6.0), layout="constrained")
    panels = figure.subplots(len(PRIORS), len(ARCHITECTURES), sharex=True, sharey=True)
    for (prior, name), panel in zip(product(PRIORS, ARCHITECTURES), panels.flat, strict=True):
        for loss, (colour, label) in STYLES.items():
            for path in sorted(folder.glob(f"{prior}-{name}-{loss}-*/learning_curve.csv")):
                _line(panel, *curve(path), colour, label)
        panel.set(xscale="log", yscale="log", title=f"{name}, {prior} prior")
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_locator(LogLocator(subs=(1.0, 3.0)))
            axis.set_major_formatter("{x:g}")
            axis.set_minor_formatter(NullFormatter())
        panel.grid(which="major", linewidth=0.4, alpha=0.6)
    handles = {line.get_label(): line for panel in panels.flat for line in panel.lines[::2]}
    panels[0, 0].legend(handles.values(), handles.keys(), loc="lower right", fontsize=8)
    figure.supxlabel("held-out value error: mean absolute, km/s")
    figure.supylabel("held-out vs kernel error: median relative L2")
    return figure


def curve(path: Path) -> tuple[list[float], list[float]]:
    """Value errors, km/s, and kernel errors, judgement by judgement."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple([float(row[name]) for row in rows] for name in ("validation_mae_km_s", "validation_kernel_error"))  # type: ignore[return-value]


def _line(panel: Any, values: list[float], kernels: list[float], colour: str, label: str) -> None:
    panel.plot(values, kernels, color=colour, linewidth=0.9, marker=".", markersize=2.5, label=label)
    panel.plot(values[-1:], kernels[-1:], color=colour, marker="o", markersize=5, label="")


if __name__ == "__main__":
    main()
