"""Explicit priors over Earth structure, one a file."""

from surfgrad.earth.priors.base import Prior, draw, draw_many, generator
from surfgrad.earth.priors.decorrelated import Decorrelated
from surfgrad.earth.priors.mixture import PREFIX, Mixture, parse_mixture
from surfgrad.earth.priors.near_surface import NearSurface
from surfgrad.earth.priors.periods import prior_periods
from surfgrad.earth.priors.subspace import Subspace, prior_subspace
from surfgrad.earth.priors.tectonic import Tectonic
from surfgrad.earth.priors.weak import Weak
from surfgrad.errors import UsageError

PRIORS: dict[str, Prior] = {prior.name: prior for prior in (Tectonic(), Weak(), Decorrelated(), NearSurface())}
"""Every prior by its name; `get_prior` knows mixtures of them too."""


def get_prior(name: str) -> Prior:
    """The prior called `name`, or the mixture that it spells (mixture:weak=0.5,decorrelated=0.5).

    Raises UsageError naming those there are.
    """
    if isinstance(name, str) and name.startswith(PREFIX):
        return parse_mixture(name, _single)
    return _single(name)


def _single(name: str) -> Prior:
    try:
        return PRIORS[name]
    except (KeyError, TypeError):
        allowed = f"{', '.join(PRIORS)} and mixture:NAME=WEIGHT,NAME=WEIGHT"
        raise UsageError(f"prior: {name!r} given; {allowed} are allowed") from None


__all__ = [
    "PRIORS",
    "Mixture",
    "Prior",
    "Subspace",
    "draw",
    "draw_many",
    "generator",
    "get_prior",
    "prior_periods",
    "prior_subspace",
]
