"""The shape that tuning finds: a covariance of the draws so far, for coordinates in which the posterior is round."""

import numpy as np

Array = np.ndarray

ENDS = (0.15, 0.35, 0.6, 0.85)
"""Shares of tuning at which the shape is taken anew from the draws since the last; the rest settles the step size."""


SHORTEST = 10
"""Iterations of a window: fewer, of chains that have hardly moved, tell less than what is known beforehand."""


def window_ends(tune: int) -> list[int]:
    """The iterations, of `tune`, at which a window ends."""
    ends, last = list[int](), 0
    for share in ENDS:
        end = round(share * tune)
        if end - last >= SHORTEST and tune - end >= SHORTEST:
            ends.append(end)
            last = end
    return ends


def shape_of(draws: Array) -> Array | None:
    """(D, D), a square root of the covariance of `draws` (n, D); None where they show none.

    Correlations are shrunk by n / (n + D + 5), so that few draws, which follow one another closely, give little more
    than the coordinates' own spreads.
    """
    count, size = draws.shape
    if count < 10:
        return None
    covariance = np.atleast_2d(np.cov(draws, rowvar=False))
    spread = np.diag(covariance)
    if not (np.isfinite(spread).all() and (spread > 0).all()):
        return None
    share = count / (count + size + 5.0)
    return np.asarray(np.linalg.cholesky(share * covariance + (1.0 - share) * np.diag(spread)))
