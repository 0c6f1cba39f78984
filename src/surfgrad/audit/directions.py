"""Model changes along which derivatives are tried: smooth ones and rough ones."""

import numpy as np

from surfgrad.inversion.whitening import SD_RATIO, SD_VS, Models, Whitening
from surfgrad.records import Array

SMOOTH, ROUGH = "smooth", "rough"


def direction(whitening: Whitening, layers: int, kind: str, rng: np.random.Generator) -> Array:
    """(3, L): changes of ln vp, ln vs, ln rho whose ln vs has a standard deviation of 1.

    "smooth": a draw of the prior; "rough": independent in every layer, so that an error that a smooth change averages
    out has nowhere to hide. Either way ln vp/vs and ln rho change by three tenths of that, independently.
    """
    if kind == SMOOTH:
        return np.asarray(whitening.factor @ rng.standard_normal(whitening.size) / SD_VS)
    vs, ratio, rho = rng.standard_normal((3, layers))
    share = SD_RATIO / SD_VS
    return np.stack([vs + share * ratio, vs, share * rho])


def along(models: Models, directions: Array, step: float) -> Models:
    """Models (n, L) moved by `step` times `directions` (n, 3, L)."""
    change = np.exp(step * directions)
    thickness, vp, vs, rho = models
    return thickness, vp * change[:, 0], vs * change[:, 1], rho * change[:, 2]
