"""Why the priors that ensembles are drawn from cannot be sampled: they are recipes for draws, and have no density."""

from surfgrad.errors import UsageError

WORD = "prior"
WHY = {
    "tectonic": "its class, and whether there are sediments and a low-velocity zone, are drawn, and its interfaces lie "
    "on a grid",
    "weak": "the number of its knots is drawn, and profiles lie on a surface of fewer dimensions than layers",
    "decorrelated": "the number of its steps is drawn, and what share each of its four fields has",
    "near_surface": "the number of its soil layers, and whether there is a water table, are drawn",
}
_MIXTURE = "it is a mixture of priors that have none"


def refuse_prior(name: str, instead: str) -> UsageError:
    """What to raise for a prior of `surfgrad.earth.priors` where one with a density is needed.

    `instead`: what is allowed, in words. Raises UsageError itself for a name that is no prior.
    """
    from surfgrad.earth.priors import get_prior

    get_prior(name)
    return UsageError(f"model: prior {name} given; it has no density ({WHY.get(name, _MIXTURE)}); {instead}")
