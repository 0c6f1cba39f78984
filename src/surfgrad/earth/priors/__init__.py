"""Explicit priors over Earth structure, one a file."""

from surfgrad.earth.priors.base import Prior, draw, generator
from surfgrad.earth.priors.tectonic import Tectonic
from surfgrad.earth.priors.weak import Weak
from surfgrad.errors import UsageError

PRIORS: dict[str, Prior] = {prior.name: prior for prior in (Tectonic(), Weak())}
"""Every prior by its name."""


def get_prior(name: str) -> Prior:
    """The prior called `name`; raises UsageError naming those there are."""
    try:
        return PRIORS[name]
    except (KeyError, TypeError):
        raise UsageError(f"prior: {name!r} given; {', '.join(PRIORS)} are allowed") from None


__all__ = ["PRIORS", "Prior", "draw", "generator", "get_prior"]
