"""Is what a surrogate believes to have fitted fitted? Exact misfit at its optimum over the misfit that it sees there.

Run from the repository root: `python -m benchmarks.believed_misfit FOLDER [--models 24] [--log FILE] [--docs docs]`,
FOLDER of `benchmarks.emergence`, whose networks are shown beside the built-in surrogate. Inversions are those of the
audit's consequence part (`surfgrad.audit.consequence`): exact curves of both waves at 15 periods with normal noise, a
prior about each truth, damped Gauss-Newton from three starts of which the one that the surrogate likes best counts.
Truths are of the training prior, at a seed that no training saw, and land columns of LITHO1.0. With a log, what is in
it is not run again.
"""

import argparse
import os
from itertools import product
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.doc_tables import replace_between, table
from benchmarks.strict_scores import drawn_models

from surfgrad.audit.consequence import Inversions, invert_both, simulated
from surfgrad.audit.whitenings import Whitenings
from surfgrad.inversion.trial_log import TrialLog
from surfgrad.inversion.whitening import Models
from surfgrad.waves.forward import ExactForward

PERIODS = np.geomspace(2.0, 60.0, 15)
NOISES = (0.005, 0.001)
"""Standard deviation of the data over the velocity: of good field data, and of what nobody measures."""
TEST_SEED, SEED, STARTS = 902, 31, 3
ALLOWED = 1.2
BUILTIN = ("built-in", "sobolev")
PRIORS, ARCHITECTURES, LOSSES = ("decorrelated", "weak"), ("grid", "paper", "scale-free"), ("value", "sobolev")
HEAD = (
    "surrogate",
    "taught",
    "truths",
    *(f"{what}, noise {noise:.1%}" for noise in NOISES for what in ("exact over believed", "within 1.2")),
    f"believed and exact misfit, noise {NOISES[0]:.1%}",
    "shift, sd",
)


def networks(folder: Path) -> list[tuple[str, str, str, Path | str]]:
    """(architecture, loss, prior, where), the built-in one first."""
    found: list[tuple[str, str, str, Path | str]] = [(*BUILTIN, "decorrelated", "builtin")]
    for prior, name, loss in product(PRIORS, ARCHITECTURES, LOSSES):
        path = folder / f"{prior}-{name}-{loss}-0"
        if (path / "card.json").exists():
            found.append((name, loss, prior, path))
    return found


def inverted(forward: Any, models: Models, noise: float) -> Inversions:
    """Every truth from `STARTS` starts through the surrogate and through the engine."""
    exact = ExactForward(threads=1)
    whitenings = Whitenings("stated", None, models, PERIODS)
    priors = [whitenings.of(each) for each in models[0]]
    problem, start = simulated(exact, models, PERIODS, priors, noise, STARTS, np.random.default_rng(SEED))
    return invert_both(forward, problem, start, STARTS)


def facts(found: Inversions) -> dict[str, Any]:
    """Of the start of each truth that the surrogate likes best. NaN, a truth without any, stays and counts as missed."""
    believed = found.values["believed_misfit"]
    best = np.argmin(np.where(np.isfinite(believed), believed, np.inf), axis=1)[:, None]
    of = {name: np.take_along_axis(found.values[name], best, axis=1)[:, 0] for name in found.values if "misfit" in name}
    ratio = of["misfit_ratio"]
    return {
        "truths": len(ratio),
        "ratio": float(np.nanmedian(ratio)),
        "worst": float(np.nanmax(ratio)),
        "within": float(np.mean(ratio <= ALLOWED)),
        "believed": float(np.nanmedian(of["believed_misfit"])),
        "exact": float(np.nanmedian(of["exact_misfit"])),
        "excess": float(np.nanmedian(of["misfit_excess"])),
        "shift": float(np.nanmedian(found.values["posterior_shift"])),
    }


def measure(folder: Path, count: int, log: Path | None) -> list[dict[str, Any]]:
    """A row for each network, set of truths and noise."""
    from surfgrad.surrogates.checkpoint import load_surrogate

    book = TrialLog(log, {"benchmark": "believed_misfit", "models": count, "seed": SEED})
    number = 0
    for name, loss, prior, where in networks(folder):
        for source, noise in product((prior, "litho1"), NOISES):
            if number not in book.rows:
                found = inverted(load_surrogate(where), drawn_models(source, count, TEST_SEED), noise)
                row = {"name": name, "loss": loss, "prior": prior, "source": source, "noise": noise} | facts(found)
                book.add(number, row)
                print(row, flush=True)
            number += 1
    return [book.rows[each] for each in range(number)]


def lines(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Of the table: a network and set of truths each."""
    out = []
    for one, other in zip(rows[::2], rows[1::2], strict=True):
        cells = [f"`{one['name']}`, {one['prior']}" if one["name"] != BUILTIN[0] else f"**{one['name']}**", one["loss"]]
        cells.append("LITHO1.0" if one["source"] == "litho1" else "its prior's")
        for each in (one, other):
            cells += [f"{each['ratio']:.2f} (worst {each['worst']:.3g})", f"{each['within']:.0%}"]
        out.append([*cells, f"{one['believed']:.2f}, {one['exact']:.2f}", f"{one['shift']:.2f}"])
    return out


def main() -> None:
    """Measure, print or write."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=int, default=24)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--docs", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    text = table(HEAD, lines(measure(given.folder, given.models, given.log)))
    if given.docs is None:
        print(text)
    else:
        replace_between(given.docs / "inversion.md", "inversion: believed misfit", text)


if __name__ == "__main__":
    main()
