"""Are kernels worse where the training prior likes its interfaces?

A network can learn that kernels jump at, say, 35 km and make them jump there for every model. Over the layers that
the prior likes interfaces in (`interfaces.liked_layers`) and over the other finite ones, the error is sum |K^ - K| /
sum |K|; `attraction` is the first less the second: 0 for an error that does not care, whatever its size.
"""

import numpy as np

from surfgrad.records import Array

NAMES = ("attraction", "error_near", "error_elsewhere")
ENOUGH = 0.02
"""Share of the kernel that must lie on either side: less is too small a yardstick."""


def attraction(learned: Array, exact: Array, liked: Array) -> dict[str, Array]:
    """`attraction`, `error_near`, `error_elsewhere`, (...), of kernels (..., L) per layer, the half-space left out.

    `liked`: (L,) bool. NaN where a kernel is, and where less than 2 % of the exact one lies on either side.
    """
    error, size = np.abs(learned - exact)[..., :-1], np.abs(exact)[..., :-1]
    near, total = liked[:-1], size.sum(axis=-1)
    found = []
    for side in (near, ~near):
        part = size[..., side].sum(axis=-1)
        enough = (part > 0) & (part >= ENOUGH * total)  # a kernel of zeros (Love vp) is no yardstick
        with np.errstate(invalid="ignore", divide="ignore"):
            found.append(np.where(enough, error[..., side].sum(axis=-1) / part, np.nan))
    return dict(zip(NAMES, (found[0] - found[1], *found), strict=True))
