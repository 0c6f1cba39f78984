"""Are kernels worse where the training prior likes its interfaces?

A network can learn that kernels jump at, say, 35 km and make them jump there for every model. Over the layers that
the prior likes interfaces in (`interfaces.liked_layers`) and over the other finite ones, the error is sum |K^ - K| /
sum |K|. `attraction` is what the liked layers have of it beyond the rate of the others, as a share of the whole kernel:
0 for an error in proportion to the kernel, whatever its size, and never more than the whole error. An error spread
evenly in depth has an excess wherever the kernel is small: whether the prior is why, networks of another prior tell.
"""

import numpy as np

from surfgrad.records import Array

NAMES = ("attraction", "error_near", "error_elsewhere")
ENOUGH = 0.02
"""Share of the kernel that must lie on a side for its own error: less is too small a yardstick."""


def attraction(learned: Array, exact: Array, liked: Array) -> dict[str, Array]:
    """`attraction`, `error_near`, `error_elsewhere`, (...), of kernels (..., L) per layer, the half-space left out.

    `liked`: (L,) bool. NaN where a kernel is; of a side that has less than 2 % of the exact kernel there is no own
    error, and no attraction without the error elsewhere or without liked layers.
    """
    error, size = np.abs(learned - exact)[..., :-1], np.abs(exact)[..., :-1]
    near, total = liked[:-1], size.sum(axis=-1)
    (near_error, near_size), (far_error, far_size) = (
        (error[..., side].sum(axis=-1), size[..., side].sum(axis=-1)) for side in (near, ~near)
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        own = near_error / near_size
        elsewhere = _where_enough(far_error / far_size, far_size, total)
        excess = (near_error - elsewhere * near_size) / total if near.any() else np.full(total.shape, np.nan)
    return dict(zip(NAMES, (excess, _where_enough(own, near_size, total), elsewhere), strict=True))


def _where_enough(error: Array, size: Array, total: Array) -> Array:
    """NaN where a side is too small a yardstick; a kernel of zeros (Love vp) is none at all."""
    return np.where((size > 0) & (size >= ENOUGH * total), error, np.nan)
