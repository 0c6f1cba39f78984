"""Any torch module that predicts dispersion from profiles, as a Forward with the module's own derivatives."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.audit.any_network import NetworkForward
from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError
from surfgrad.records import Array

Layout = Callable[[Tensor, Tensor, Tensor, Tensor], Any]
LAYOUTS: dict[str, Layout] = {
    "channels": lambda depth, vp, vs, rho: torch.stack([depth, vp, vs, rho], dim=1),
    "nodes": lambda depth, vp, vs, rho: torch.stack([depth, vp, vs, rho], dim=2),
    "arguments": lambda depth, vp, vs, rho: (depth, vp, vs, rho),
}
"""What a module is called with, from depth, vp, vs, rho (N, D) each: (N, 4, D), (N, D, 4), or the four themselves."""


def torch_network(
    module: Callable[..., Tensor],
    *,
    depth: Any,
    periods: Any,
    waves: tuple[str, ...] = WAVES,
    kind: str = "phase",
    layout: str | Layout = "channels",
    dtype: torch.dtype = torch.float64,
    average: str = "below",
    vs: tuple[float, float] = (0.0, np.inf),
    note: str = "",
    batch: int = 32,
) -> NetworkForward:
    """`module` as a Forward: velocities by calling it, kernels by automatic differentiation of the very same call.

    `module`: a torch module or a function of tensors, from profiles in km, km/s, km/s, g/cm3 at the nodes `depth` (D,),
    km, to velocities (N, W, K) or (N, W K), km/s, of `waves` (W) at `periods` (K,), s. `layout`: how the profiles are
    handed over, one of `LAYOUTS` or a function of depth, vp, vs, rho (tensors (N, D)) that returns the module's
    argument, or a tuple of them. `dtype`: precision of weights and inputs; derivatives of a network trained in float32
    are clean in float64. The module is copied, put in evaluation mode, and stays on its device. The other arguments are
    those of `NetworkForward`. Models must not depend on one another, and autograd must reach the inputs. UsageError
    for another layout, and as NetworkForward raises it.
    """
    arrange = LAYOUTS.get(layout) if isinstance(layout, str) else layout
    if arrange is None:
        raise UsageError(f"layout: {layout!r} given; allowed are {', '.join(LAYOUTS)}, or a function")
    asked = _Asked(_frozen(module, dtype), arrange, dtype)
    return NetworkForward(
        asked.velocity,
        depth,
        periods,
        waves,
        kind,
        slopes=asked.slopes,
        average=average,
        vs=vs,
        note=note or f"torch {_name(module)}, {str(dtype).removeprefix('torch.')}",
        batch=batch,
    )


def _name(module: Callable[..., Tensor]) -> str:
    return getattr(module, "__name__", type(module).__name__)


def _frozen(module: Callable[..., Tensor], dtype: torch.dtype) -> Callable[..., Tensor]:
    """A copy that nobody trains: other precision and dropout off must not reach the caller's module."""
    if not isinstance(module, nn.Module):
        return module
    return copy.deepcopy(module).to(dtype).eval().requires_grad_(False)


class _Asked:
    """The module behind functions of numpy arrays."""

    def __init__(self, module: Callable[..., Tensor], layout: Layout, dtype: torch.dtype) -> None:
        self.module, self.layout, self.dtype = module, layout, dtype
        held = [*module.parameters(), *module.buffers()] if isinstance(module, nn.Module) else []
        self.device = held[0].device if held else torch.device("cpu")

    def velocity(self, depth: Array, vp: Array, vs: Array, rho: Array) -> Array:
        """(N, W, K) or (N, W K)."""
        with torch.no_grad():
            return _numpy(self._call(self._tensor(depth), *(self._tensor(each) for each in (vp, vs, rho))))

    def slopes(self, depth: Array, vp: Array, vs: Array, rho: Array) -> tuple[Array, Array, Array]:
        """Derivatives (N, W K, D) by vp, vs, rho: one reverse sweep for each output, over all models at once."""
        inputs = [self._tensor(each).requires_grad_(True) for each in (vp, vs, rho)]
        with torch.enable_grad():
            outputs = self._call(self._tensor(depth), *inputs).flatten(1)
        if not outputs.requires_grad:
            raise UsageError("network: its output carries no gradient; wrap it in NetworkForward to take differences")
        kernels = [np.empty((*outputs.shape, depth.size)) for _ in inputs]
        for column in range(outputs.shape[1]):
            # models do not depend on one another, so that the sum's gradient holds each model's own
            total = outputs[:, column].sum()
            found = torch.autograd.grad(total, inputs, retain_graph=True, materialize_grads=True)
            for kernel, each in zip(kernels, found, strict=True):
                kernel[:, column] = _numpy(each)
        return kernels[0], kernels[1], kernels[2]

    def _call(self, depth: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
        given = self.layout(depth.expand_as(vp), vp, vs, rho)
        answer = self.module(*given) if isinstance(given, tuple) else self.module(given)
        if not isinstance(answer, Tensor):
            raise UsageError(f"network: the module gives {type(answer).__name__}; a tensor of velocities is expected")
        return answer

    def _tensor(self, array: Array) -> Tensor:
        return torch.as_tensor(array, dtype=self.dtype, device=self.device)


def _numpy(tensor: Tensor) -> Array:
    return tensor.detach().to("cpu", torch.float64).numpy()
