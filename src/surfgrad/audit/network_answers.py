"""Calling someone else's function: its answers in the shape that is expected, its errors in one line."""

from collections.abc import Callable
from typing import Any

import numpy as np

from surfgrad.errors import SurfgradError, UsageError
from surfgrad.records import Array

Nodes = tuple[Array, Array, Array]


def curves(velocity: Callable[..., Any], depth: Array, nodes: Nodes, shape: tuple[int, int]) -> Array:
    """(N, W, K) velocities of `velocity(depth, vp, vs, rho)`; `shape` is (W, K), `nodes` three arrays (N, D)."""
    answer = called(velocity, "velocity", depth, nodes)
    return _shaped(answer, "velocity", (len(nodes[0]), *shape))


def node_slopes(slopes: Callable[..., Any], depth: Array, nodes: Nodes, shape: tuple[int, int]) -> list[Array | None]:
    """Three arrays (N, W, K, D), derivatives at the nodes with respect to vp, vs, rho; None where there is none."""
    answer = called(slopes, "slopes", depth, nodes)
    if not isinstance(answer, tuple | list) or len(answer) != 3:
        raise UsageError(f"network: slopes gives {type(answer).__name__}; expected are three arrays, of vp, vs and rho")
    full = (len(nodes[0]), *shape, depth.size)
    return [
        None if each is None else _shaped(each, f"slopes of {name}", full)
        for name, each in zip(("vp", "vs", "rho"), answer, strict=True)
    ]


def called(function: Callable[..., Any], what: str, depth: Array, nodes: Nodes) -> Any:
    """`function(depth, vp, vs, rho)`, given copies; whatever it raises becomes a UsageError of one line."""
    try:
        return function(depth.copy(), *(each.copy() for each in nodes))
    except SurfgradError:
        raise
    except Exception as error:  # user code: anything may come out of it
        words = (str(error).strip().splitlines() or [""])[0]
        asked = f"{len(nodes[0])} models of {depth.size} nodes"
        raise UsageError(f"network: {what} failed for {asked}: {type(error).__name__}: {words}") from error


def _shaped(answer: Any, what: str, shape: tuple[int, ...]) -> Array:
    """The answer as float64 of `shape` (N, W, K, ...); waves and periods may come in one axis, wave by wave."""
    try:
        array = np.asarray(answer, dtype=np.float64)
    except (TypeError, ValueError):
        raise UsageError(f"network: {what} gives {type(answer).__name__}; an array of numbers is expected") from None
    flat = (shape[0], shape[1] * shape[2], *shape[3:])
    if array.shape not in (shape, flat):
        raise UsageError(f"network: {what} has shape {array.shape}; expected is {shape} or {flat}")
    return array.reshape(shape)
