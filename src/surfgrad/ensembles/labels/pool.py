"""The pool: log models whose differences are the directions that a prior itself varies in."""

from typing import Any

import numpy as np

from surfgrad.earth.priors.base import Prior, draw

Array = np.ndarray

POOL = 512
"""Entries of a pool: 130,816 differences, spanning up to 511 dimensions; a twelfth of a second to draw."""
_FIRST = 2**40  # where its samples begin in the prior's numbering: no ensemble reaches so far


def prior_pool(prior: Prior, seed: int, size: int = POOL) -> Array:
    """(size, 3, L), ln vp, ln vs, ln rho of samples of a prior that are in no ensemble of this seed."""
    return _logs([np.array(draw(prior, seed, _FIRST + index)[1:]) for index in range(size)])


def models_pool(vp: Any, vs: Any, rho: Any, size: int = POOL) -> Array:
    """(up to size, 3, L): the first of given models (N, L) whose parameters all have logarithms, each once."""
    stack = np.stack([np.asarray(values, dtype=np.float64) for values in (vp, vs, rho)], axis=1)
    usable = (np.isfinite(stack) & (stack > 0)).all(axis=(1, 2))
    # Two alike would have a difference of nothing.
    return _logs(list(np.unique(stack[usable][:size], axis=0)))


def _logs(models: list[Array]) -> Array:
    return np.log(np.array(models)) if models else np.empty((0, 3, 0))
