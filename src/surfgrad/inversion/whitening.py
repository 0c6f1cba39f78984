"""Whitened coordinates: a Gaussian prior on the logarithms of a model's parameters becomes N(0, I)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.earth.grid import middles
from surfgrad.inversion.earth.depth_grid import matern, square_root
from surfgrad.inversion.log_kernels import NAMES

Array = np.ndarray
Models = tuple[Array, Array, Array, Array]

SD_VS = 0.10
SD_RATIO = 0.03
SD_RHO = 0.03
"""Standard deviations of ln vs, ln vp/vs and ln rho of the stated prior: a crust known to a tenth."""
CORRELATION = 0.5
"""Length, in ln(1 + depth / scale), over which the stated prior correlates: about half of the depth, far down."""
KEPT = 0.999
"""Share of the variance that the coordinates hold."""


@dataclass(frozen=True, eq=False)
class Whitening:
    """Changes of ln vp, ln vs, ln rho by layer are `factor` (3, L, R) @ x, with x ~ N(0, I) in R coordinates."""

    factor: Array

    @property
    def size(self) -> int:
        """R, the number of coordinates."""
        return int(self.factor.shape[-1])

    def holding(self, parameters: Sequence[str]) -> "Whitening":
        """The same prior with some of "vp", "vs", "rho" held where they are."""
        free = [name not in parameters for name in NAMES]
        return Whitening(self.factor * np.array(free)[:, None, None])

    def move(self, models: Models, x: Array) -> Models:
        """Models (n, L) moved by x (n, R) from where they are; thicknesses stay."""
        change = np.exp(np.einsum("plr,nr->npl", self.factor, x))
        thickness, vp, vs, rho = models
        return thickness, vp * change[:, 0], vs * change[:, 1], rho * change[:, 2]

    def whiten(self, log_kernels: Array) -> Array:
        """d velocity / dx (..., R) from log kernels (..., 3, L), the chain rule."""
        flat = log_kernels.reshape(*log_kernels.shape[:-2], -1)
        return np.asarray(flat @ self.factor.reshape(-1, self.size))


def stated_whitening(thickness: Array, scale: float) -> Whitening:
    """The prior that is assumed where none is given: smooth, and loose enough to hold most crusts.

    ln vs has sd 0.10, ln vp/vs and ln rho 0.03, independent of one another; each is correlated over depth as a Matern
    function of order 3/2 (Rasmussen & Williams 2006, eq. 4.17) of s = ln(1 + z / scale). `thickness`: (L,), km;
    `scale`, km: a fraction of the shortest wavelength, so that the prior has the size of what is looked at.
    """
    field = depth_factor(thickness, scale)
    nothing = np.zeros_like(field)
    vp = np.concatenate([SD_VS * field, SD_RATIO * field, nothing], axis=1)
    vs = np.concatenate([SD_VS * field, nothing, nothing], axis=1)
    rho = np.concatenate([nothing, nothing, SD_RHO * field], axis=1)
    return Whitening(np.stack([vp, vs, rho]))


def depth_factor(thickness: Array, scale: float) -> Array:
    """(L, R): square root of the depth correlation, its largest components that hold 99.9 % of the variance.

    A finite layer stands at its middle, the half-space at its top.
    """
    place = np.log1p(middles(thickness) / scale)
    return square_root(matern(place, CORRELATION), KEPT)
