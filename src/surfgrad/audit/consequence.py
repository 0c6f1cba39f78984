"""What a forward's error does to an inversion: the same noisy curves inverted through it and through the exact engine.

Each test model is the truth once. The prior's mean is a draw around it, so that the truth is a draw of the prior; data
are its exact curves with stated noise; both sides start from the same points. Whatever is found through the forward is
evaluated again by the exact engine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from surfgrad.audit.posterior import compare_posteriors
from surfgrad.audit.steps import compare_steps
from surfgrad.contracts import Forward
from surfgrad.inversion.curve_problem import CurveProblem
from surfgrad.inversion.least_squares import Fit, FitStatus
from surfgrad.inversion.levenberg_marquardt import levenberg_marquardt
from surfgrad.inversion.whitening import Models, Whitening
from surfgrad.records import Array

MISFITS = ("misfit_ratio", "misfit_excess", "believed_misfit", "exact_misfit", "best_misfit")
BY_START = (*MISFITS, "step_cosine", "step_error")
BY_MODEL = ("posterior_shift", "posterior_width")
WORST_MISFIT = 1000.0
"""Misfit, in noise, that stands for a model whose curve does not exist: beyond any that does."""
_HALVINGS = 6
_AT_ONCE = 4
"""Truths inverted side by side: enough for batched arithmetic, few enough to say how far it is."""


@dataclass(frozen=True, eq=False)
class Inversions:
    """Arrays (n, S) of `BY_START` and (n, 1) of `BY_MODEL` for n truths and S starts; NaN where there is none.

    `lost`: (n, S) bool, starts at which the forward gave no value and the exact engine did.
    """

    values: dict[str, Array]
    lost: Array


def invert_both(
    forward: Forward,
    exact: CurveProblem,
    start: Array,
    starts: int,
    told: Callable[[int], None] = lambda done: None,
) -> Inversions:
    """Solve n truths from S = `starts` points each, by `forward` and by the forward of the problem `exact`.

    `exact`, `start` (n S, R): from `simulated`, the starts of a truth side by side. `told` hears how many truths are
    done; a few are solved at a time.
    """
    parts = []
    for first in range(0, len(start), _AT_ONCE * starts):
        rows = slice(first, first + _AT_ONCE * starts)
        parts.append(_invert(forward, _part(exact, rows), start[rows], starts))
        told(min(first // starts + _AT_ONCE, len(start) // starts))
    values = {name: np.concatenate([each.values[name] for each in parts]) for name in parts[0].values}
    return Inversions(values, np.concatenate([each.lost for each in parts]))


def _part(problem: CurveProblem, rows: slice) -> CurveProblem:
    thickness, vp, vs, rho = (each[rows] for each in problem.centre)
    data, sigma, whitening = problem.data[rows], problem.sigma[rows], problem.whitening[rows]
    return replace(problem, data=data, sigma=sigma, centre=(thickness, vp, vs, rho), whitening=whitening)


def _invert(forward: Forward, exact: CurveProblem, start: Array, starts: int) -> Inversions:
    learned = replace(exact, forward=forward)
    start = _with_values(exact, start)
    ours, theirs = levenberg_marquardt(learned, start), levenberg_marquardt(exact, start)
    every = np.arange(len(start))
    residual, jacobian = exact(start, every)
    values = _misfits(exact, ours, theirs) | compare_steps(learned(start, every)[1], jacobian, residual)
    found = {name: values[name].reshape(-1, starts) for name in BY_START}
    pairs = np.array([_posteriors(ours, theirs, slice(k, k + starts)) for k in range(0, len(start), starts)])
    found |= {name: pairs[:, k : k + 1] for k, name in enumerate(BY_MODEL)}
    lost = (ours.status == FitStatus.NO_START) & (theirs.status != FitStatus.NO_START)
    return Inversions(found, lost.reshape(-1, starts))


def simulated(
    reference: Forward,
    truths: Models,
    periods: Array,
    whitening: Sequence[Whitening],
    noise: float,
    starts: int,
    rng: np.random.Generator,
) -> tuple[CurveProblem, Array]:
    """The problem of every truth (n, L), once for each start, and the starts (n S, R).

    `whitening`: the prior of each truth. `noise`: standard deviation of the data over the velocity. The first start of
    a truth is its prior's mean, the others are draws of the prior.
    """
    count, size = len(truths[0]), max(each.size for each in whitening)
    priors = [_padded(each, size) for each in whitening]
    velocity = reference.predict(truths, periods)
    sigma = noise * velocity
    data = velocity + sigma * rng.standard_normal(velocity.shape)
    away = rng.standard_normal((count, size))
    centre = _each_moved(priors, truths, away)
    start = rng.standard_normal((count, starts, size))
    start[:, 0] = 0.0
    thickness, vp, vs, rho, data, sigma = (np.repeat(each, starts, axis=0) for each in (*centre, data, sigma))
    priors = [each for each in priors for _ in range(starts)]
    return CurveProblem(reference, periods, data, sigma, (thickness, vp, vs, rho), priors), start.reshape(-1, size)


def _padded(whitening: Whitening, size: int) -> Whitening:
    """The same prior in `size` coordinates, the last of which move nothing."""
    return Whitening(np.pad(whitening.factor, ((0, 0), (0, 0), (0, size - whitening.size))))


def _each_moved(priors: Sequence[Whitening], models: Models, x: Array) -> Models:
    """Models (n, L), each moved by its own x (n, R) in its own prior."""
    rows = range(len(priors))
    thickness, vp, vs, rho = (
        np.concatenate(part)
        for part in zip(*(priors[k].move(_row(models, k), x[k : k + 1]) for k in rows), strict=True)
    )
    return thickness, vp, vs, rho


def _row(models: Models, k: int) -> Models:
    thickness, vp, vs, rho = (each[k : k + 1] for each in models)
    return thickness, vp, vs, rho


def _with_values(problem: CurveProblem, start: Array) -> Array:
    """Starts at which the exact engine has no curve, halfway to the prior's mean and again, until it has one."""
    start = start.copy()
    for _ in range(_HALVINGS):
        residual, _ = problem(start, np.arange(len(start)))
        nowhere = ~np.isfinite(residual).all(axis=1)
        if not nowhere.any():
            break
        start[nowhere] *= 0.5
    return start


def _misfits(exact: CurveProblem, ours: Fit, theirs: Fit) -> dict[str, Array]:
    """Root mean squares of data residuals over noise, (B,), and their ratios."""
    again, _ = exact(ours.x, np.arange(len(ours.x)))
    known = np.isfinite(exact.data)
    believed, best = (_misfit(each.residual, known) for each in (ours, theirs))
    actual = _misfit(again, known)
    actual = np.where(np.isfinite(actual), actual, WORST_MISFIT)
    with np.errstate(invalid="ignore", divide="ignore"):
        given = (actual / believed, actual / best, believed, actual, best)
    lives = (ours.status != FitStatus.NO_START) & (theirs.status != FitStatus.NO_START)
    return {name: np.where(lives, each, np.nan) for name, each in zip(MISFITS, given, strict=True)}


def _misfit(residual: Array, known: Array) -> Array:
    count = known.reshape(len(known), -1).sum(axis=1)
    data = residual[:, : known[0].size]
    return np.asarray(np.sqrt((data**2).sum(axis=1) / np.where(count > 0, count, np.nan)))


def _posteriors(ours: Fit, theirs: Fit, rows: slice) -> tuple[float, float]:
    """Shift and width at the best optimum of either side."""
    if not np.isfinite(ours.cost[rows]).any() or not np.isfinite(theirs.cost[rows]).any():
        return float("nan"), float("nan")
    one, other = (rows.start + int(np.nanargmin(each.cost[rows])) for each in (ours, theirs))
    return compare_posteriors(ours.x[one], ours.jacobian[one], theirs.x[other], theirs.jacobian[other])
