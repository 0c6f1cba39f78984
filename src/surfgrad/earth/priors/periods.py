"""The periods that a prior's models are solved at unless told otherwise."""

import numpy as np

from surfgrad.earth.priors.base import Prior

PERIODS = 59
"""Between a prior's shortest and longest: whole seconds for 2 to 60 s, even in log for others."""


def prior_periods(prior: Prior) -> np.ndarray:
    """(59,), s: from the shortest to the longest period that a prior is meant for."""
    shortest, longest = prior.periods
    whole = longest - shortest == PERIODS - 1
    return np.linspace(shortest, longest, PERIODS) if whole else np.geomspace(shortest, longest, PERIODS)
