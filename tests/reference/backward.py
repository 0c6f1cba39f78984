"""Branches w(k) at fixed wavenumber, from the count alone: where they fall with k there are backward waves.

At a fixed wavenumber the frequencies of all modes follow from the mode count (it never falls with frequency), so w_m(k)
is traced without any root finder's choices. Where w_m falls with k the group velocity is negative, and for the
frequencies of that fall the branch has several roots c.
"""

import numba
import numpy as np
from tests.reference.float_count import count_psv
from tests.reference.stiffness import Model

MODES = 4


@numba.njit(cache=True, error_model="numpy")
def branches(thickness, vp, vs, rho, k, modes):
    """w_m(k), (modes, K), NaN where the mode is not trapped; bisection on the count to 1e-11."""
    out = np.full((modes, len(k)), np.nan)
    for j in range(len(k)):
        top = k[j] * vs[-1]
        trapped = count_psv(thickness, vp, vs, rho, top, k[j])
        for m in range(min(modes, trapped)):
            low, high = 0.4 * k[j] * vs.min(), top
            while high - low > 1e-11 * high:
                middle = 0.5 * (low + high)
                if count_psv(thickness, vp, vs, rho, middle, k[j]) > m:
                    high = middle
                else:
                    low = middle
            out[m, j] = 0.5 * (low + high)
    return out


def falls(w: np.ndarray, k: np.ndarray) -> tuple[float, float, float, float]:
    """Widest fall of w(k): (relative width in w, c fast end, c slow end, T), zeros where w never falls.

    The slow end is the velocity at which the slowest of the coexisting roots stands at the top of the fall.
    """
    good = np.isfinite(w)
    w, k = w[good], k[good]
    if len(w) < 3:
        return 0.0, 0.0, 0.0, 0.0
    # From the fast (small k) side: a local maximum, then the minimum it falls to.
    peak = np.maximum.accumulate(w)
    drop = (peak - w) / peak
    i = int(np.argmax(drop))
    if drop[i] < 1e-9:
        return 0.0, 0.0, 0.0, 0.0
    start = int(np.argmax(w[: i + 1]))
    beyond = np.flatnonzero(w[i:] >= w[start])
    end = i + int(beyond[0]) if len(beyond) else len(w) - 1
    first = int(np.flatnonzero(w[: start + 1] >= w[i])[0])
    return float(drop[i]), float(w[first] / k[first]), float(w[end] / k[end]), float(2 * np.pi / w[start])


def wavenumbers(model: Model, points: int) -> np.ndarray:
    """From far below the first cut-off to far above the regime in which the layering matters."""
    depth = float(np.sum(model[0]))
    return np.geomspace(0.05 / depth, 60.0 / depth, points)


def judge(model: Model, points: int = 160) -> list[tuple[float, float, float, float]]:
    """`falls` for each of the first four modes."""
    k = wavenumbers(model, points)
    w = branches(*(np.asarray(column, float) for column in model), k, MODES)
    return [falls(w[m], k) for m in range(MODES)]


def soil(rng: np.random.Generator) -> Model:
    """2-4 layers of soil (sorted or not, saturated or not) on rock."""
    n = int(rng.integers(2, 5))
    vs = np.exp(rng.uniform(np.log(0.1), np.log(0.8), n))
    if rng.random() < 0.7:
        vs.sort()
    vs[-1] = vs[:-1].max() * np.exp(rng.uniform(np.log(1.1), np.log(10.0)))
    ratio = rng.uniform(1.5, 2.5, n)
    if rng.random() < 0.5:
        ratio[:-1] = rng.uniform(2.5, 8.0, n - 1)
    h = np.append(rng.uniform(0.002, 0.03, n - 1), 0.0)
    return h, vs * ratio, vs, np.append(rng.uniform(1.6, 2.1, n - 1), rng.uniform(2.0, 2.7))
