"""The two sides of an audit as Forwards: whatever a user hands over to be judged, and the engine."""

import sys
from importlib import import_module
from typing import Any

from surfgrad.audit.any_network import NetworkForward
from surfgrad.contracts import WAVES, Forward
from surfgrad.errors import UsageError

STATED = "depth_km and periods_s (and waves, unless it gives rayleigh and love)"


def as_forward(given: Any) -> Forward:
    """`given` itself when it is a Forward; a network that states its layout is adapted.

    A torch module, or a function of numpy arrays as `NetworkForward` takes, states its layout by the attributes
    `depth_km` (D,), `periods_s` (K,) and, if it has not both, `waves`; such a function may have its derivatives in a
    method `slopes`. Others need their adaptor: `NetworkForward(...)`, or `torch_network(...)` of
    `surfgrad.integrations.torch_module`. Raises UsageError.
    """
    if isinstance(given, type):
        raise UsageError(f"forward: the class {given.__name__} given; an object made of it is allowed")
    if isinstance(given, Forward):
        return given
    if not callable(given):
        raise UsageError(f"forward: {type(given).__name__} given; a Forward, a function or a torch module is allowed")
    if not (hasattr(given, "depth_km") and hasattr(given, "periods_s")):
        name = getattr(given, "__name__", type(given).__name__)
        raise UsageError(f"forward: {name} is no Forward; a network is allowed that has attributes {STATED}")
    layout = {"depth": given.depth_km, "periods": given.periods_s, "waves": getattr(given, "waves", WAVES)}
    if _is_torch_module(given):
        # by name: this room does not know torch, and whoever hands over a module has imported it
        adapted: Forward = import_module("surfgrad.integrations.torch_module").torch_network(given, **layout)
        return adapted
    return NetworkForward(given, slopes=getattr(given, "slopes", None), **layout)


def exact_forward(waves: tuple[str, ...]) -> Forward:
    """The engine, which is what is held to be true where nothing else is given."""
    from surfgrad.waves.forward import ExactForward  # compiled code: only when something is judged

    return ExactForward(waves=waves)


def _is_torch_module(given: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(given, torch.nn.Module)
