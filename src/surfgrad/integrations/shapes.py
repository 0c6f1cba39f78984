"""Which shapes the differentiable functions take, and periods that differ along a batch axis."""

from collections.abc import Callable

import numpy as np

from surfgrad.earth.validate import check_model, check_periods

Array = np.ndarray
Shape = tuple[int, ...]


def shared_shape(columns: tuple[Shape, ...], periods: Shape) -> tuple[Shape, Shape]:
    """The shapes that the model's columns (..., L) broadcast to, and of the periods (T,); ModelError for any other."""
    if len(periods) != 1 or 0 in periods:
        check_periods(np.ones(periods))
    try:
        shape = np.broadcast_shapes(*columns)
    except ValueError:
        shape = ()
    if not shape or shape[-1] == 0:
        check_model(*(np.ones(column) for column in columns))  # raises: it has the words
    return shape, periods or (1,)


def each_period_set(solve: Callable[..., tuple[Array, ...]], *arrays: Array) -> tuple[Array, ...]:
    """`solve`, which takes one set of periods (T,), for periods (B, T): one call for each of B.

    The axes B are the first ones of the models, and of what is returned; either may be 1. So a framework's vmap puts
    them.
    """
    *model, periods = (np.asarray(array, dtype=np.float64) for array in arrays)
    if periods.size == periods.shape[-1]:
        return solve(*model, periods.reshape(-1))
    shape = np.broadcast_shapes(*(column.shape for column in model))
    lead = periods.ndim - 1
    axes = np.broadcast_shapes(shape[:lead], periods.shape[:-1])
    columns = [np.broadcast_to(column, (*axes, *shape[lead:])) for column in model]
    sets = np.broadcast_to(periods, (*axes, periods.shape[-1]))
    parts = [solve(*(column[index] for column in columns), sets[index]) for index in np.ndindex(axes)]
    return tuple(np.stack(each).reshape(*axes, *each[0].shape) for each in zip(*parts, strict=True))
