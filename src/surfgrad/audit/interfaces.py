"""Where a prior puts its interfaces."""

import numpy as np

from surfgrad.records import Array

JUMP = 0.05
"""|change of ln vs| between neighbouring layers from which on it can be an interface."""
STANDS_OUT = 2.0
"""An interface changes ln vs this many times as much as the boundaries above and below it; a gradient does not."""
NEAR = 0.1
"""Two depths are near each other when their logarithms differ by less: waves resolve shares of the depth, not km."""
LIKED = 1.5
"""A prior likes a depth when this many times as many models have an interface near it as near a depth on average."""
FEWEST = 0.05
"""Share of models with an interface near an average depth, below which a prior has none to speak of."""


def interfaces(vs: Array) -> Array:
    """(N, L - 1) bool: which boundaries of vs (N, L) are interfaces: a jump of 5 % or more that stands out."""
    change = np.abs(np.diff(np.log(vs), axis=1))
    beside = np.pad(change, ((0, 0), (1, 1)))
    return np.asarray(change >= np.maximum(JUMP, STANDS_OUT * np.maximum(beside[:, :-2], beside[:, 2:])))


def interface_share(thickness: Array, vs: Array) -> Array:
    """(L - 1,): share of models vs (N, L) with an interface near the depth of each boundary of `thickness` (L,), km."""
    depth = np.cumsum(thickness[:-1])
    place = np.log(depth)
    first, last = np.searchsorted(place, place - NEAR, "left"), np.searchsorted(place, place + NEAR, "right")
    jump = interfaces(vs)
    above = np.concatenate([np.zeros((len(vs), 1), dtype=np.int64), np.cumsum(jump, axis=1)], axis=1)
    return np.asarray((above[:, last] > above[:, first]).mean(axis=0))


def liked_layers(thickness: Array, share: Array) -> Array:
    """(L,) bool: layers that touch a boundary at a depth which the prior likes.

    `thickness`: (L,), km; `share`: (L - 1,) from `interface_share`. None where the prior has no interfaces, or has them
    at all depths alike. The average is over the logarithm of depth.
    """
    touched = np.zeros(share.size + 1, dtype=bool)
    if share.size > 1:
        average = np.average(share, weights=np.gradient(np.log(np.cumsum(thickness[:-1]))))
        if average >= FEWEST:
            liked = share >= LIKED * average
            touched[:-1] |= liked
            touched[1:] |= liked
    return touched
