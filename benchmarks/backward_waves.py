"""Where Rayleigh branches carry backward waves (U < 0): which models, which modes, how wide in period and velocity.

Nothing of the engine is used: branches are traced at fixed wavenumber by `tests/reference/backward.py`. Run from the
repository root:

    python -m benchmarks.backward_waves [models per family, default 300]
"""

import sys
from collections.abc import Iterator

import numpy as np
from tests.reference.backward import MODES, judge, soil
from tests.reference.stiffness import Model


def one_layer(contrast: float, ratio: float, density: float = 0.75) -> Model:
    """A layer of 1 km and 1 km/s over a half-space that is `contrast` times faster (its vp/vs sqrt 3)."""
    return (
        np.array([1.0, 0.0]),
        np.array([ratio, contrast * 3**0.5]),
        np.array([1.0, contrast]),
        np.array([density, 1.0]) * 2.6,
    )


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
