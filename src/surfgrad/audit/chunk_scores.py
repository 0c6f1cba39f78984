"""Imprint and spectrum of a chunk of models, from the kernels that the strict metrics are made of."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from surfgrad.audit.attraction import NAMES as ATTRACTION
from surfgrad.audit.attraction import attraction
from surfgrad.audit.exclusion import Exclusion
from surfgrad.audit.further import TRAINING, Further
from surfgrad.audit.record import PARAMETERS
from surfgrad.audit.spectrum import compare_spectra
from surfgrad.audit.split import NAMES as SPLIT
from surfgrad.audit.split import split_errors
from surfgrad.audit.training_prior import TrainingPrior
from surfgrad.audit.whitenings import Whitenings
from surfgrad.inversion.log_kernels import log_kernels
from surfgrad.inversion.whitening import Models
from surfgrad.records import Array, Kernels


@dataclass(frozen=True, eq=False)
class ChunkScores:
    """What further tests need to know of the whole audit."""

    further: Further
    prior: TrainingPrior | None
    whitenings: Whitenings

    def measure(self, learned: Kernels, exact: Kernels, models: Models, mask: Array, reason: Array) -> dict[str, Array]:
        """Arrays by name for n models, NaN where a sample is not judged.

        `learned`, `exact`: arrays (n, W, T, L). `models`, `mask`: (n, L). `reason`: (n, W, P, T), `Exclusion` codes.
        """
        found: dict[str, Array] = {}
        judged = reason == Exclusion.JUDGED
        if "imprint" in self.further.parts:
            fits = np.zeros(len(mask), dtype=bool) if self.prior is None else self.prior.fits(models[0], mask)
            found |= self._split(learned, exact, models, judged & fits[:, None, None, None])
            found |= self._attraction(learned, exact, judged & fits[:, None, None, None])
        if "spectral" in self.further.parts:
            found |= self._spectra(learned, exact, models, mask, judged)
        return found

    def _split(self, learned: Kernels, exact: Kernels, models: Models, judged: Array) -> dict[str, Array]:
        """A parameter that the forward does not have leaves nothing to split."""
        every = judged.all(axis=2)
        if self.prior is None or not every.any():
            return {name: np.full(every.shape, np.nan) for name in SPLIT}
        errors = split_errors(log_kernels(learned, *models[1:]), log_kernels(exact, *models[1:]), self.prior.subspace)
        return {name: np.where(every, each, np.nan) for name, each in errors.items()}

    def _attraction(self, learned: Kernels, exact: Kernels, judged: Array) -> dict[str, Array]:
        found = {name: np.full(judged.shape, np.nan) for name in ATTRACTION}
        if self.prior is None or not judged.any():
            return found
        for p, parameter in enumerate(PARAMETERS):
            given, truth = learned[parameter], exact[parameter]
            if given is not None and truth is not None:
                for name, each in attraction(given, truth, self.prior.liked).items():
                    found[name][:, :, p] = np.where(judged[:, :, p], each, np.nan)
        return found

    def _spectra(
        self, learned: Kernels, exact: Kernels, models: Models, mask: Array, judged: Array
    ) -> dict[str, Array]:
        """Of the parameters that both sides have; a period at which one of them is not judged counts for neither."""
        absent: dict[str, Any] = {name: None for name in PARAMETERS if learned[name] is None}
        usable = judged[:, :, [name not in absent for name in PARAMETERS]].all(axis=2)
        usable &= self._whitened(models[0], mask)[:, None, None]
        sides = []
        for side in (learned, replace(exact, **absent)):
            logs = log_kernels(side, *models[1:])
            white = self._whiten(logs, models[0], usable) / (self.further.noise * exact.velocity[..., None])
            sides.append(np.where(usable[..., None], white, 0.0))
        return compare_spectra(*sides)

    def _whitened(self, thickness: Array, mask: Array) -> Array:
        """(n,) bool: models that the prior of the spectra is defined for."""
        if self.further.whitening != TRAINING:
            return np.ones(len(mask), dtype=bool)
        return np.zeros(len(mask), dtype=bool) if self.prior is None else self.prior.fits(thickness, mask)

    def _whiten(self, logs: Array, thickness: Array, usable: Array) -> Array:
        """(n, W, T, R) of log kernels (n, W, T, 3, L), R the largest of all; 0 for a model that is not usable."""
        rows = np.flatnonzero(usable.any(axis=(1, 2)))
        each = {row: self.whitenings.of(thickness[row]).whiten(logs[row]) for row in rows.tolist()}
        white = np.zeros((*logs.shape[:3], max((one.shape[-1] for one in each.values()), default=1)))
        for row, one in each.items():
            white[row, ..., : one.shape[-1]] = one
        return white
