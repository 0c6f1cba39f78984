"""Are posteriors as wide as they say? Ranks and coverage over many simulated inversions with exact data.

Run from the repository root, one thread a process:

    python -m benchmarks.inversion_calibration METHODS [--trials 1000] [--out calibration]
    python -m benchmarks.inversion_calibration --write [--out calibration]

METHODS: some of nuts, hmc, delayed, surrogate, narrowed, joined by commas. Each trial is added to a log in the folder
when it is done; the same command goes on where it was stopped, and methods may run in processes of their own. Trial n
has the same truth and the same data for all methods. `--write`: docs/calibration.md and its figure from the logs.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from benchmarks.calibration_page import write_page
from benchmarks.small_inversion import Simulated, prior, simulated

import surfgrad as sg
from surfgrad.contracts import Forward
from surfgrad.inversion.calibration import Trial, simulate, trial_of
from surfgrad.inversion.corrected import proposal
from surfgrad.inversion.delayed import delayed_acceptance
from surfgrad.inversion.diagnostics import converged
from surfgrad.inversion.hmc import hmc
from surfgrad.inversion.nuts import nuts
from surfgrad.inversion.optimum import Optimum, find_optimum
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.target import Target

SEED = 20
STARTS = 4
NARROWED = 0.8
Run = Callable[[Simulated, dict, int], tuple[Posterior, SampleSet]]


def by_nuts(problem: Simulated, known: dict, seed: int) -> tuple[Posterior, SampleSet]:
    """NUTS through nutpie, exact engine: one model a call."""
    return problem.exact, nuts(problem.exact, tune=75, draws=75, chains=4, seed=seed, threads=1, **known)


def by_hmc(problem: Simulated, known: dict, seed: int) -> tuple[Posterior, SampleSet]:
    """HMC, exact engine: sixteen models a call."""
    return problem.exact, hmc(problem.exact, tune=40, draws=60, chains=16, seed=seed, **known)


def by_delayed(problem: Simulated, known: dict, seed: int) -> tuple[Posterior, SampleSet]:
    """Delayed acceptance: the built-in surrogate, corrected at the optimum, proposes, the exact engine decides."""
    cheap: Target = problem.through(surrogate())
    if known:
        cheap = proposal(cheap, problem.exact, known["start"], known["covariance"])
    return problem.exact, delayed_acceptance(problem.exact, cheap, tune=15, draws=20, chains=16, seed=seed, **known)


def by_surrogate(problem: Simulated, known: dict, seed: int) -> tuple[Posterior, SampleSet]:
    """HMC, the built-in surrogate alone, its error not accounted for."""
    cheap = problem.through(surrogate())
    return cheap, hmc(cheap, tune=15, draws=20, chains=16, seed=seed, **known)


def by_narrowed(problem: Simulated, known: dict, seed: int) -> tuple[Posterior, SampleSet]:
    """A posterior made wrong on purpose: HMC's draws, drawn together by a fifth."""
    target, samples = by_hmc(problem, known, seed)
    mean = samples.pooled.mean(axis=0)
    x = mean + NARROWED * (samples.x - mean)
    value = target.log_density(x.reshape(-1, mean.size))[0].reshape(samples.log_density.shape)
    return target, replace(samples, x=x, log_density=value)


METHODS: dict[str, Run] = {
    "nuts": by_nuts,
    "hmc": by_hmc,
    "delayed": by_delayed,
    "surrogate": by_surrogate,
    "narrowed": by_narrowed,
}


@cache
def surrogate() -> Forward:
    """The built-in one, on one thread."""
    import torch

    torch.set_num_threads(1)
    return sg.load_surrogate("builtin")


def one_trial(run: Run, rng: np.random.Generator) -> Trial:
    """Truth, data, optimum, draws. Seconds are the process's own, all of it included."""
    problem, seed, began = simulated(rng), int(rng.integers(2**31)), time.process_time()
    optimum = find_optimum(problem.exact, starts=STARTS, seed=seed)
    target, samples = run(problem, _known(optimum), seed)
    seconds = time.process_time() - began
    return trial_of(target, problem.truth, samples, {"seconds": seconds, **_facts(samples)})


def _known(optimum: Optimum | None) -> dict:
    return {} if optimum is None else {"start": optimum.x, "covariance": optimum.covariance}


def _facts(samples: SampleSet) -> dict[str, float]:
    verdict = converged(samples)
    facts = {
        "r_hat": float(np.max(verdict.r_hat)),
        "ess_bulk": float(np.min(verdict.ess_bulk)),
        "divergences": float(samples.divergences),
        "draws": float(samples.log_density.size),
    }
    second = samples.statistics.get("second_stage_acceptance")
    return facts if second is None else {**facts, "second_stage": float(np.nanmean(second))}


def main(arguments: list[str]) -> None:
    """See the module."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inversion_calibration")
    parser.add_argument("methods", nargs="?", default="")
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--out", type=Path, default=Path("calibration"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    names = (*prior().names, "log density")
    for method in filter(None, given.methods.split(",")):
        run = METHODS[method]
        log, began = given.out / f"{method}.jsonl", time.perf_counter()

        def told(done: int, total: int, method: str = method, began: float = began) -> None:
            if done % 50 == 0 or done == total:
                print(f"{method}: {done} of {total} trials, {time.perf_counter() - began:.0f} s", flush=True)

        simulate(lambda rng, run=run: one_trial(run, rng), names, given.trials, seed=SEED, log=log, progress=told)
    if given.write:
        write_page(given.out, names, SEED, {method: str(run.__doc__) for method, run in METHODS.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
