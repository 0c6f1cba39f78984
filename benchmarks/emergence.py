"""Do physical kernels emerge? Architecture x loss x prior, at equal data and equal minutes, judged by strict metrics.

Run from the repository root: `python -m benchmarks.emergence --out FOLDER [--models 4000] [--minutes 2] [--seeds 1]
[--architectures grid,paper,scale-free] [--priors weak,decorrelated] [--test 60]`. Interrupted, it goes on where it was.
Writes FOLDER/emergence.csv, one row for each training, test set and wave, and prints a table of medians over seeds.

All trainings on a prior read the same store: curves at 24 periods, and whole kernels of both waves at two of them.
`value` sees the curves only. Minutes are of one thread, kernels of the test sets are those of unseen seeds.
"""

import argparse
import csv
import os
from itertools import product
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.strict_scores import drawn_models, strict_scores

PERIODS = np.geomspace(2.0, 60.0, 24).round(3)
TEST_PERIODS = np.array([2.0, 3, 4, 6, 8, 10, 14, 18, 22, 26, 30, 36, 42, 48, 54, 60])
LOSSES = ("value", "sobolev")
TRAIN_SEED, TEST_SEED = 41, 902
SHOWN = ("value MAE", "vs L2", "vs cosine", "vp cosine", "rho cosine", "on-manifold cosine", "off-manifold cosine")


def main() -> None:
    """Train what is missing, judge, print."""
    import torch

    torch.set_num_threads(1)
    given = arguments()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    for prior in given.priors.split(","):
        store = training_set(prior, given.models, out)
        tests = {source: drawn_models(source, given.test, TEST_SEED) for source in test_sets(prior)}
        for name, loss, seed in product(given.architectures.split(","), LOSSES, range(given.seeds)):
            surrogate = trained(store, name, loss, seed, given.minutes, out / f"{prior}-{name}-{loss}-{seed}")
            for source, models in tests.items():
                facts = {"architecture": name, "loss": loss, "prior": prior, "seed": seed, "test": source}
                rows += judged(surrogate, prior, models, facts)
    write(rows, out / "emergence.csv")
    show(rows)


def arguments() -> argparse.Namespace:
    """What to compare, and how large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--models", type=int, default=4000)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--test", type=int, default=60)
    parser.add_argument("--architectures", default="grid,paper,scale-free")
    parser.add_argument("--priors", default="weak,decorrelated")
    return parser.parse_args()


def test_sets(prior: str) -> list[str]:
    """Its own prior first, then what it never saw."""
    return list(dict.fromkeys((prior, "tectonic", "litho1")))


def training_set(prior: str, count: int, out: Path) -> Any:
    """The store, made where it is not there."""
    from surfgrad.earth.priors import get_prior
    from surfgrad.ensembles import generate
    from surfgrad.ensembles.labels import prior_labels

    labels = prior_labels(get_prior(prior), TRAIN_SEED, "directional:0,periods:2,kernels:4")
    path = out / f"{prior}.zarr"
    return generate(prior, count, TRAIN_SEED, path, periods=PERIODS, workers=1, further=labels)


def trained(store: Any, architecture: str, loss: str, seed: int, minutes: float, out: Path) -> Any:
    """The surrogate, trained where it is not there."""
    from surfgrad.surrogates.recipes import recipe
    from surfgrad.surrogates.train import train

    plan = recipe(architecture, loss=loss, seed=seed, budget_minutes=minutes)
    return train(store, out, plan, threads=1, resume=True)


def judged(surrogate: Any, prior: str, models: Any, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """One row a wave."""
    from surfgrad.earth.priors import prior_subspace

    training = surrogate.card.training
    facts = facts | {"parameters": training["parameters"], "steps": training["steps"], "seconds": training["seconds"]}
    scores = strict_scores(surrogate, models, TEST_PERIODS, prior_subspace(prior, 2000))
    return [{**facts, "wave": wave, **numbers} for wave, numbers in scores.items()]


def write(rows: list[dict[str, Any]], path: Path) -> None:
    """All rows, under the names of the first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def show(rows: list[dict[str, Any]]) -> None:
    """Markdown: medians over seeds."""
    facts = ("prior", "test", "architecture", "loss", "wave")
    bands = [name for name in rows[0] if name.startswith("vs L2 ")]
    columns = (*SHOWN[:2], *bands, *SHOWN[2:])
    print("| " + " | ".join((*facts, *columns)) + " |\n|" + "---|" * (len(facts) + len(columns)))
    for key in dict.fromkeys(tuple(row[fact] for fact in facts) for row in rows):
        chosen = [row for row in rows if tuple(row[fact] for fact in facts) == key]
        numbers = [np.median([row[column] for row in chosen]) for column in columns]
        print("| " + " | ".join((*key, *(f"{number:.4f}" for number in numbers))) + " |")


if __name__ == "__main__":
    main()
