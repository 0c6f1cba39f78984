"""The prior that spectra and inversions of each audited model are seen in."""

import numpy as np

from surfgrad.audit.further import TRAINING
from surfgrad.audit.training_prior import TrainingPrior
from surfgrad.inversion.whitening import Models, Whitening, stated_whitening
from surfgrad.records import Array

SHARE_OF_WAVELENGTH = 1.0 / 3.0
"""A Rayleigh wave is most sensitive at about a third of its wavelength: what is shallower than that at the shortest
period is seen as one."""


class Whitenings:
    """One `Whitening` for each layering, made when first asked for."""

    def __init__(self, kind: str, prior: TrainingPrior | None, models: Models, periods: Array) -> None:
        self._prior = prior if kind == TRAINING else None
        self._made: dict[bytes, Whitening] = {}
        vs = np.where(models[2] > 0, models[2], np.nan)
        with np.errstate(invalid="ignore"):
            slowest = vs[np.isfinite(vs).any(axis=1)]
        slow = float(np.median(np.nanmin(slowest, axis=1))) if len(slowest) else 1.0
        self._scale = SHARE_OF_WAVELENGTH * slow * float(periods.min())

    def of(self, thickness: Array) -> Whitening:
        """For a model's thickness (L,), km; the training prior's holds on its own grid."""
        key = thickness[:-1].tobytes()
        if key not in self._made:
            self._made[key] = self._make(thickness)
        return self._made[key]

    def _make(self, thickness: Array) -> Whitening:
        if self._prior is None:
            return stated_whitening(thickness, self._scale)
        kept = self._prior.subspace
        deviation = np.sqrt(kept.variance[: len(kept.directions)])
        return Whitening(np.moveaxis(kept.directions * deviation[:, None, None], 0, -1))
