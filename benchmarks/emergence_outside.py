"""Where the value error on models outside the prior comes from, and whether taught derivatives change it there.

Run from the repository root: `python -m benchmarks.emergence_outside FOLDER [--keep]`, FOLDER of
`benchmarks.emergence`: its networks are asked again for the tectonic models that no training saw. Medians over
training seeds, Rayleigh / Love.
"""

import argparse
import os
from itertools import product
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.emergence import LOSSES, TEST_PERIODS, TEST_SEED
from benchmarks.emergence_rows import WAVES
from benchmarks.emergence_tables import outside
from benchmarks.kept import keep
from benchmarks.strict_scores import drawn_models

PRIORS, ARCHITECTURES, SET, COUNT = ("weak", "decorrelated"), ("grid", "paper", "scale-free"), "tectonic", 40


def main() -> None:
    """Ask, print or write."""
    import torch

    from surfgrad.waves.forward import ExactForward

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    torch.set_num_threads(1)
    models = drawn_models(SET, COUNT, TEST_SEED)
    exact = ExactForward(threads=1).predict(models, TEST_PERIODS)
    found = []
    for prior, name in product(PRIORS, ARCHITECTURES):
        both = {wave: told(given.folder, prior, name, models, exact[:, row], row) for row, wave in enumerate(WAVES)}
        found.append({"prior": prior, "architecture": name, **both})
    if given.keep:
        from benchmarks import pages

        keep("emergence_outside", "python -m benchmarks.emergence_outside FOLDER", {"outside": found}, ("torch",))
        pages.fill()
        return
    print(outside(found))


def told(folder: Path, prior: str, name: str, models: Any, exact: np.ndarray, row: int) -> list[float]:
    """The numbers of one wave. Inside: where the `sobolev` network's own score says so."""
    from surfgrad.surrogates.checkpoint import load_surrogate

    seeds = range(len(list(folder.glob(f"{prior}-{name}-sobolev-*/card.json"))))
    error: dict[str, list[np.ndarray]] = {loss: [] for loss in LOSSES}
    inside = []
    for seed, loss in product(seeds, LOSSES):
        surrogate = load_surrogate(folder / f"{prior}-{name}-{loss}-{seed}")
        error[loss].append(surrogate.predict(models, TEST_PERIODS)[:, row] - exact)
        if loss == "sobolev":
            inside.append(surrogate.score(models, TEST_PERIODS)[:, row] <= 1)
    value, taught = error["value"], error["sobolev"]
    found = [worst_tenth(value), worst_tenth(taught), correlation(value, taught)]
    found += [correlation(value, value[1:] + value[:1]), np.mean(inside)]
    for side in (inside, [~each for each in inside]):
        before, after = mean_at(value, side), mean_at(taught, side)
        found += [before, after, before / after]
    return [float(each) for each in found]


def worst_tenth(errors: list[np.ndarray]) -> float:
    """Share of the absolute error that a tenth of the models makes."""
    by_model = [np.nansum(np.abs(each), axis=1) for each in errors]
    return float(np.median([np.sort(each)[-len(each) // 10 :].sum() / each.sum() for each in by_model]))


def correlation(errors: list[np.ndarray], others: list[np.ndarray]) -> float:
    """Of the errors of two networks, value by value."""
    known = [np.isfinite(a) & np.isfinite(b) for a, b in zip(errors, others, strict=True)]
    found = [np.corrcoef(a[k], b[k])[0, 1] for a, b, k in zip(errors, others, known, strict=True)]
    return float(np.median(found))


def mean_at(errors: list[np.ndarray], where: list[np.ndarray]) -> float:
    """Mean absolute error there."""
    return float(np.median([np.nanmean(np.abs(each[at])) for each, at in zip(errors, where, strict=True)]))


if __name__ == "__main__":
    main()
