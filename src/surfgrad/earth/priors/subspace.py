"""Where a prior's models lie: mean, principal directions, and how many of them hold how much of the variance."""

from dataclasses import dataclass

import numpy as np

from surfgrad.earth.priors.base import Prior, draw_many
from surfgrad.errors import UsageError

Array = np.ndarray

COUNT = 4000
"""Draws that a spectrum rests on unless told otherwise: five times the 768 numbers of a profile."""
SHARES = (0.99, 0.999, 0.9999)
"""Shares of the variance that tables state."""


@dataclass(frozen=True, eq=False)
class Subspace:
    """The principal directions of log vp, log vs, log rho that hold `share` of a prior's variance.

    `mean`: (3, L), log of km/s, km/s, g/cm3. `directions`: (K, 3, L), orthonormal, largest variance first. `variance`:
    (D,) along every direction, the K kept first; they add up to the whole. `count`: draws that all rests on.
    """

    mean: Array
    directions: Array
    variance: Array
    share: float
    count: int

    def holding(self, share: float) -> int:
        """How many directions hold `share` of the variance."""
        return int(np.searchsorted(np.cumsum(self.variance), share * self.variance.sum() * (1 - 1e-12))) + 1

    def split(self, vectors: Array) -> tuple[Array, Array]:
        """Vectors (..., 3, L), say changes of log vp, log vs, log rho: their parts on and off the subspace."""
        flat = self.directions.reshape(len(self.directions), -1)
        given = np.asarray(vectors, dtype=np.float64)
        on = (given.reshape(*given.shape[:-2], -1) @ flat.T @ flat).reshape(given.shape)
        return on, given - on


def log_profiles(vp: Array, vs: Array, rho: Array) -> Array:
    """(N, 3, L): logarithms of vp, vs, rho (N, L)."""
    return np.log(np.stack((vp, vs, rho), axis=-2))


def prior_subspace(prior: Prior | str, count: int = COUNT, share: float = 0.999, seed: int = 0) -> Subspace:
    """The subspace that holds `share` of the variance of `count` draws of a prior (or of the prior of that name).

    Principal components (Pearson 1901) of log vp, log vs, log rho, every layer counting the same. Draws 0 ...
    count - 1 under `seed`. Few draws make the spectrum too short: at most count - 1 directions can be seen.
    """
    if count < 2:
        raise UsageError(f"count: {count} given; at least 2 draws are needed for a variance")
    return subspace_of(*draw_many(prior, seed, count)[1:], share=share)


def subspace_of(vp: Array, vs: Array, rho: Array, share: float = 0.999) -> Subspace:
    """The same of given models: vp, vs, rho (N, L), km/s, km/s, g/cm3, on one grid, N >= 2."""
    if not 0.0 < share <= 1.0:
        raise UsageError(f"share: {share} given; above 0 and at most 1 is allowed")
    if len(vs) < 2:
        raise UsageError(f"vs: {len(vs)} model given; at least 2 are needed for a variance")
    count = len(vs)
    logs = log_profiles(vp, vs, rho)
    mean = logs.mean(axis=0)
    flat = (logs - mean).reshape(count, -1)
    variance, vectors = np.linalg.eigh(flat.T @ flat / (count - 1))
    variance = np.maximum(variance[::-1], 0.0)
    directions = vectors.T[::-1].reshape(-1, *mean.shape)
    whole = Subspace(mean, directions, variance, share, count)
    return Subspace(mean, directions[: whole.holding(share)].copy(), variance, share, count)
