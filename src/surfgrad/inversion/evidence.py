"""How probable the data are under a model, the prior's volume and all: what models of one table are compared by.

Particles go from the prior to the posterior by way of likelihoods to the power of 0 to 1 (sequential Monte Carlo, Del
Moral, Doucet & Jasra 2006, JRSS B 68, 411-436): weighted at each power, drawn anew, and moved by Hamiltonian Monte
Carlo. The product of the mean weights is the evidence. No optimum is asked for, and several are no obstacle.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.hamiltonian import Dynamics, Place, place, transition
from surfgrad.inversion.mass import shape_of
from surfgrad.inversion.target import Target
from surfgrad.records import Array

KEPT = 0.5
"""Effective share of the particles after each power: the next power is as far as that allows."""
MOVES = 2
"""Trajectories at each power."""
MOST_POWERS = 400
ACCEPTANCE = (0.6, 0.9)
"""Below the first the step is made shorter, above the second longer, for the next power."""
GROUPS = 2
"""Populations of their own, whose difference is the error that is told."""


@dataclass(frozen=True)
class Evidence:
    """`log_evidence`: of the data, up to a constant of the data and their errors, the same for all models of one table.

    `error`: its standard deviation, by populations that know nothing of one another. `evaluations`: of the density.
    """

    log_evidence: float
    error: float
    evaluations: int


def evidence(target: Target, *, particles: int = 512, seed: int = 0) -> Evidence:
    """The evidence of the data under `target`, whose log density is a log likelihood plus that of its prior N(0, I),
    `-|x|^2 / 2` without its constant.

    `particles`: all of them; half in each of two populations. Where the target has no value the likelihood is 0: a
    prior pays for models under which a datum does not exist. The log evidence is -inf where no draw of the prior has a
    value. Raises UsageError for fewer than 16 particles, and where the posterior is not reached.
    """
    if particles < 8 * GROUPS:
        raise UsageError(f"particles: {particles} given; {8 * GROUPS} and more are allowed")
    found = [
        _population(target, particles // GROUPS, np.random.default_rng([seed, 4, group])) for group in range(GROUPS)
    ]
    logs = np.array([each[0] for each in found])
    mean = float(np.logaddexp.reduce(logs) - np.log(GROUPS))
    error = float(np.std(logs, ddof=1) / np.sqrt(GROUPS)) if np.isfinite(logs).all() else np.inf
    return Evidence(mean, error, sum(each[1] for each in found))


@dataclass(frozen=True, eq=False)
class Tempered:
    """The prior times the likelihood to the `power`."""

    target: Target
    power: float

    @property
    def names(self) -> tuple[str, ...]:
        """Those of the target."""
        return tuple(self.target.names)

    def log_density(self, x: Array) -> tuple[Array, Array]:
        """See `Target`."""
        value, gradient = self.target.log_density(x)
        known = np.isfinite(value)[:, None]
        prior = -0.5 * (x * x).sum(axis=1)
        return self.power * value + (1.0 - self.power) * prior, np.where(
            known, self.power * gradient - (1.0 - self.power) * x, 0.0
        )


def _population(target: Target, count: int, rng: np.random.Generator) -> tuple[float, int]:
    """Log evidence by `count` particles, and evaluations."""
    size = len(target.names)
    x = rng.standard_normal((count, size))
    likelihood, asked = _likelihood(target, x), count
    total, power, step = 0.0, 0.0, size**-0.25
    for _ in range(MOST_POWERS):
        if not np.isfinite(likelihood).any():
            return -np.inf, asked
        further = _next_power(likelihood, power)
        logs = (further - power) * likelihood
        total += float(np.logaddexp.reduce(logs) - np.log(count))
        power = further
        x = x[_drawn_anew(logs, rng)]
        dynamics = Dynamics(Tempered(target, power), _shape(x), step)
        here = place(dynamics.target, x)
        here, chance, steps = _moved(dynamics, here, rng)
        asked += count * (steps + 1)
        step *= 0.7 if chance < ACCEPTANCE[0] else 1.2 if chance > ACCEPTANCE[1] else 1.0
        x = here.x
        if power >= 1.0:
            return total, asked
        likelihood = (here.value + 0.5 * (x * x).sum(axis=1)) / power
    raise UsageError(f"evidence: the posterior is not reached in {MOST_POWERS} steps; is the density that of a prior?")


def _likelihood(target: Target, x: Array) -> Array:
    return np.asarray(target.log_density(x)[0] + 0.5 * (x * x).sum(axis=1))


def _next_power(likelihood: Array, power: float) -> float:
    """The largest power at which the weights are worth `KEPT` of the particles that have a value now, by bisection."""
    known = likelihood[np.isfinite(likelihood)]

    def effective(further: float) -> float:
        weight = np.exp((further - power) * (known - known.max()))
        return float(weight.sum() ** 2 / (weight**2).sum())

    low, high = power, 1.0
    if effective(high) >= KEPT * known.size:
        return high
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if effective(middle) >= KEPT * known.size else (low, middle)
    return max(low, np.nextafter(power, 1.0))


def _drawn_anew(logs: Array, rng: np.random.Generator) -> Array:
    """Systematic resampling (Kitagawa 1996): rows, each as often as its weight says, to within one."""
    share = np.exp(logs - logs.max())
    ends = np.cumsum(share / share.sum())
    at = (rng.uniform() + np.arange(len(logs))) / len(logs)
    return np.minimum(np.searchsorted(ends, at), len(logs) - 1)


def _shape(x: Array) -> Array:
    found = shape_of(x)
    return np.eye(x.shape[1]) if found is None else found


def _moved(dynamics: Dynamics, here: Place, rng: np.random.Generator) -> tuple[Place, float, int]:
    chances = []
    for _ in range(MOVES):
        here, chance, _ = transition(dynamics, here, rng)
        chances.append(float(chance.mean()))
    return here, float(np.mean(chances)), MOVES * dynamics.steps
