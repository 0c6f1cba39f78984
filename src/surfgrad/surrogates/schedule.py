"""The learning rate over a run: a short linear rise, then half a cosine down (Smith & Topin 2019; Loshchilov 2017)."""

import math

_RISE = 0.05  # share of the run
_END = 1e-3  # last rate relative to the peak


def learning_rate(peak: float, share: float) -> float:
    """Rate when `share` (0 to 1) of the run, in steps or in time, is over."""
    share = min(max(share, 0.0), 1.0)
    if share < _RISE:
        return peak * max(share / _RISE, 0.02)
    fall = (share - _RISE) / (1.0 - _RISE)
    return peak * (_END + (1.0 - _END) * 0.5 * (1.0 + math.cos(math.pi * fall)))
