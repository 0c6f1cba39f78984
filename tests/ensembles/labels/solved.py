"""Samples with their curves, as a store would hold them, for the tests of labels."""

import numpy as np

from surfgrad.earth.priors import draw, get_prior
from surfgrad.ensembles.labels import Context
from surfgrad.ensembles.labels.pool import prior_pool
from surfgrad.waves.phase import solve_batch

WAVES = ("rayleigh", "love")
PERIODS = np.array([3.0, 6.0, 11.0, 18.0, 27.0, 40.0, 60.0])
POOL = prior_pool(get_prior("weak"), seed=5, size=24)
CONTEXT = Context(WAVES, PERIODS, POOL)
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def weak_models(count: int) -> Arrays:
    """thickness, vp, vs, rho of samples 0 ... count - 1 of the weak prior, (count, 256) each."""
    drawn = [draw("weak", 5, index) for index in range(count)]
    return tuple(np.array([model[row] for model in drawn]) for row in range(4))  # type: ignore[return-value]


def slow_bottom(models: Arrays) -> Arrays:
    """The same, their half-spaces so slow that long periods are not trapped."""
    thickness, vp, vs, rho = (values.copy() for values in models)
    vs[:, -1] = 0.8 * vs[:, -2]
    return thickness, vp, vs, rho


def solve(models: Arrays, periods: np.ndarray = PERIODS) -> tuple[np.ndarray, np.ndarray]:
    """Velocity and status (n, W, T)."""
    solved = [solve_batch(*models, periods, wave=wave, threads=1) for wave in WAVES]
    return np.stack([one[0] for one in solved], axis=1), np.stack([one[1] for one in solved], axis=1)
