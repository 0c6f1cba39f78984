"""Do physical kernels emerge? Architecture x loss x prior, at equal data and equal minutes, judged by strict metrics.

Run from the repository root: `python -m benchmarks.emergence --out FOLDER [--models 8000] [--minutes 1] [--seeds 3]
[--architectures grid,paper,scale-free] [--priors weak,decorrelated] [--test 40]`. Interrupted, it goes on where it was,
and a stop leaves whole seeds. Writes FOLDER/emergence.csv after every training, a row for each training, test set and
wave; `python -m benchmarks.emergence_tables` makes tables of it.

All trainings on a prior read the same store: curves at 24 periods, and whole kernels of both waves at two of them.
`value` sees the curves only. Minutes are those that the one training thread computes, not those of the wall, judging
the held-out part included; models of the test sets are those of unseen seeds.
"""

import argparse
import csv
import json
import os
from itertools import product
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.strict_scores import drawn_models, exact_kernels, strict_scores

PERIODS = np.geomspace(2.0, 60.0, 24).round(3)
TEST_PERIODS = np.array([2.0, 3, 4, 6, 8, 10, 14, 18, 22, 26, 30, 36, 42, 48, 54, 60])
LOSSES = ("value", "sobolev")
TRAIN_SEED, TEST_SEED = 41, 902

Row = dict[str, Any]


def main() -> None:
    """Train what is missing, judge what is not judged, write."""
    import torch

    torch.set_num_threads(1)
    given = arguments()
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    stores = {prior: training_set(prior, given.models, out) for prior in given.priors.split(",")}
    names = given.architectures.split(",")
    truth: dict[str, Any] = {}
    rows: list[Row] = []
    for seed, prior, name, loss in product(range(given.seeds), stores, names, LOSSES):
        facts = {"architecture": name, "loss": loss, "prior": prior, "seed": seed}
        facts |= {"models": given.models, "minutes": given.minutes}
        folder = out / f"{prior}-{name}-{loss}-{seed}"
        judged = folder / "judged.json"
        if not judged.exists():
            surrogate = trained(stores[prior], facts, folder)
            judged.write_text(json.dumps(scored(surrogate, facts, given.test, truth)), encoding="utf-8")
        rows += json.loads(judged.read_text(encoding="utf-8"))
        write(rows, out / "emergence.csv")
        print(f"{folder.name}: {rows[-1]['steps']} steps", flush=True)


def arguments() -> argparse.Namespace:
    """What to compare, and how large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True)
    parser.add_argument("--models", type=int, default=8000)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--test", type=int, default=40)
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


def trained(store: Any, facts: Row, out: Path) -> Any:
    """The surrogate, trained where it is not there."""
    from surfgrad.surrogates.recipes import recipe
    from surfgrad.surrogates.train import train

    asked = {"loss": facts["loss"], "seed": facts["seed"], "budget_minutes": facts["minutes"]}
    plan = recipe(facts["architecture"], clock="cpu", **asked)
    return train(store, out, plan, threads=1, resume=True)


def scored(surrogate: Any, facts: Row, count: int, truth: dict[str, Any]) -> list[Row]:
    """One row a test set and wave. `truth`: exact kernels by test set, filled as they are needed."""
    from surfgrad.earth.priors import prior_subspace

    training = surrogate.card.training
    facts = facts | {"parameters": training["parameters"], "steps": training["steps"], "seconds": training["seconds"]}
    subspace = prior_subspace(facts["prior"], 2000)
    rows = []
    for source in test_sets(facts["prior"]):
        models = drawn_models(source, count, TEST_SEED)
        if source not in truth:
            truth[source] = exact_kernels(surrogate, models, TEST_PERIODS)
        scores = strict_scores(surrogate, models, TEST_PERIODS, subspace, truth[source])
        rows += [{**facts, "test": source, "wave": wave, **numbers} for wave, numbers in scores.items()]
    return rows


def write(rows: list[Row], path: Path) -> None:
    """All rows, under the names of the first."""
    from surfgrad.files import replacing

    with replacing(path) as temporary, open(temporary, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
