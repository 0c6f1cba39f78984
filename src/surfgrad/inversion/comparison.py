"""Models of one table of data, compared by how probable the data are under each: how many layers, for example."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.evidence import Evidence, evidence
from surfgrad.inversion.optima import distinct_optima
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.posterior import Posterior


@dataclass(frozen=True)
class Compared:
    """One model. `laplace`: log evidence by the Gaussians around its optima; `log_evidence`: by particles, with its
    `error` (see `Evidence`), where they were asked for, else Laplace's, its error NaN: not known.

    `probability`: of the model among those compared, all of them as likely before; they add up to 1.
    `chi_square_per_datum`: at its optimum, which always falls with more coordinates.
    """

    model: str
    coordinates: int
    log_evidence: float
    error: float
    laplace: float
    probability: float
    chi_square_per_datum: float


def compare_models(
    models: Sequence[str],
    posterior_of: Callable[[str], Posterior],
    *,
    starts: int = 20,
    particles: int = 0,
    seed: int = 0,
) -> tuple[Compared, ...]:
    """All of them, in their order; `posterior_of` makes each one's posterior, of the same data and errors.

    `particles`: 0, Laplace's evidence, which costs the search for the optima; some hundred: `evidence`, which costs a
    few hundred times `particles` evaluations and needs no Gaussian.

    The evidence pays for every coordinate with the part of its prior that the data rule out: more layers win only where
    the data need them. Raises UsageError where no model has a value for every datum; one that has none has evidence 0.
    """
    found = [_one(model, posterior_of(model), starts, particles, seed) for model in models]
    logs = np.array([each.log_evidence for each in found])
    if not np.isfinite(logs).any():
        raise UsageError(f"model: none of {', '.join(models)} has a value for every datum; a wider prior may help")
    share = np.exp(logs - logs.max())
    share /= share.sum()
    return tuple(replace(each, probability=float(p)) for each, p in zip(found, share, strict=True))


def best_of(compared: Sequence[Compared]) -> str:
    """The model under which the data are most probable."""
    return max(compared, key=lambda each: each.log_evidence).model


def _one(model: str, posterior: Posterior, starts: int, particles: int, seed: int) -> Compared:
    found = find_optimum(posterior, starts=starts, seed=seed)
    if found is None:
        return Compared(model, posterior.size, -np.inf, np.nan, -np.inf, 0.0, np.nan)
    laplace = distinct_optima(found).log_evidence
    drawn = Evidence(laplace, np.nan, 0) if particles == 0 else evidence(posterior, particles=particles, seed=seed)
    white = posterior.misfit(found.x[None]).residual[0]
    chi = float(np.mean(white**2 / posterior.noise.variance(np.array(found.scale))))
    return Compared(model, posterior.size, drawn.log_evidence, drawn.error, laplace, 0.0, chi)
