"""The engine as an operation of torch: its derivative backwards, forwards, and under vmap."""

from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function

from surfgrad.errors import UsageError
from surfgrad.integrations.quantity import ARGUMENTS, SECOND, Quantity


@dataclass(frozen=True)
class Request:
    """A quantity, and by which of ARGUMENTS its kernels are wanted in the same call as its values."""

    quantity: Quantity
    wanted: tuple[str, ...] = ()


class Solve(Function):
    """(thickness, vp, vs, rho, periods, request) -> values (..., T), where they are missing, and the request's kernels.

    Tensors are float64 on the CPU; models (..., L) of one shape, periods (T,) (see `Quantity`). Where a value is NaN
    nothing flows back, whatever the gradient that comes in; forwards, its tangent is NaN. Kernels that were not wanted
    in the same call (a transform may hide that they will be) cost another call.
    """

    @staticmethod
    def forward(*given: Any) -> tuple[Tensor, ...]:
        """Ask the engine."""
        *tensors, request = given
        arrays = [tensor.detach().numpy() for tensor in tensors]
        if request.wanted:
            value, *kernels = map(torch.from_numpy, request.quantity.values_and_kernels(request.wanted, *arrays))
        else:
            value, kernels = torch.from_numpy(request.quantity.values(*arrays)), []
        return value, torch.isnan(value), *kernels

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: tuple[Tensor, ...]) -> None:
        """Keep all but the values, which are the caller's, to be written to as well."""
        *tensors, ctx.request = inputs
        ctx.set_materialize_grads(False)
        ctx.mark_non_differentiable(*output[1:])
        ctx.save_for_backward(*tensors, *output[1:])
        ctx.save_for_forward(*tensors, *output[1:])

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor | None) -> tuple[Tensor | None, ...]:
        """The sum over periods of gradient times kernel, for each argument that needs it."""
        gradient = gradients[0]
        if gradient is None:
            return (None,) * (len(ARGUMENTS) + 1)
        needed = tuple(name for name, need in zip(ARGUMENTS, ctx.needs_input_grad, strict=False) if need)
        periods, missing, kernels = _saved(ctx, needed)
        gradient = torch.where(missing, 0.0, gradient)
        found = {name: _pulled(name, gradient, kernel, periods) for name, kernel in kernels.items()}
        return *(found.get(name) for name in ARGUMENTS), None

    @staticmethod
    def jvp(ctx: Any, *tangents: Tensor | None) -> tuple[Tensor | None, ...]:
        """The sum over arguments of kernel times tangent."""
        given = {name: tangent for name, tangent in zip(ARGUMENTS, tangents, strict=False) if tangent is not None}
        periods, missing, kernels = _saved(ctx, tuple(given))
        total = torch.zeros_like(missing, dtype=torch.float64)
        for name, tangent in given.items():
            total = total + _pushed(name, tangent, kernels[name], periods)
        return torch.where(missing, torch.nan, total), None, *(None for _ in ctx.request.wanted)

    @staticmethod
    def vmap(info: Any, in_dims: tuple[int | None, ...], *given: Any) -> tuple[tuple[Tensor, ...], tuple[int, ...]]:
        """The batch axis in front: the engine's own."""
        *tensors, request = given
        moved = [
            tensor.expand(info.batch_size if name != "periods" else 1, *tensor.shape)
            if axis is None
            else tensor.movedim(axis, 0)
            for name, tensor, axis in zip(ARGUMENTS, tensors, in_dims, strict=False)
        ]
        output = Solve.apply(*moved, request)
        return output, (0,) * len(output)


class Sealed(Function):
    """(kernel, *arguments) -> the kernel, as something that depends on the arguments but has no derivative by them.

    Without it a second derivative would be a silent zero.
    """

    generate_vmap_rule = True

    @staticmethod
    def forward(kernel: Tensor, *arguments: Tensor) -> Tensor:
        """The kernel."""
        return kernel.view_as(kernel)

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        """Nothing is kept."""

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> None:
        """Refuse."""
        raise UsageError(SECOND)

    @staticmethod
    def jvp(ctx: Any, *tangents: Tensor) -> None:
        """Refuse."""
        raise UsageError(SECOND)


def _saved(ctx: Any, names: tuple[str, ...]) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """Periods, where values are missing, and the kernels by `names`: those kept, or of another call."""
    arguments, (missing, *kernels) = ctx.saved_tensors[: len(ARGUMENTS)], ctx.saved_tensors[len(ARGUMENTS) :]
    wanted = ctx.request.wanted
    if not set(names) <= set(wanted):
        wanted = names
        _, refused, *kernels = Solve.apply(*arguments, replace(ctx.request, wanted=names))
        kernels = [_unknown(kernel, refused & ~missing) for kernel in kernels]
    named = dict(zip(wanted, kernels, strict=True))
    return arguments[-1], missing, {name: Sealed.apply(named[name], *arguments) for name in names}


def _unknown(kernel: Tensor, refused: Tensor) -> Tensor:
    """NaN for the kernels of values that were given before it was known that these have none: not a silent zero."""
    return torch.where(refused if kernel.ndim == refused.ndim else refused.unsqueeze(-1), torch.nan, kernel)


def _pulled(name: str, gradient: Tensor, kernel: Tensor, periods: Tensor) -> Tensor:
    if name == "periods":
        return (gradient * kernel).sum_to_size(_aligned(periods, kernel)).reshape(periods.shape)
    return (gradient.unsqueeze(-2) @ kernel).squeeze(-2)


def _pushed(name: str, tangent: Tensor, kernel: Tensor, periods: Tensor) -> Tensor:
    if name == "periods":
        return tangent.reshape(_aligned(periods, kernel)) * kernel
    return (kernel @ tangent.unsqueeze(-1)).squeeze(-1)


def _aligned(periods: Tensor, kernel: Tensor) -> tuple[int, ...]:
    """The shape of periods (B, T) beside a kernel (B, ..., T): their axes B are its first ones."""
    between = (1,) * (kernel.ndim - periods.ndim)
    return *periods.shape[:-1], *between, periods.shape[-1]
