"""What a sampler draws from: a density over free coordinates, with its gradient."""

from typing import Protocol, runtime_checkable

import numpy as np

Array = np.ndarray


@runtime_checkable
class Target(Protocol):
    """A posterior density over D coordinates in which the prior is N(0, I).

    Bounds, orders and scales of what is physical are in the map from these coordinates, never in the sampler; with no
    data the density is the prior's.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """What each of the D coordinates moves, for tables and figures."""
        ...

    def log_density(self, x: Array) -> tuple[Array, Array]:
        """Logarithm of the density, (B,), up to one constant, and its gradient (B, D), at x (B, D).

        Where the forward gives no value for a datum: -inf, and a gradient of zero.
        """
        ...
