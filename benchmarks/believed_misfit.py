"""Is what a surrogate believes to have fitted fitted? Exact misfit at its optimum over the misfit that it sees there.

Run from the repository root: `python -m benchmarks.believed_misfit FOLDER [--models 24] [--log FILE] [--docs docs]`,
FOLDER of `benchmarks.emergence`, whose networks are shown beside the built-in surrogate. Inversions are those of the
audit's consequence part (`surfgrad.audit.consequence`): exact curves of both waves at 15 periods with normal noise, a
prior about each truth, damped Gauss-Newton from three starts of which the one that the surrogate likes best counts.
Truths are of the training prior, at a seed that no training saw, and land columns of LITHO1.0. With a log, what is in
it is not run again; with `--docs` nothing is run, and the table is of the networks that the log has.
"""

import argparse
import os
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.doc_tables import replace_between, table
from benchmarks.strict_scores import drawn_models

from surfgrad.audit.consequence import WORST_MISFIT, invert_both, simulated
from surfgrad.audit.whitenings import Whitenings
from surfgrad.inversion.curve_problem import CurveProblem
from surfgrad.inversion.levenberg_marquardt import levenberg_marquardt
from surfgrad.inversion.trial_log import TrialLog
from surfgrad.inversion.whitening import Models
from surfgrad.waves.forward import ExactForward

PERIODS = np.geomspace(2.0, 60.0, 15)
NOISES = (0.005, 0.001)
"""Standard deviation of the data over the velocity: of good field data, and of what nobody measures."""
TEST_SEED, SEED, STARTS = 902, 31, 3
ALLOWED = 1.2
KEYS = ("name", "loss", "prior", "source", "noise")
BUILTIN, CORRECTED = "built-in", "built-in, corrected once"
PRIORS, ARCHITECTURES, LOSSES = ("decorrelated", "weak"), ("grid", "paper", "scale-free"), ("value", "sobolev")
HEAD = (
    "surrogate, prior",
    "taught",
    "truths",
    *(f"{what}, noise {noise:.1%}" for noise in NOISES for what in ("exact over believed", "within 1.2")),
    f"believed and exact misfit, noise {NOISES[0]:.1%}",
)


def networks(folder: Path) -> list[tuple[str, str, str, Path | str]]:
    """(name, loss, prior, where): the built-in one, then those that there are, taught values alone first."""
    found: list[tuple[str, str, str, Path | str]] = [
        (name, "sobolev", "decorrelated", "builtin") for name in (BUILTIN, CORRECTED)
    ]
    for loss, prior, name in product(LOSSES, PRIORS, ARCHITECTURES):
        path = folder / f"{prior}-{name}-{loss}-0"
        if (path / "card.json").exists():
            found.append((name, loss, prior, path))
    return found


def problem_of(models: Models, noise: float) -> tuple[CurveProblem, np.ndarray]:
    """Exact noisy curves of every truth once a start, and the starts; through the engine."""
    whitenings = Whitenings("stated", None, models, PERIODS)
    priors = [whitenings.of(each) for each in models[0]]
    rng = np.random.default_rng(SEED)
    return simulated(ExactForward(threads=1), models, PERIODS, priors, noise, STARTS, rng)


def ratios(forward: Any, models: Models, noise: float) -> dict[str, np.ndarray]:
    """Believed and exact misfit, (N,), of the start of each truth that the surrogate likes best."""
    values = invert_both(forward, *problem_of(models, noise), STARTS).values
    return best_start({name: values[f"{name}_misfit"] for name in ("believed", "exact")})


def ratios_corrected(forward: Any, models: Models, noise: float) -> dict[str, np.ndarray]:
    """The same after one more fit: what the engine says at each optimum, less what the surrogate says, is added to it.

    One exact curve for each start; the surrogate's slopes stay as they are.
    """
    exact, start = problem_of(models, noise)
    learned, every = replace(exact, forward=forward), np.arange(len(start))
    fit = levenberg_marquardt(learned, start)
    there = exact.models(fit.x, every)
    lack = exact.forward.predict(there, PERIODS) - forward.predict(there, PERIODS)
    again = levenberg_marquardt(replace(learned, data=learned.data - lack), fit.x)
    misfits = {"believed": again.residual, "exact": exact(again.x, every)[0]}
    size = exact.data[0].size
    return best_start(
        {name: np.sqrt((each[:, :size] ** 2).mean(axis=1)).reshape(-1, STARTS) for name, each in misfits.items()}
    )


def best_start(values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of (N, S): that of the least believed misfit, (N,)."""
    believed = values["believed"]
    best = np.argmin(np.where(np.isfinite(believed), believed, np.inf), axis=1)[:, None]
    return {name: np.take_along_axis(each, best, axis=1)[:, 0] for name, each in values.items()}


def facts(found: dict[str, np.ndarray]) -> dict[str, Any]:
    """In numbers; a truth whose optimum has no exact curve counts as missed."""
    ratio = np.where(np.isfinite(found["exact"]), found["exact"], WORST_MISFIT) / found["believed"]
    return {
        "truths": len(ratio),
        "ratio": float(np.nanmedian(ratio)),
        "worst": float(np.nanmax(ratio)),
        "within": float(np.mean(ratio <= ALLOWED)),
        "believed": float(np.nanmedian(found["believed"])),
        "exact": float(np.nanmedian(found["exact"])),
    }


def measure(folder: Path, count: int, log: Path | None, logged_only: bool = False) -> list[dict[str, Any]]:
    """A row for each network, set of truths and noise; `logged_only`: of the networks that the log has whole."""
    book = TrialLog(log, {"benchmark": "believed_misfit", "models": count, "seed": SEED})
    known = {tuple(row[key] for key in KEYS): row for row in book.rows.values()}
    rows = []
    for name, loss, prior, where in networks(folder):
        keys = [(name, loss, prior, *each) for each in product((prior, "litho1"), NOISES)]
        if logged_only and any(key not in known for key in keys):
            continue
        for key in keys:
            if key not in known:
                known[key] = dict(zip(KEYS, key, strict=True)) | asked(name, where, key[3], key[4], count)
                book.add(len(book.rows), known[key])
                print(known[key], flush=True)
            rows.append(known[key])
    return rows


def asked(name: str, where: Path | str, source: str, noise: float, count: int) -> dict[str, Any]:
    """The facts of one network, set of truths and noise."""
    import torch

    from surfgrad.surrogates.checkpoint import load_surrogate

    torch.set_num_threads(1)
    solve = ratios_corrected if name == CORRECTED else ratios
    return facts(solve(load_surrogate(where), drawn_models(source, count, TEST_SEED), noise))


def lines(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Of the table: a network and set of truths each."""
    out = []
    for pair in zip(rows[::2], rows[1::2], strict=True):
        one = pair[0]
        own = one["name"] in (BUILTIN, CORRECTED)
        cells = [f"**{one['name']}**" if own else f"`{one['name']}`, {one['prior']}", one["loss"]]
        cells.append("LITHO1.0" if one["source"] == "litho1" else "its prior's")
        for each in pair:
            cells += [f"{each['ratio']:.2f} (worst {each['worst']:.2g})", f"{each['within']:.0%}"]
        out.append([*cells, f"{one['believed']:.2f}, {one['exact']:.2f}"])
    return out


def main() -> None:
    """Measure, print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=int, default=24)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--docs", type=Path)
    given = parser.parse_args()
    rows = measure(given.folder, given.models, given.log, given.docs is not None)
    text = table(HEAD, lines(rows))
    if given.docs is None:
        print(text)
    else:
        replace_between(given.docs / "inversion.md", "inversion: believed misfit", text)


if __name__ == "__main__":
    main()
