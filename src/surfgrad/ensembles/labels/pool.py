"""The pool: log models whose differences are the directions that a prior itself varies in."""

from typing import Any

import numpy as np

from surfgrad.earth.priors.base import Prior, draw

Array = np.ndarray

POOL = 512
"""Entries of a pool: 130,816 differences, spanning up to 511 dimensions; a twelfth of a second to draw."""
_FIRST = 2**40  # where its samples begin in the prior's numbering: no ensemble reaches so far


def prior_pool(prior: Prior, seed: int, size: int = POOL) -> Array:
    """(size, 3, L), ln vp, ln vs, ln rho of samples of a prior that are in no ensemble of this seed; float32."""
    return _logs(np.array([draw(prior, seed, _FIRST + index)[1:] for index in range(size)]))


def models_pool(vp: Any, vs: Any, rho: Any, size: int = POOL) -> Array:
    """(P, 3, L), float32, of given models (N, L): those of the first `size` that have logarithms, each once."""
    # A store may have rounded them: what counts is the same before and after.
    stack = np.stack([np.asarray(values[:size], dtype=np.float32) for values in (vp, vs, rho)], axis=1)
    usable = stack[(np.isfinite(stack) & (stack > 0)).all(axis=(1, 2))]
    _, each = np.unique(usable, axis=0, return_index=True)
    return _logs(usable[np.sort(each)])


def fingerprint(pool: Array) -> dict[str, Any]:
    """What tells a pool from another: its size, and the sums of its parameters."""
    sums = pool.astype(np.float64).sum(axis=(0, 2)) if len(pool) else np.zeros(3)
    return {"size": len(pool), "sums": sums.tolist()}


def same_pool(mine: dict[str, Any], recorded: Any) -> bool:
    """Whether two fingerprints are those of one pool: sums to 1e-6, since logarithms differ between machines."""
    if not isinstance(recorded, dict) or recorded.get("size") != mine["size"]:
        return False
    try:
        theirs = np.array(recorded.get("sums"), dtype=np.float64)
    except (TypeError, ValueError):
        return False
    return theirs.shape == (3,) and bool(np.allclose(theirs, mine["sums"], rtol=1e-6, atol=0))


def _logs(models: Array) -> Array:
    # In single precision, so that whoever rebuilds a direction in it rebuilds the same.
    return np.log(models.astype(np.float64)).astype(np.float32)
