"""Large batches in chunks: what a function holds beside its input and its result does not grow with the batch."""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import wraps
from math import prod
from typing import Any, TypeVar

import numpy as np

from surfgrad.earth.validate import check_model, check_periods

Array = np.ndarray
Solve = TypeVar("Solve", bound=Callable[..., Any])

WORK = 2**24
"""Bytes of one chunk's kernels; a function holds a few times as much. Enough models to keep all threads busy."""


def in_chunks(*beside: str) -> Callable[[Solve], Solve]:
    """Let a function of (thickness, vp, vs, rho, periods, **options) that returns a record take its batch in chunks.

    The record's arrays but `periods` lead with the batch axes. `beside`: options that are arrays in the models' shape.
    Each model is solved alone, so the values are the same to the last bit.
    """

    def decorate(solve: Solve) -> Solve:
        @wraps(solve)
        def run(thickness: Any, vp: Any, vs: Any, rho: Any, periods: Any, **options: Any) -> Any:
            if _fits(thickness, vp, vs, rho, periods):
                return solve(thickness, vp, vs, rho, periods, **options)
            model = check_model(thickness, vp, vs, rho)  # here, so that the first bad entry is named by its own index
            shared = {name: value for name, value in options.items() if name not in beside}
            apart = {name: options[name] for name in beside}
            return _run(
                lambda *columns, **more: solve(*columns, **more, **shared), model, check_periods(periods), apart
            )

        return run  # type: ignore[return-value]

    return decorate


def _fits(thickness: Any, vp: Any, vs: Any, rho: Any, periods: Any) -> bool:
    """Whether the batch is one chunk, or no batch at all."""
    try:
        shapes = [np.shape(column) for column in (thickness, vp, vs, rho)]
        periods = np.size(periods)
        shape = shapes[0] if shapes.count(shapes[0]) == len(shapes) else np.broadcast_shapes(*shapes)
    except ValueError:
        return True  # the function itself has the words for it
    return prod(shape[:-1]) <= _models(shape[-1:], periods)


def _models(layers: tuple[int, ...], periods: int) -> int:
    """Models in a chunk."""
    return max(1, WORK // (8 * 4 * max(1, prod(layers) * periods)))


def _run(solve: Callable[..., Any], model: tuple[Array, ...], periods: Array, apart: dict[str, Array]) -> Any:
    batch, layers = model[2].shape[:-1], model[2].shape[-1]
    columns = [column.reshape(-1, layers) for column in model]
    options = {name: values.reshape(-1, layers) for name, values in apart.items()}
    count, step = len(columns[0]), _models((layers,), periods.size)
    record: Any = None
    out: dict[str, Array] = {}
    for begin in range(0, count, step):
        part = slice(begin, begin + step)
        chunk = {name: values[part] for name, values in options.items()}
        record = solve(*(column[part] for column in columns), periods, **chunk)
        out = out or _room(record, count)
        _keep(record, out, part)
        record = replace(record, **out)  # lets go of the chunk's arrays before the next one is solved
    return replace(record, **{name: array.reshape(*batch, *array.shape[1:]) for name, array in out.items()})


def _room(record: Any, count: int) -> dict[str, Array]:
    """Arrays for `count` models, shaped like a chunk's."""
    return {name: np.empty((count, *array.shape[1:]), array.dtype) for name, array in _arrays(record)}


def _keep(record: Any, out: dict[str, Array], part: slice) -> None:
    for name, array in _arrays(record):
        out[name][part] = array


def _arrays(record: Any) -> list[tuple[str, Array]]:
    """The record's arrays that lead with the batch axis."""
    found = ((field.name, getattr(record, field.name)) for field in fields(record) if field.name != "periods")
    return [(name, value) for name, value in found if isinstance(value, np.ndarray)]
