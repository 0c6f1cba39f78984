"""One inversion from end to end: the optimum, and what the posterior around it is, by the method asked for."""

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.errors import UsageError
from surfgrad.inversion.chains import Progress
from surfgrad.inversion.comparison import Compared
from surfgrad.inversion.corrected import proposal
from surfgrad.inversion.model_error import model_error_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.optima import distinct_optima
from surfgrad.inversion.optimum import Optimum, find_optimum
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.samples import SampleSet
from surfgrad.records import Array

if TYPE_CHECKING:
    from surfgrad.inversion.diagnostics import Convergence

METHODS = ("map", "laplace", "nuts", "hmc", "delayed")
CHAINS = {"hmc": 16}
"""Where nothing is said: those of one call of the forward side by side, which cost little more than one."""
FEW_CHAINS = 4


@dataclass(frozen=True)
class Plan:
    """How to invert. `starts`: of the optimiser. `draws`, `tune`: of each of `chains`; None: 16 of hmc, 4 of others.
    `model_error`: models on which a learned forward is held against the engine, so that its error counts as noise; 0:
    it counts for nothing."""

    method: str = "map"
    starts: int = 20
    draws: int = 1000
    tune: int = 500
    chains: int | None = None
    seed: int = 0
    correlation: float = 0.0
    model_error: int = 0
    inner: int = 1

    def __post_init__(self) -> None:
        """Check; UsageError naming the option."""
        check_choice("method", self.method, METHODS)
        for name, given, least in (
            ("starts", self.starts, 1),
            ("draws", self.draws, 1),
            ("tune", self.tune, 0),
            ("chains", self.side_by_side, 1),
            ("seed", self.seed, 0),
            ("model error", self.model_error, 0),
            ("inner", self.inner, 1),
        ):
            if given < least:
                raise UsageError(f"{name}: {given} given; {least} and above is allowed")

    @property
    def side_by_side(self) -> int:
        """The number of chains."""
        return CHAINS.get(self.method, FEW_CHAINS) if self.chains is None else self.chains


@dataclass(frozen=True, eq=False)
class Inversion:
    """What came of it. `posterior`: through the forward asked for; `exact`: through the `engine` at every period.

    `samples`: (chains, draws, D), None for method "map". `convergence`: None where nothing was sampled by a chain.
    `compared`: the models among which this one was chosen, if there were others.
    """

    plan: Plan
    posterior: Posterior
    exact: Posterior
    engine: ExactPhysics
    optimum: Optimum
    samples: SampleSet | None
    convergence: "Convergence | None"
    seconds: float
    compared: tuple[Compared, ...] = ()


def invert(posterior: Posterior, plan: Plan, *, exact: ExactPhysics, progress: Progress | None = None) -> Inversion:
    """Invert; `posterior` goes through any physics, `exact` is the engine's for the same data.

    Raises UsageError where no start has a value for every datum.
    """
    began = time.perf_counter()
    engine = replace(posterior, physics=exact)
    every_period = replace(exact, most=0)
    every = replace(posterior, physics=every_period)
    found = _optimum(posterior, plan)
    if plan.model_error and posterior.physics is not exact:
        error = model_error_of(posterior, engine, found, plan.model_error, plan.seed)
        noise = noise_of(posterior.observed, correlation=plan.correlation, model_error=error)
        posterior = replace(posterior, noise=noise)
        found = _optimum(posterior, plan)
    samples = _samples(posterior, engine, found, plan, progress)
    evidence = None if plan.method == "laplace" else _judged(samples)
    return Inversion(plan, posterior, every, every_period, found, samples, evidence, time.perf_counter() - began)


def _judged(samples: SampleSet | None) -> "Convergence | None":
    if samples is None:
        return None
    from surfgrad.inversion.diagnostics import converged  # scipy.stats: only for whoever samples

    return converged(samples)


def _optimum(posterior: Posterior, plan: Plan) -> Optimum:
    found = find_optimum(posterior, starts=plan.starts, seed=plan.seed)
    if found is None:
        raise UsageError(
            f"curves: none of {plan.starts} models has a value for every datum (most often a mode is not trapped); a "
            "wider prior, or fewer modes or periods, may help"
        )
    return found


def _samples(
    posterior: Posterior, engine: Posterior, found: Optimum, plan: Plan, progress: Progress | None
) -> SampleSet | None:
    if plan.method == "map":
        return None
    if plan.method == "laplace":
        return laplace_draws(posterior, found, plan)
    targets = (posterior, engine) if plan.method == "delayed" else (posterior,)
    known: dict[str, Any] = {"draws": plan.draws, "tune": plan.tune, "chains": plan.side_by_side, "seed": plan.seed}
    known |= {"start": chain_starts(targets, found, plan), "covariance": found.covariance, "progress": progress}
    if plan.method == "nuts":
        from surfgrad.inversion.nuts import nuts

        return nuts(posterior, **known)
    if plan.method == "hmc":
        from surfgrad.inversion.hmc import hmc

        return hmc(posterior, **known)
    from surfgrad.inversion.delayed import delayed_acceptance

    return delayed_acceptance(engine, proposal(posterior, engine, found.x, found.covariance), inner=plan.inner, **known)


def laplace_draws(posterior: Posterior, found: Optimum, plan: Plan) -> SampleSet:
    """Independent draws of the Gaussian around the optimum, `chains` times `draws` of them, as one chain."""
    began = time.perf_counter()
    rng = np.random.default_rng([plan.seed, 1])
    z = rng.standard_normal((plan.side_by_side * plan.draws, found.x.size))
    x = found.x + z @ np.linalg.cholesky(found.covariance).T
    value = found.log_density - 0.5 * (z * z).sum(axis=1)
    return SampleSet(posterior.names, x[None], value[None], "laplace", plan.seed, time.perf_counter() - began)


def chain_starts(targets: tuple[Posterior, ...], found: Optimum, plan: Plan) -> Array:
    """(chains, D): draws of the mixture of the Laplace posteriors of all distinct optima, the first at the best one.

    If the posterior has several modes of some weight, chains that begin in different ones and stay are told by R-hat;
    of modes of no weight only the list of optima tells.
    """
    rng = np.random.default_rng([plan.seed, 2])
    optima = distinct_optima(found)
    rows = rng.choice(len(optima), size=plan.side_by_side, p=optima.share)
    rows[0] = 0
    return np.array([_near(targets, found, optima.x[row], optima.covariance[row], rng) for row in rows])


def _near(
    targets: tuple[Posterior, ...], found: Optimum, centre: Array, covariance: Array, rng: np.random.Generator
) -> Array:
    """(D,): a draw around an optimum under which all targets have a value; ever nearer to it."""
    size, whole = centre.size, found.x.size
    root = np.zeros((whole, whole))
    root[:size, :size] = np.linalg.cholesky(covariance)
    root[size:, size:] = np.sqrt(found.covariance[size:, size:])
    middle = np.append(centre, found.x[size:])
    for width in (1.0, 0.5, 0.2, 0.05, 0.0):
        x = middle + width * root @ rng.standard_normal(whole)
        if all(np.isfinite(target.log_density(x[None])[0]).all() for target in targets):
            return np.asarray(x)
    return found.x
