"""Where chains begin."""

from collections.abc import Sequence

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.target import Target

Array = np.ndarray

TRIES = 100
"""Draws for each chain; a posterior with a value at fewer than one in a hundred of them needs a start of its own."""


def starting_points(
    targets: Sequence[Target], start: Array | None, factor: Array, chains: int, rng: np.random.Generator
) -> Array:
    """(chains, D): places at which every target has a value.

    `start`: (chains, D), taken as they are; or (D,), the centre of normal draws with square root `factor` (D, D) of
    their covariance; or None, the prior's centre. Draws without a value are drawn again. Raises UsageError where no
    value is found, or a given start has none.
    """
    size = len(targets[0].names)
    given = np.zeros(size) if start is None else np.asarray(start, dtype=np.float64)
    if given.shape == (chains, size):
        missing = ~_has_value(targets, given)
        if missing.any():
            raise UsageError(f"start: the density has no value at the start of chain {int(missing.argmax())}")
        return given.copy()
    if given.shape != (size,):
        raise UsageError(f"start: shape {given.shape} given; allowed are {(size,)} and {(chains, size)}")
    found = np.empty((chains, size))
    missing = np.ones(chains, dtype=bool)
    for _ in range(TRIES):
        found[missing] = given + rng.standard_normal((int(missing.sum()), size)) @ factor.T
        missing[missing] = ~_has_value(targets, found[missing])
        if not missing.any():
            return found
    raise UsageError(f"start: the density has no value at {TRIES} draws around it for {int(missing.sum())} chains")


def _has_value(targets: Sequence[Target], x: Array) -> Array:
    return np.all([np.isfinite(target.log_density(x)[0]) for target in targets], axis=0)
