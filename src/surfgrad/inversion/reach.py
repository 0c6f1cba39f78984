"""What a table of data can speak of: depths and velocities, from its wavelengths and values.

Interfaces by the rules of Cox & Teague (2016, GJI 207, 422-438): a third of the shortest wavelength down to half of the
longest. A smooth profile goes on to the longest itself, since its last layer would have to stand for all below. A group
velocity stands in for the phase velocity where there is none, which is good to a fifth or so.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.earth.near_surface.wavelengths import wavelength_range
from surfgrad.errors import UsageError
from surfgrad.inversion.observations import Observations

Array = np.ndarray
FASTEST_ROCK = 5.2
"""km/s: no vs above the transition zone is faster (ak135 has 5.0 at 410 km)."""
SLOW, FAST = 0.5, 1.6
"""Ends of the prior of vs, in units of the slowest and the fastest velocity of the data."""
RAYLEIGH_SHARE, RAYLEIGH_DEPTH = 1.1, 0.4
"""A rule of thumb for the centre of a prior: vs is 1.1 times the phase velocity, at 0.4 wavelengths, and rises."""


@dataclass(frozen=True, eq=False)
class Reach:
    """`shallowest`, `deepest`: km, where interfaces may lie; `bottom`: km, down to which smooth profiles go.

    `slowest`, `fastest`: km/s, of the data.
    `depth`, `vs`: (K,), km, rising, and km/s: the rule-of-thumb profile of the data.
    """

    shallowest: float
    deepest: float
    bottom: float
    slowest: float
    fastest: float
    depth: Array
    vs: Array

    @property
    def vs_range(self) -> tuple[float, float]:
        """What vs may be, km/s."""
        return SLOW * self.slowest, max(min(FAST * self.fastest, FASTEST_ROCK), 1.1 * self.fastest)

    def profile(self, depth: Array) -> Array:
        """vs, km/s, of the rule of thumb at `depth`, km: between the data's depths linear in ln depth."""
        return np.exp(np.interp(np.log(np.maximum(depth, 1e-9)), np.log(self.depth), np.log(self.vs)))


def reach_of(observed: Observations, depths: tuple[float, float] | None = None) -> Reach:
    """The depths and velocities that the data can speak of, by their wavelengths, for `prior_of` to make a prior of.

    `depths`: (shallowest, deepest), km, of interfaces, where they are not to follow from the wavelengths. Raises
    UsageError where the data are ellipticities alone, which have no scale, or `depths` do not rise from above 0.
    """
    curves = observed.curves
    velocity = curves.kind != "ellipticity"
    if not velocity.any():
        raise UsageError(
            "curves: ellipticities alone given, which say nothing of a scale; velocities beside them are needed"
        )
    chosen = _first_of(
        velocity & (curves.mode == 0) & (curves.kind == "phase"), velocity & (curves.mode == 0), velocity
    )
    span = wavelength_range(curves.period_s[chosen], curves.value[chosen])
    shallowest, deepest = (span.thinnest(), span.resolution()) if depths is None else depths
    if depths is None and not shallowest < deepest:
        shallowest = 0.1 * deepest
    if not 0.0 < shallowest < deepest < np.inf:
        raise UsageError(
            f"depth: {shallowest:g} to {deepest:g} km given; finite depths that rise from above 0 are allowed"
        )
    values = curves.value[velocity]
    depth, vs = _rule_of_thumb(curves.period_s[chosen], curves.value[chosen])
    bottom = span.longest if depths is None else deepest
    # Group velocities alone: the phase velocities, which must be trapped, are higher.
    higher = 1.0 if (curves.kind[velocity] == "phase").any() else RAYLEIGH_SHARE
    fastest = higher * float(values.max())
    return Reach(float(shallowest), float(deepest), float(bottom), float(values.min()), fastest, depth, vs)


def _first_of(*choices: Array) -> Array:
    return next(each for each in choices if each.any())


def _rule_of_thumb(periods: Array, velocity: Array) -> tuple[Array, Array]:
    """Depths (K,), rising, and vs there: data in up to 12 groups of wavelength, even in logarithm."""
    wavelength = np.log(periods * velocity)
    low, high = wavelength.min(), wavelength.max()
    count = int(np.clip(np.unique(wavelength).size, 1, 12))
    group = np.minimum((count * (wavelength - low) / max(high - low, 1e-12)).astype(int), count - 1)
    kept = [group == i for i in range(count) if (group == i).any()]
    depth = np.array([RAYLEIGH_DEPTH * np.exp(wavelength[each].mean()) for each in kept])
    vs = np.array([RAYLEIGH_SHARE * np.exp(np.log(velocity[each]).mean()) for each in kept])
    vs[-1] = RAYLEIGH_SHARE * velocity[kept[-1]].max()  # where the curve rises last, the mean would lie below it
    return depth, np.maximum.accumulate(vs)  # a centre that falls with depth would trap no mode
