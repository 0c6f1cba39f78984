"""Hamiltonian Monte Carlo, many chains side by side (Duane et al. 1987; Neal 2011, Handbook of MCMC, ch. 5)."""

from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.target import Target

Array = np.ndarray

QUARTER = 0.5 * np.pi
"""Length of a trajectory: a quarter of the period of a unit normal, which forgets the first position."""
JITTER = 0.2
"""Each trajectory's step is within this share of the step size, so that none is in tune with a coordinate's period."""
MOST_STEPS = 64
"""Leapfrog steps of a trajectory, however short the step size is at the beginning of tuning."""
DIVERGED = 1000.0
"""Energy error of a trajectory that has lost the surface of constant energy (Stan's limit)."""


@dataclass(frozen=True, eq=False)
class Place:
    """Where C chains are: `x` (C, D), and the density's logarithm (C,) and gradient (C, D) there."""

    x: Array
    value: Array
    gradient: Array

    def where(self, chosen: Array, other: "Place") -> "Place":
        """This place for the `chosen` (C,) chains, the other for the rest."""
        column = chosen[:, None]
        return Place(
            np.where(column, self.x, other.x),
            np.where(chosen, self.value, other.value),
            np.where(column, self.gradient, other.gradient),
        )


@dataclass(frozen=True, eq=False)
class Dynamics:
    """Leapfrog steps in coordinates z with x = `factor` (D, D) z, unit mass there."""

    target: Target
    factor: Array
    step: float

    @property
    def steps(self) -> int:
        """Leapfrog steps of a trajectory of a quarter period."""
        return int(np.clip(np.ceil(QUARTER / self.step), 1, MOST_STEPS))


def place(target: Target, x: Array) -> Place:
    """`x` (C, D) with the density there."""
    return Place(x, *target.log_density(x))


def transition(dynamics: Dynamics, here: Place, rng: np.random.Generator) -> tuple[Place, Array, Array]:
    """One HMC transition of every chain: the new place, acceptance probabilities (C,), and which diverged (C,).

    Momenta are fresh normal draws; each chain's step size is fresh too, drawn beside the state. So a transition, and
    any number of them in a row, satisfies detailed balance with respect to the target's density over x. A place
    without a value (-inf, gradient 0) may be crossed; a trajectory that ends at one is refused.
    """
    count = len(here.value)
    step = dynamics.step * rng.uniform(1.0 - JITTER, 1.0 + JITTER, (count, 1))
    momentum = rng.standard_normal(here.x.shape)
    there, after = trajectory(dynamics, here, momentum, step)
    error = (there.value - here.value) - 0.5 * ((after**2).sum(axis=1) - (momentum**2).sum(axis=1))
    error = np.where(np.isfinite(error), error, -np.inf)
    chance = np.exp(np.minimum(error, 0.0))
    accepted = rng.uniform(size=count) < chance
    return there.where(accepted, here), chance, error < -DIVERGED


def trajectory(dynamics: Dynamics, here: Place, momentum: Array, step: Array) -> tuple[Place, Array]:
    """Where `dynamics.steps` leapfrog steps of size `step` (C, 1) lead, and the momentum there (C, D).

    Turned round (momentum -> -momentum) and started at its end, it comes back; volume is preserved: each half of a
    step shifts one of (z, momentum) by a function of the other.
    """
    factor = dynamics.factor
    with np.errstate(over="ignore", invalid="ignore"):  # a step that is far too long may leave the numbers
        momentum = momentum + 0.5 * step * (here.gradient @ factor)
        for left in range(dynamics.steps - 1, -1, -1):
            here = place(dynamics.target, here.x + step * (momentum @ factor.T))
            momentum = momentum + (step if left else 0.5 * step) * (here.gradient @ factor)
    return here, momentum
