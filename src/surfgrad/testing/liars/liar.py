"""A forward whose answers are bent on their way out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from surfgrad.records import Array, Kernels
from surfgrad.testing.liars.stand_in import StandIn

Models = tuple[Array, Array, Array, Array]
BendKernels = Callable[[Kernels, Models, Array], Kernels]
BendValues = Callable[[Array, Models, Array], Array]
PARAMETERS = ("vp", "vs", "rho")


@dataclass(frozen=True)
class Liar(StandIn):
    """A Forward that asks `honest` and bends its kernels, its values, or both.

    `bend_kernels(kernels, models, periods)` and `bend_values(velocity, models, periods)`: `models` are the four arrays
    (N, L), `periods` (T,), s. Values are bent after kernels, so that both see what the honest forward said.
    """

    name: str
    bend_kernels: BendKernels | None = None
    bend_values: BendValues | None = None

    def predict(self, models: Any, periods: Any) -> Array:
        """The honest velocities, bent when this liar bends values."""
        velocity = np.asarray(self.honest.predict(models, periods))
        return velocity if self.bend_values is None else self.bend_values(velocity, *question(models, periods))

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """The honest kernels, bent when this liar bends kernels."""
        arrays, times = question(models, periods)
        honest = kernels = self.honest.jacobian(models, periods)
        if self.bend_kernels is not None:
            kernels = self.bend_kernels(kernels, arrays, times)
        if self.bend_values is not None:
            kernels = replace(kernels, velocity=self.bend_values(honest.velocity, arrays, times))
        return kernels


def question(models: Any, periods: Any) -> tuple[Models, Array]:
    """The four arrays (N, L) and the periods (T,) that a Forward was asked for."""
    from surfgrad.earth.stack import stack_models

    return stack_models(models).arrays, np.asarray(periods, dtype=np.float64)


def each(kernels: Kernels, bend: Callable[[Array, str], Array]) -> Kernels:
    """Bend the vp, vs and rho kernels that exist: `bend(kernel, name)`, both (N, W, T, L)."""
    bent: dict[str, Any] = {}
    for name in PARAMETERS:
        kernel = kernels[name]
        bent[name] = None if kernel is None else bend(kernel, name)
    return replace(kernels, **bent)


def parameter(models: Models, name: str) -> Array:
    """vp, vs or rho as (N, 1, 1, L), to stand beside a kernel."""
    return models[1 + PARAMETERS.index(name)][:, None, None, :]


def norm(kernel: Array) -> Array:
    """L2 norm over the finite layers, (..., 1)."""
    return np.sqrt((kernel[..., :-1] ** 2).sum(axis=-1, keepdims=True))


def unseen(pattern: Array, profile: Array) -> Array:
    """`pattern` (..., L) of norm 1 without the half-space, orthogonal to `profile`: no sum over layers shows it.

    Added to a kernel of the parameter `profile`, it leaves the homogeneity and density identities as they were. Zero
    where nothing is left of the pattern.
    """
    finite = np.concatenate([np.ones(profile.shape[-1] - 1), [0.0]])
    above, raw = profile * finite, pattern * finite
    off = raw - above * (raw * above).sum(-1, keepdims=True) / (above**2).sum(-1, keepdims=True)
    size = norm(off)
    return np.divide(off, size, out=np.zeros_like(off), where=size > 1e-9 * norm(raw))
