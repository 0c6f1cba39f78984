"""Where Rayleigh branches carry backward waves (U < 0): which models, which modes, how wide in period and velocity.

At a fixed wavenumber the frequencies of all modes follow from the mode count alone (it never falls with frequency), so
w_m(k) is traced without any root finder's choices. Where w_m falls with k the group velocity is negative, and for the
frequencies of that fall the branch has several roots c. Run from the repository root:

    python -m benchmarks.backward_waves [models per family, default 300]
"""

import sys
from collections.abc import Iterator

import numba
import numpy as np
from tests.reference.float_count import count_psv
from tests.reference.stiffness import Model

MODES = 4


@numba.njit(cache=True)
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


def one_layer(contrast: float, ratio: float, density: float = 0.75) -> Model:
    """A layer of 1 km and 1 km/s over a half-space that is `contrast` times faster (its vp/vs sqrt 3)."""
    return (
        np.array([1.0, 0.0]),
        np.array([ratio, contrast * 3**0.5]),
        np.array([1.0, contrast]),
        np.array([density, 1.0]) * 2.6,
    )


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


def crust(rng: np.random.Generator) -> Model:
    """Sediment, crust and mantle, at times with a low-velocity zone; vp/vs 1.6-2.0, sediments up to 3."""
    n = int(rng.integers(3, 7))
    vs = np.sort(rng.uniform(2.5, 4.0, n))
    h = rng.uniform(3.0, 15.0, n)
    ratio = rng.uniform(1.6, 2.0, n)
    if rng.random() < 0.5:
        vs[0], h[0], ratio[0] = rng.uniform(0.6, 2.5), rng.uniform(0.5, 5.0), rng.uniform(1.7, 3.0)
    if rng.random() < 0.3:
        vs[n // 2] *= rng.uniform(0.8, 0.95)
    vs[-1], h[-1] = rng.uniform(4.2, 4.8), 0.0
    return h, vs * ratio, vs, 0.77 + 0.302 * vs * ratio


def onset(contrasts: np.ndarray, ratios: np.ndarray) -> Iterator[tuple[float, list[float]]]:
    """For each vp/vs of a single layer: the smallest contrast at which each mode has a fall (inf: none)."""
    for ratio in ratios:
        first = [np.inf] * MODES
        for contrast in contrasts:
            for m, (drop, *_) in enumerate(judge(one_layer(contrast, ratio))):
                if drop > 0 and not np.isfinite(first[m]):
                    first[m] = float(contrast)
        yield float(ratio), first


def statistics(name: str, models: list[Model]) -> None:
    """Share of models with backward waves, and the widths of the multi-valued bands, per mode."""
    results = [judge(model) for model in models]
    print(f"\n{name}: {len(models)} models")
    print("mode  share     width in w (median, max)   c band slow/fast (median)  smallest contrast vs_N/min vs")
    for m in range(MODES):
        rows = [(r[m], model) for r, model in zip(results, models, strict=True) if r[m][0] > 0]
        if not rows:
            print(f"{m:4d}  {0:7.2%}")
            continue
        width = [r[0] for r, _ in rows]
        band = [r[2] / r[1] for r, _ in rows]
        contrast = [model[2][-1] / np.min(model[2]) for _, model in rows]
        print(
            f"{m:4d}  {len(rows) / len(models):7.2%}  {np.median(width):10.2e} {np.max(width):10.2e}"
            f"   {np.median(band):10.3f}    {np.min(contrast):10.2f}"
        )


def main(count: int = 300) -> None:
    """Print the onset table of a single layer, then the shares in two families of random models."""
    print("one layer over a half-space: smallest vs contrast with backward waves, by vp/vs of the layer")
    print("vp/vs   " + "".join(f"mode {m:<8d}" for m in range(MODES)))
    for ratio, first in onset(
        np.geomspace(1.2, 12.0, 24), np.array([1.45, 1.6, 1.73, 1.9, 2.1, 2.4, 2.7, 3.0, 3.5, 4.0, 5.0, 7.0, 10.0])
    ):
        print(f"{ratio:5.2f}   " + "".join(f"{c:<13.2f}" for c in first))
    for name, family in (("soil on rock", soil), ("crust", crust)):
        rng = np.random.default_rng(20)
        statistics(name, [family(rng) for _ in range(count)])


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
