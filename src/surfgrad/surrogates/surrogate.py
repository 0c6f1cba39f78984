"""A learned forward model, ready to be asked: fulfils `surfgrad.contracts.Forward`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.contracts import Domain
from surfgrad.earth.stack import stack_models
from surfgrad.earth.validate import check_periods, invalid_models
from surfgrad.errors import UsageError
from surfgrad.records import Kernels
from surfgrad.status import Status
from surfgrad.surrogates.card import Card
from surfgrad.surrogates.jacobian import CHUNK, jacobian

_ROWS = 4096  # models predicted at once
_GRID_TOLERANCE = 1e-6  # km: a millimetre, far below any layer


@dataclass(frozen=True)
class Surrogate:
    """A trained network (in double precision) with its card.

    It cannot tell whether a mode is trapped: a value is given for every model on its grid, and its status says OK;
    whether the value may be trusted is for the domain and the audit to say. Invalid models, and water (vs = 0), which
    it cannot read, have NaN and INVALID_MODEL.
    """

    network: nn.Module = field(repr=False)
    card: Card

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that it was trained on, in the order of its output."""
        return tuple(self.card.waves)

    @property
    def kind(self) -> str:
        """Phase or group velocity."""
        return self.card.kind

    @property
    def domain(self) -> Domain:
        """Trained periods, the range of vs over all depths (by depth: the card's domain), and the grid."""
        known = self.card.domain
        vs = np.array(known.vs_range)
        prior = (self.card.prior or {}).get("name", "given models")
        return Domain(
            periods=(min(known.periods), max(known.periods)),
            vs=(float(vs[:, 0].min()), float(vs[:, 1].max())),
            thickness=tuple(known.thickness),
            note=f"{self.card.architecture} network trained on {prior}",
        )

    def predict(self, models: Any, periods: Any) -> np.ndarray:
        """Velocities (N, W, T), km/s, at any periods (T,) within the trained range, s.

        Between trained periods: the cubic spline in log period. Raises UsageError for periods outside, and for models
        on another grid than the trained one; ModelError for models that are none.
        """
        arrays, readable = self._arrays(models)
        times = check_periods(periods)
        with torch.no_grad():
            parts = [self.network(*part, times).numpy() for part in _parts(arrays, _ROWS)]
        velocity = np.concatenate(parts)
        velocity[~readable] = np.nan
        return velocity

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Derivatives of what `predict` returns: vp, vs, rho kernels (N, W, T, L) by automatic differentiation.

        In physical units (km/s per km/s, km/s per g/cm3), per layer, the half-space included; thickness is None.
        """
        arrays, readable = self._arrays(models)
        velocity, kernels = jacobian(self.network, arrays, check_periods(periods), CHUNK)
        status = np.zeros(velocity.shape, dtype=np.uint8)
        status[~readable] = Status.INVALID_MODEL
        for values in (velocity, *kernels):
            values[~readable] = np.nan
        vp, vs, rho = kernels
        return Kernels(velocity, status, None, vp, vs, rho)

    def _arrays(self, models: Any) -> tuple[tuple[Tensor, ...], np.ndarray]:
        """Four tensors (N, L), and which models the network can read; the others are replaced by ones."""
        stack = stack_models(models)
        self._check_grid(np.asarray(stack.thickness))
        arrays = stack.arrays
        readable = ~(invalid_models(*arrays) | (stack.vs <= 0).any(axis=1))
        keep = readable[:, None]
        tensors = tuple(torch.as_tensor(np.where(keep, values, 1.0), dtype=torch.float64) for values in arrays)
        return tensors, readable

    def _check_grid(self, thickness: np.ndarray) -> None:
        grid = np.array(self.card.domain.thickness)
        words = f"the surrogate's grid has {grid.size} layers over {grid[:-1].sum():g} km, the half-space included"
        if thickness.shape[1] != grid.size:
            raise UsageError(f"models: {thickness.shape[1]} layers given; {words}")
        off = np.abs(thickness[:, :-1] - grid[:-1]) > _GRID_TOLERANCE
        if off.any():
            model, layer = np.argwhere(off)[0]
            given, allowed = thickness[model, layer], grid[layer]
            raise UsageError(f"models: model {model}, layer {layer} is {given:g} km thick, not {allowed:g} km; {words}")


def _parts(arrays: tuple[Tensor, ...], rows: int) -> Iterator[tuple[Tensor, ...]]:
    for start in range(0, len(arrays[0]), rows):
        yield tuple(array[start : start + rows] for array in arrays)
