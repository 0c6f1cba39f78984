"""Exact curves that torch can differentiate: backwards, forwards, batched, on any device. Needs torch.

    from surfgrad.integrations.torch import phase_velocity

    c = phase_velocity(thickness, vp, vs, rho, periods, wave="love")
    torch.nansum((c - observed) ** 2).backward()                     # exact gradients, no differences

The engine works in float64 on the CPU; tensors of other types and devices are copied there and back. See
docs/differentiable.md.
"""

from typing import Any

from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.missing import MissingPackageError
from surfgrad.integrations.quantity import ARGUMENTS, Quantity
from surfgrad.integrations.shapes import shared_shape

try:
    import torch
except ModuleNotFoundError as error:
    raise MissingPackageError("torch", "torch") from error
from torch import Tensor
from torch.autograd import forward_ad

from surfgrad.integrations.torch_function import Request, Solve


def phase_velocity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
    invalid: str = "raise",
) -> Tensor:
    """Phase velocity (..., T), km/s, of one mode, with its exact derivatives.

    `thickness`, `vp`, `vs`, `rho`: (..., L) or broadcastable to it, tensors, arrays or lists; km, km/s, km/s, g/cm3;
    the last layer is the half-space. `periods`: (T,), s; differentiated too on a flat Earth. NaN where the mode does
    not exist; nothing flows back from there. In the type and on the device of the model's tensors. Options and errors
    as in `surfgrad.phase_velocity`; UsageError for a second derivative, for tensors on several devices, for periods
    that require a gradient on a spherical Earth.
    """
    return _solve(Quantity("phase", wave, mode, earth, threads, invalid), thickness, vp, vs, rho, periods)


def group_velocity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    wave: str = "rayleigh",
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
    invalid: str = "raise",
) -> Tensor:
    """Group velocity (..., T), km/s, of one mode, with its derivatives; arguments and errors as in `phase_velocity`.

    NaN, when derivatives are asked for, also where `surfgrad.group_kernels` refuses them.
    """
    return _solve(Quantity("group", wave, mode, earth, threads, invalid), thickness, vp, vs, rho, periods)


def ellipticity(
    thickness: Any,
    vp: Any,
    vs: Any,
    rho: Any,
    periods: Any,
    *,
    mode: int = 0,
    earth: str = "flat",
    threads: int | None = None,
    invalid: str = "raise",
) -> Tensor:
    """Signed H/V (..., T) of one Rayleigh mode, with its derivatives; arguments and errors as in `phase_velocity`.

    NaN, when derivatives are asked for, also where `surfgrad.ellipticity_kernels` refuses them.
    """
    return _solve(Quantity("ellipticity", "rayleigh", mode, earth, threads, invalid), thickness, vp, vs, rho, periods)


def _solve(quantity: Quantity, *given: Any) -> Tensor:
    dtype, device = _home(given)
    tensors = [_exact(name, value) for name, value in zip(ARGUMENTS, given, strict=True)]
    shape, (count,) = shared_shape(tuple(t.shape for t in tensors[:4]), tensors[4].shape)
    tensors = [*(t if t.shape == shape else t.expand(shape) for t in tensors[:4]), tensors[4].reshape(count)]
    request = Request(quantity, tuple(name for name, t in zip(ARGUMENTS, tensors, strict=True) if _tracked(t)))
    return Solve.apply(*tensors, request)[0].to(dtype).to(device)


def _home(given: tuple[Any, ...]) -> tuple[torch.dtype, torch.device]:
    """Type and device of the result: those of the model's floating tensors; float64 on the CPU if there is none."""
    tensors = [value for value in given[:4] if isinstance(value, Tensor)]
    floats = [tensor.dtype for tensor in tensors if tensor.is_floating_point()]
    dtype = floats[0] if floats else torch.float64
    for other in floats[1:]:
        dtype = torch.promote_types(dtype, other)
    devices = {tensor.device for tensor in tensors}
    if len(devices) > 1:
        raise UsageError(f"model: tensors on {', '.join(sorted(map(str, devices)))} given; one device is allowed")
    return dtype, devices.pop() if devices else torch.device("cpu")


def _exact(name: str, value: Any) -> Tensor:
    """The argument as float64 on the CPU, differentiably."""
    if not isinstance(value, Tensor):
        return torch.from_numpy(real_numbers(name, value))
    if value.is_complex() or value.dtype == torch.bool:
        raise ModelError(f"{name}: a tensor of {value.dtype} given; real numbers are allowed")
    if value.layout != torch.strided or value.is_meta:
        kind = "on device meta, without numbers," if value.is_meta else f"of layout {value.layout}"
        raise ModelError(f"{name}: a tensor {kind} given; a dense one that holds its numbers is allowed")
    return value.cpu().to(torch.float64)  # in two steps: not every device has float64


def _tracked(tensor: Tensor) -> bool:
    """Whether a derivative by `tensor` is known to be wanted (transforms of torch.func may hide it)."""
    backwards = tensor.requires_grad and torch.is_grad_enabled()
    return backwards or forward_ad.unpack_dual(tensor).tangent is not None
