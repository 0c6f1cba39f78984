"""Does delayed acceptance with the built-in surrogate give what exact NUTS gives, and at which price?

Run from the repository root: `python -m benchmarks.delayed_against_nuts [cases, default 20] [log] [docs]`; 0 cases: the
price of an evaluation alone; with the folder of the documentation the table of docs/sampling.md is written, of the
cases that the log has. Cases are those of `benchmarks.small_inversion`; with a log, those that are in it are not run
again. The surrogate's density is corrected at the optimum (`surfgrad.inversion.corrected`); "lack" is the standard
deviation, over the posterior, of what its logarithm lacks, before and after. Differences of means and standard
deviations are in units of their Monte Carlo errors, both samplers' together; seconds are the process's own, one thread.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.doc_tables import replace_between, table
from benchmarks.small_inversion import simulated
from scipy.stats import chi2

import surfgrad as sg
from surfgrad.inversion.corrected import corrected
from surfgrad.inversion.delayed import delayed_acceptance
from surfgrad.inversion.hmc import hmc
from surfgrad.inversion.mixing import ess_bulk, mcse_mean, mcse_sd, r_hat
from surfgrad.inversion.nuts import nuts
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.target import Target
from surfgrad.inversion.trial_log import TrialLog

SEED = 21
HEADER = {"seed": SEED, "benchmark": "delayed_against_nuts"}
METHODS = ("nuts", "hmc", "delayed")
HEAD = (
    "sampler",
    "ESS: least, median",
    "largest R-hat",
    "largest difference from `nuts`, in Monte Carlo errors; root mean square",
    "second stage: least, median",
    "CPU s a case",
    "ms an effective draw",
    "over `nuts`",
)
LEAST_ESS, LEAST_ACCEPTANCE, FARTHEST = 2000.0, 0.8, 4.0
"""What is asked of every case; four errors are passed by chance in one case of 16,000."""


def one_case(number: int, forward: Any) -> dict[str, Any]:
    """Both samplers, and HMC with the exact engine, on one simulated inversion."""
    rng = np.random.default_rng(np.random.SeedSequence((SEED, number)))
    problem = simulated(rng)
    optimum = find_optimum(problem.exact, starts=4, seed=number)
    if optimum is None:
        raise SystemExit(f"case {number}: no optimum")
    known: dict[str, Any] = {"start": optimum.x, "covariance": optimum.covariance, "seed": number}
    plain = problem.through(forward)
    cheap = corrected(plain, problem.exact, optimum.x, optimum.covariance)
    runs: dict[str, Callable[[], SampleSet]] = {
        "nuts": lambda: nuts(problem.exact, draws=1500, tune=200, chains=4, threads=1, **known),
        "delayed": lambda: delayed_acceptance(problem.exact, cheap, draws=250, tune=60, chains=16, **known),
        "hmc": lambda: hmc(problem.exact, draws=400, tune=60, chains=16, **known),
    }
    made = {name: _timed(run) for name, run in runs.items()}
    row: dict[str, Any] = {name: _facts(*each) for name, each in made.items()}
    row["second_stage"] = float(np.nanmean(made["delayed"][0].statistics["second_stage_acceptance"]))
    row["lack"] = [_lack(each, made["hmc"][0]) for each in (plain, cheap)]
    for name in ("delayed", "hmc"):
        row[f"{name}_off"] = _differences(made[name][0], made["nuts"][0])
    return row


def _lack(cheap: Target, exact: SampleSet, count: int = 64) -> float:
    """Standard deviation of ln p* - ln p over `count` draws from p."""
    chosen = np.linspace(0, exact.log_density.size - 1, count).astype(int)
    value = cheap.log_density(exact.pooled[chosen])[0]
    return float(np.std(value - exact.log_density.ravel()[chosen]))


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    return run(), time.process_time() - began


def _facts(samples: SampleSet, seconds: float) -> dict[str, float]:
    return {
        "ess": float(ess_bulk(samples.x).min()),
        "r_hat": float(r_hat(samples.x).max()),
        "seconds": seconds,
    }


def _differences(one: SampleSet, other: SampleSet) -> list[float]:
    """Of means and of standard deviations (2 D), in their Monte Carlo errors."""
    means = [each.pooled.mean(axis=0) for each in (one, other)]
    spreads = [each.pooled.std(axis=0) for each in (one, other)]
    mean = (means[0] - means[1]) / np.hypot(mcse_mean(one.x), mcse_mean(other.x))
    spread = (spreads[0] - spreads[1]) / np.hypot(mcse_sd(one.x), mcse_sd(other.x))
    return [float(each) for each in (*mean, *spread)]


def main(cases: int = 20, log: str | None = None, docs: str | None = None) -> None:
    """A line a case, and the verdict; or, with `docs`, the table of what the log has."""
    if docs is not None:
        rows = TrialLog(log, HEADER).rows
        write_table([rows[number] for number in sorted(rows)], Path(docs))
        return
    import torch

    torch.set_num_threads(1)
    forward = sg.load_surrogate("builtin")
    _print_prices(forward)
    book = TrialLog(log, HEADER)
    print(
        "case   ESS nuts/delayed/hmc   largest R-hat   lack   second stage   largest difference: delayed, hmc   CPU s"
    )
    for number in range(cases):
        if number not in book.rows:
            book.add(number, one_case(number, forward))
        _print_case(number, book.rows[number])
    if cases:
        _verdict([book.rows[number] for number in range(cases)])


def _print_prices(forward: Any) -> None:
    """Processor time of a density with its gradient, for one model: the median of 20 calls."""
    problem = simulated(np.random.default_rng(SEED))
    for name, target in (("engine", problem.exact), ("surrogate", problem.through(forward))):
        for models in (1, 16):
            x = np.repeat(problem.truth[None], models, axis=0)
            target.log_density(x)
            spent = [_timed(lambda target=target, x=x: target.log_density(x))[1] for _ in range(20)]  # type: ignore[misc]
            print(f"{name}, {models} models a call: {1e3 * np.median(spent) / models:.3f} ms a model")


def _print_case(number: int, row: dict[str, Any]) -> None:
    each = [row[name] for name in ("nuts", "delayed", "hmc")]
    ess = "/".join(f"{one['ess']:.0f}" for one in each)
    seconds = "/".join(f"{one['seconds']:.1f}" for one in each)
    off = [np.abs(row[f"{name}_off"]).max() for name in ("delayed", "hmc")]
    scale = max(one["r_hat"] for one in each)
    accepted = f"{row['second_stage']:12.3f}   {off[0]:.2f}, {off[1]:.2f}"
    lack = "{:.3f}, {:.3f}".format(*row["lack"])
    print(f"{number:4d}   {ess:20s}   {scale:13.4f}   {lack}   {accepted}   {seconds}")


def _verdict(rows: list[dict[str, Any]]) -> None:
    least = min(row[name]["ess"] for row in rows for name in ("nuts", "delayed"))
    print(f"least ESS {least:.0f} ({_met(least >= LEAST_ESS)}: {LEAST_ESS:.0f})")
    second = min(row["second_stage"] for row in rows)
    print(f"least second-stage acceptance {second:.3f} ({_met(second >= LEAST_ACCEPTANCE)}: {LEAST_ACCEPTANCE})")
    for name in ("delayed", "hmc"):
        off = np.array([row[f"{name}_off"] for row in rows])
        # Coordinates of a case move together, so the sum of squares is a guide, not a test.
        chance = chi2.sf((off**2).sum(), off.size)
        print(
            f"{name} against nuts: largest of {off.size} differences {np.abs(off).max():.2f} Monte Carlo errors "
            f"({_met(np.abs(off).max() < FARTHEST)}: {FARTHEST:g}), root mean square {np.sqrt((off**2).mean()):.2f}, "
            f"chi-square p {chance:.2f}"
        )
    price = {
        name: np.median([row[name]["seconds"] / row[name]["ess"] for row in rows])
        for name in ("nuts", "delayed", "hmc")
    }
    for name, seconds in price.items():
        print(f"{name}: {1e3 * seconds:.2f} ms an effective draw, {seconds / price['nuts']:.2f} x NUTS")


def write_table(rows: list[dict[str, Any]], docs: Path) -> None:
    """Into docs/sampling.md: each sampler over all cases."""
    price = {name: float(np.median([row[name]["seconds"] / row[name]["ess"] for row in rows])) for name in METHODS}
    lines = []
    for name in METHODS:
        ess = [row[name]["ess"] for row in rows]
        off = np.array([row[f"{name}_off"] for row in rows]) if name != "nuts" else None
        second = [row["second_stage"] for row in rows]
        apart = "" if off is None else f"{np.abs(off).max():.2f} of {off.size}; {np.sqrt((off**2).mean()):.2f}"
        stage = f"{min(second):.3f}, {np.median(second):.3f}" if name == "delayed" else ""
        cpu = np.median([row[name]["seconds"] for row in rows])
        cells = [
            f"{min(ess):.0f}, {np.median(ess):.0f}",
            f"{max(row[name]['r_hat'] for row in rows):.3f}",
            apart,
            stage,
        ]
        ratio = price[name] / price["nuts"]
        lines.append([f"`{name}`", *cells, f"{cpu:.1f}", f"{1e3 * price[name]:.2f}", f"{ratio:.2g}"])
    lack = np.median([row["lack"] for row in rows], axis=0)
    words = (
        f"{len(rows)} simulated inversions (`python -m benchmarks.delayed_against_nuts {len(rows)} LOG`, one thread). "
        f"The surrogate's log density lacks {lack[0]:.3f} (sd over the posterior, median of cases) before the "
        f"correction, {lack[1]:.3f} after."
    )
    replace_between(docs / "sampling.md", "sampling: delayed against nuts", f"{words}\n\n{table(HEAD, lines)}")


def _met(good: bool) -> str:
    return "met" if good else "NOT MET"


if __name__ == "__main__":
    main(*(int(argument) if i == 0 else argument for i, argument in enumerate(sys.argv[1:4])))  # type: ignore[arg-type]
