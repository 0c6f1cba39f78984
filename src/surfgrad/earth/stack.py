"""Several models as four arrays of one shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.contracts import PARAMETERS
from surfgrad.earth.model import EarthModel
from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError

Array = np.ndarray
_SHAPES = "four arrays (N, layers) or (layers,) of one shape are allowed"


@dataclass(frozen=True, eq=False)
class ModelStack:
    """N models side by side.

    `thickness`, `vp`, `vs`, `rho`: (N, L), km, km/s, km/s, g/cm3; the last column is the half-space. `mask`: (N, L),
    True for layers of the model itself, False for padding: zero-thickness copies of the half-space just above it,
    which change neither a velocity nor a kernel of the others.
    """

    thickness: Array
    vp: Array
    vs: Array
    rho: Array
    mask: Array

    def __len__(self) -> int:
        """Number of models."""
        return int(self.thickness.shape[0])

    @property
    def arrays(self) -> tuple[Array, Array, Array, Array]:
        """thickness, vp, vs, rho."""
        return self.thickness, self.vp, self.vs, self.rho

    @property
    def n_layers(self) -> Array:
        """(N,) real layers of each model, the half-space included."""
        return self.mask.sum(axis=1)

    def model(self, index: int) -> EarthModel:
        """Model `index` without its padding; raises ModelError where it is invalid."""
        real = self.mask[index]
        return EarthModel(*(array[index][real] for array in self.arrays))


def stack_models(models: Any) -> ModelStack:
    """The models as a ModelStack.

    `models`: an EarthModel, a list of them (layer counts may differ), a tuple of four arrays (N, L) or (L,), or a
    ModelStack. Arrays are checked for shape only, so that a batch may hold invalid models and record them; raises
    ModelError for anything else.
    """
    if isinstance(models, ModelStack):
        return models
    if isinstance(models, EarthModel):
        return _padded([models])
    if isinstance(models, Sequence) and not isinstance(models, str) and len(models) > 0:
        if all(isinstance(model, EarthModel) for model in models):
            return _padded(models)
        if isinstance(models, tuple) and len(models) == 4:
            return _from_arrays(models)
    kind = f"an empty {type(models).__name__}" if isinstance(models, Sequence) and not models else type(models).__name__
    raise ModelError(f"models: {kind} given; an EarthModel, a list of them, or a tuple of four arrays is allowed")


def _padded(models: Sequence[EarthModel]) -> ModelStack:
    layers = max(model.n_layers for model in models)
    arrays = [np.empty((len(models), layers)) for _ in range(4)]
    mask = np.ones((len(models), layers), dtype=bool)
    for row, model in enumerate(models):
        above = model.n_layers - 1
        mask[row, above:-1] = False
        for target, source in zip(arrays, model.arrays, strict=True):
            target[row, :above] = source[:-1]
            target[row, above:] = source[-1]
    thickness, vp, vs, rho = arrays
    return ModelStack(thickness, vp, vs, rho, mask)


def _from_arrays(models: tuple[Any, ...]) -> ModelStack:
    given = [np.atleast_2d(real_numbers(name, each)) for name, each in zip(PARAMETERS, models, strict=True)]
    try:
        shape = np.broadcast_shapes(*(each.shape for each in given))
    except ValueError:
        raise ModelError(f"models: arrays that do not match given; {_SHAPES}") from None
    if len(shape) != 2 or shape[1] == 0 or shape[0] == 0:
        raise ModelError(f"models: shape {shape} given; {_SHAPES}")
    thickness, vp, vs, rho = (np.array(np.broadcast_to(each, shape), order="C") for each in given)
    return ModelStack(thickness, vp, vs, rho, np.ones(shape, dtype=bool))
