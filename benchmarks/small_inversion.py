"""A small inversion with a truth: vs of three layers and a half-space, and vp/vs, from curves of both waves."""

from dataclasses import dataclass, replace

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.curves.observed import ObservedCurves
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.earth.marginals import LogNormal
from surfgrad.inversion.earth.thicknesses import HeldThicknesses
from surfgrad.inversion.earth.ties import FreeRatio, RockDensity
from surfgrad.inversion.earth.velocities import IndependentVelocities
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.physics import ExactPhysics, ForwardPhysics
from surfgrad.inversion.posterior import Posterior

Array = np.ndarray

PERIODS = np.geomspace(3.0, 40.0, 10)
SIGMA = 0.02
"""km/s, of every datum: about 0.5 %."""
THICKNESS = np.array([5.0, 12.0, 18.0, 0.0])
CENTRE, SPREAD = np.array([2.9, 3.4, 3.8, 4.5]), 0.08
"""Of vs, km/s: median, and standard deviation of its logarithm."""
RATIO, RATIO_SPREAD = 1.75, 0.04


@dataclass(frozen=True, eq=False)
class Simulated:
    """`truth`: (D,), a draw from the prior. `exact`: its posterior given exact data and noise."""

    truth: Array
    exact: Posterior

    def through(self, forward: Forward) -> Posterior:
        """The posterior of the same data through another forward, its errors not accounted for."""
        return replace(self.exact, physics=ForwardPhysics(self.exact.observed, forward))


def prior() -> LayeredPrior:
    """Independent log-normal vs, one free vp/vs, density of rock; interfaces held."""
    vs = IndependentVelocities(CENTRE.size, LogNormal(CENTRE, SPREAD))
    return LayeredPrior(HeldThicknesses(THICKNESS), vs, FreeRatio(LogNormal(RATIO, RATIO_SPREAD)), RockDensity())


def simulated(rng: np.random.Generator) -> Simulated:
    """A truth, exact data of fundamental modes, and normal noise.

    A truth that lacks a datum (a mode that is not trapped) is drawn again: the posterior's density, too, is zero where
    a datum does not exist, so both have the prior that is left when all exist.
    """
    earth = prior()
    while True:
        truth = rng.standard_normal(len(earth.names))
        data = _posterior(earth, np.ones(2 * PERIODS.size)).predictions(truth[None])[0]
        if np.isfinite(data).all():
            return Simulated(truth, _posterior(earth, data + SIGMA * rng.standard_normal(data.size)))


def _posterior(earth: LayeredPrior, values: Array) -> Posterior:
    wave = np.repeat(["rayleigh", "love"], PERIODS.size)
    observed = observations(ObservedCurves(wave, "phase", 0, np.tile(PERIODS, 2), values, SIGMA))
    return Posterior(observed, ExactPhysics(observed), earth, noise_of(observed))
