"""Taylor's test across the two: values of the exact engine, derivative of the learned forward.

For a model m and a direction v, r(e) = |F(m + e v) - F(m) - e J^ v| over the periods. A right derivative leaves e^2:
the slope of log r by log e is 2. A wrong one leaves e |(J - J^) v|: a slope of 1 from the step on at which that error
exceeds the curvature. Only exact *values* enter, so this is a second route to the error of a kernel.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.records import Array

STEPS = np.array([1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1])
"""Changes of ln vs: from far below any model error to the width of a prior."""
CENTRAL = 1e-3
"""Step of the central difference that stands for J v: its own error, 1e-6, is far below what is judged."""
SLOPE_FROM, SLOPE_TO = 1e-2, 1e-1
"""Steps between which the slope is taken: those of an inversion."""


@dataclass(frozen=True, eq=False)
class TaylorTest:
    """One direction of n models, arrays (n, W) unless said otherwise; NaN where fewer than one period has all values.

    `error`: |J v - J^ v| / |J v|. `slope`: of log r by log e between steps of 1 and 10 %. `reach`: the step at which
    the error of J^ v equals the curvature: shorter ones are wrong by slope, longer ones by curvature. `remainder`:
    (n, W, E), r(e) / |J v|; `floor`: the same with the exact J v.
    """

    error: Array
    slope: Array
    reach: Array
    remainder: Array
    floor: Array


def taylor_test(base: Array, stepped: Array, ahead: Array, behind: Array, claimed: Array) -> TaylorTest:
    """Judge `claimed` (n, W, T), the learned derivative along v, by exact values.

    `base`: F(m), (n, W, T). `stepped`: F(m + e v), (n, W, E, T) for e in `STEPS`. `ahead`, `behind`: F(m +- CENTRAL v).
    Periods at which any value is missing are left out.
    """
    truth = (ahead - behind) / (2.0 * CENTRAL)
    known = np.isfinite(truth) & np.isfinite(claimed) & np.isfinite(base) & np.isfinite(stepped).all(axis=2)
    base, truth, claimed = (np.where(known, each, 0.0) for each in (base, truth, claimed))
    change = np.where(known[:, :, None], stepped, 0.0) - base[:, :, None]
    size = _norm(truth)
    learned = _norm(change - STEPS[:, None] * claimed[:, :, None])
    exact = _norm(change - STEPS[:, None] * truth[:, :, None])
    first, last = np.searchsorted(STEPS, (SLOPE_FROM * 0.999, SLOPE_TO * 0.999))
    with np.errstate(invalid="ignore", divide="ignore"):
        error = _norm(truth - claimed) / size
        slope = np.log(learned[..., last] / learned[..., first]) / np.log(STEPS[last] / STEPS[first])
        reach = error * size * STEPS[first] ** 2 / exact[..., first]
        scaled = learned / size[..., None], exact / size[..., None]
    return TaylorTest(*(np.where(np.isfinite(each), each, np.nan) for each in (error, slope, reach, *scaled)))


def _norm(values: Array) -> Array:
    return np.asarray(np.sqrt((values**2).sum(axis=-1)))
