"""What a gradient of a posterior costs beside the engine's own kernels, and how many inversions a core does a second.

Run from the repository root: `python -m benchmarks.inversion [problems, default 128] [repeats, default 5]`. Times are
CPU seconds of one thread, so that a busy machine slows nothing. Inversions are MAP and Laplace, of data of draws from
the prior, each from the prior's centre; 30 periods, two waves, sigma 0.02 km/s.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

import surfgrad as sg
from surfgrad.curves import ObservedCurves
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.least_squares import FitStatus
from surfgrad.inversion.levenberg_marquardt import levenberg_marquardt
from surfgrad.inversion.misfit import PosteriorResiduals
from surfgrad.inversion.models import Options, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import Observations, observations
from surfgrad.inversion.optimum import TOLERANCE, draw_starts, find_optimum
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.reach import reach_of
from surfgrad.inversion.side_by_side import invert_points
from surfgrad.inversion.table_of_points import table_of_points

PERIODS = np.geomspace(4.0, 60.0, 30)
SIGMA = 0.02
MODELS = {"spline:20, 20 layers": ("spline:20", Options(fine=20)), "spline:20, 30 layers": ("spline:20", Options())}
MODELS["layers:9, 19 coordinates"] = ("layers:9", Options())


def table(values: np.ndarray) -> Observations:
    """Two waves at 30 periods."""
    wave = np.repeat(["rayleigh", "love"], PERIODS.size)
    return observations(ObservedCurves(wave, "phase", 0, np.tile(PERIODS, 2), values, SIGMA))


def like_a_crust() -> Observations:
    """What the prior is made from."""
    model = ([3.0, 15.0, 17.0, 0.0], [5.2, 6.1, 6.7, 8.0], [2.9, 3.5, 3.8, 4.5], [2.5, 2.7, 2.9, 3.3])
    return table(np.concatenate([sg.phase_velocity(*model, PERIODS, wave=wave) for wave in ("rayleigh", "love")]))


def cpu_seconds(call: Callable[[], object], repeats: int) -> float:
    """Median of one call's."""
    call()
    taken = []
    for _ in range(repeats):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return float(np.median(taken))


def gradient_over_engine(posterior: Posterior, repeats: int) -> tuple[float, float]:
    """(seconds of one log density with its gradient, that over the engine's kernels call for the same data)."""
    x = np.zeros((1, posterior.size))
    model = posterior.models(x)

    def engine() -> None:
        for wave in ("rayleigh", "love"):
            sg.phase_kernels(*model, PERIODS, wave=wave, threads=1)

    many = range(20)
    mine = cpu_seconds(lambda: [posterior.log_density(x) for _ in many], repeats) / 20
    return mine, mine * 20 / cpu_seconds(lambda: [engine() for _ in many], repeats)


def throughput(prior: LayeredPrior, posterior: Posterior, count: int) -> str:
    """`count` problems of draws from the prior, each from its centre."""
    rng = np.random.default_rng(1)
    truth = draw_starts(posterior, count + 1, rng)[1:]
    data = posterior.predictions(truth)
    good = data[np.isfinite(data).all(axis=1)]
    noisy = good + SIGMA * rng.standard_normal(good.shape)
    points = table_of_points([(str(i), table(each)) for i, each in enumerate(noisy)])
    physics = ExactPhysics(points.rows)
    invert_points(points, physics, prior, starts=1, seed=0, iterations=2)
    began = time.process_time()
    found = invert_points(points, physics, prior, starts=1, seed=0)
    seconds = time.process_time() - began
    fit = found.fit
    converged = float((fit.status == FitStatus.CONVERGED).mean())
    chi = np.median((fit.residual[:, : good.shape[1]] ** 2).mean(axis=1))
    return (f"{len(good) / seconds:6.0f} | {np.median(fit.iterations):4.0f} | {fit.iterations.mean():5.1f} | "
            f"{100 * converged:3.0f} % | {chi:.2f}")  # fmt: skip


def with_data_of_a_draw(posterior: Posterior) -> Posterior:
    """The same prior, the data a draw's."""
    truth = draw_starts(posterior, 2, np.random.default_rng(2))[1:]
    data = posterior.predictions(truth)[0] + SIGMA * np.random.default_rng(3).standard_normal(2 * PERIODS.size)
    observed = table(data)
    return replace(posterior, observed=observed, physics=ExactPhysics(observed), noise=noise_of(observed))


def after(posterior: Posterior, allowed: Sequence[int]) -> list[str]:
    """How far 50 random starts have come when so many iterations are `allowed`: lines of a table."""
    asked = with_data_of_a_draw(posterior)
    start = draw_starts(asked, 50, np.random.default_rng(0))
    fits = [levenberg_marquardt(PosteriorResiduals(asked), start, most, TOLERANCE) for most in allowed]
    best = min(np.nanmin(each.cost) for each in fits)
    return [
        f"| {most} | {(fit.status == FitStatus.CONVERGED).sum()} | {(fit.cost <= best + 0.5 * start.shape[1]).sum()} | "
        f"{np.nanmedian((fit.residual[:, : 2 * PERIODS.size] ** 2).mean(axis=1)):.1f} |"
        for most, fit in zip(allowed, fits, strict=True)
    ]


def fifty_starts(posterior: Posterior) -> str:
    """Iterations of 50 random starts of one posterior."""
    found = find_optimum(with_data_of_a_draw(posterior), starts=50)
    if found is None:
        return "no value"
    converged = found.starts.status == FitStatus.CONVERGED
    return (f"{np.median(found.starts.iterations):4.0f} | {100 * converged.mean():3.0f} % | "
            f"{int(found.acceptable.sum())} of 50")  # fmt: skip


def main(count: int, repeats: int) -> None:
    """Print the tables."""
    observed = like_a_crust()
    print("| model | coordinates | ms a gradient | over the engine's kernels | MAP + Laplace a second | "
          "median iterations | mean | converged | chi-square per datum |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    posteriors = {}
    for name, (model, options) in MODELS.items():
        prior = prior_of(model, reach_of(observed), options)
        posteriors[name] = Posterior(observed, ExactPhysics(observed), prior, noise_of(observed))
        mine, ratio = gradient_over_engine(posteriors[name], repeats)
        print(
            f"| {name} | {prior.size} | {1e3 * mine:.2f} | {ratio:.2f} | {throughput(prior, posteriors[name], count)} |"
        )
    print("\n| model | 50 random starts: median iterations | converged | acceptable |\n|---|---|---|---|")
    for name, posterior in posteriors.items():
        print(f"| {name} | {fifty_starts(posterior)} |")
    print("\n| layers:9, iterations allowed | converged of 50 | acceptable | chi-square per datum |\n|---|---|---|---|")
    print("\n".join(after(posteriors["layers:9, 19 coordinates"], (7, 15, 30, 60, 100, 300))))


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(given[0] if given else 128, given[1] if len(given) > 1 else 5)
