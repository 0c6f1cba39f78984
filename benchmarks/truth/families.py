"""Random models of every kind that dispersion solvers stumble over, each with periods at which it is difficult."""

from collections.abc import Callable

import numpy as np
from tests.reference.all_roots import all_roots
from tests.reference.backward import judge, soil
from tests.reference.float_count import count_float
from tests.reference.samples import channel, period_for, random_model, strong_contrast, thick_lid, thin_layers
from tests.reference.stiffness import Model

from surfgrad.earth.model import EarthModel
from surfgrad.earth.priors import draw

Random = np.random.Generator
Case = tuple[Model, np.ndarray]
"""A model, and periods (T,), s."""
PERIODS = 3
MODES = 4


def log_uniform(rng: Random, low: float, high: float, size: int | None = None) -> np.ndarray:
    """Even in the logarithm."""
    return np.exp(rng.uniform(np.log(low), np.log(high), size))


def fitting(rng: Random, model: Model, count: int = PERIODS) -> np.ndarray:
    """Periods at which a few modes are trapped."""
    return np.array([period_for(rng, model) for _ in range(count)])


def ordinary(rng: Random) -> Case:
    """2 to 9 layers at random, low-velocity zones and vp/vs up to 2.6 included."""
    model = random_model(rng, layers=int(rng.integers(2, 10)))
    return model, fitting(rng, model)


def all_periods(rng: Random) -> Case:
    """Crust and soil from 0.01 to 500 s: k h from 1e-4 to tens of thousands."""
    model = random_model(rng, layers=int(rng.integers(2, 8)), vs=(0.2, 4.5), thickness=(0.005, 40.0))
    return model, log_uniform(rng, 0.01, 500.0, PERIODS)


def slower_below(rng: Random) -> Case:
    """Layers from 1 m to 40 km in any order of velocity: the half-space is often slower than the lid."""
    n = int(rng.integers(1, 7))
    h = np.where(rng.random(n) < 0.2, 0.001, log_uniform(rng, 0.01, 40.0, n))
    vs = rng.uniform(0.1, 5.0, n)
    h[-1] = 0.0
    return (h, vs * rng.uniform(1.5, 3.0, n), vs, rng.uniform(1.5, 3.4, n)), log_uniform(rng, 0.05, 100.0, PERIODS)


def thick(rng: Random) -> Case:
    """A lid of thousands of km at periods of seconds."""
    model = thick_lid(rng)
    return model, fitting(rng, model)


def metres(rng: Random) -> Case:
    """Layers of 1 m under waves of seconds up to 60 s."""
    model = thin_layers(rng)
    return model, np.append(fitting(rng, model, PERIODS - 1), rng.uniform(20.0, 60.0))


def deep_channel(rng: Random) -> Case:
    """Modes that live in a low-velocity zone."""
    model = channel(rng)
    return model, fitting(rng, model)


def alike(rng: Random) -> Case:
    """2 to 5 identical channels; the gaps between their modes fall below the spacing of doubles."""
    n = int(rng.integers(2, 6))
    apart = log_uniform(rng, 2.0, 250.0)
    h = np.concatenate([[rng.uniform(20.0, 300.0)], np.tile([5.0, apart], n)])
    h[-1] = 0.0
    fast, slow = rng.uniform(3.8, 4.6), rng.uniform(2.6, 3.4)
    vs = np.append(np.tile([fast, slow], n), fast)
    return (h, rng.uniform(1.6, 1.9) * vs, vs, np.where(vs == fast, 3.2, 2.8)), rng.uniform(1.5, 12.0, PERIODS)


def osculating(rng: Random) -> Case:
    """A slow surface and a channel below a lid, where their branches come nearest to each other."""
    top, lid, zone = rng.uniform(1.0, 2.4), rng.uniform(3.6, 4.4), rng.uniform(2.2, 3.2)
    vs = np.array([top, lid, zone, lid * rng.uniform(1.02, 1.15)])
    h = np.array([rng.uniform(0.5, 4.0), log_uniform(rng, 3.0, 80.0), rng.uniform(2.0, 8.0), 0.0])
    model = (h, vs * rng.uniform(1.6, 2.0, 4), vs, rng.uniform(2.0, 3.3, 4))
    wave = "love" if rng.random() < 0.5 else "rayleigh"
    mode = int(rng.integers(0, MODES - 1))
    periods = np.geomspace(0.5, 8.0, 40) * h[0] / top
    for _ in range(3):
        i = int(np.argmin([_gap(model, period, wave, mode) for period in periods]))
        low, high = periods[max(i - 1, 0)], periods[min(i + 1, periods.size - 1)]
        periods = np.geomspace(low, high, 9)
    return model, periods[[2, 4, 5]]


def _gap(model: Model, period: float, wave: str, mode: int) -> float:
    """Relative distance in k of two neighbouring branches; infinite where one is not trapped."""
    ends = [all_roots(model, 2 * np.pi / period, wave, m).brackets for m in (mode, mode + 1)]
    if not all(len(end) for end in ends):
        return np.inf
    return float(abs(ends[0][-1, 0] / ends[1][-1, 0] - 1))


def hugging(rng: Random) -> Case:
    """Periods a share of 1e-7 to 0.03 below a cut-off: roots within 1e-5 to 1e-15 of the half-space's vs."""
    model = random_model(rng, layers=int(rng.integers(2, 6)))
    wave, mode = ("love", "rayleigh")[int(rng.integers(0, 2))], int(rng.integers(1, MODES))
    top = float(model[2][-1])
    low, high = 1e-4, 2 * np.pi * 1e3
    for _ in range(60):
        middle = np.sqrt(low * high)
        if count_float(model, middle, middle / top, wave) > mode:
            high = middle
        else:
            low = middle
    return model, 2 * np.pi / high * (1 - 10.0 ** rng.uniform(-7.0, -1.5, PERIODS))


def slow_sediment(rng: Random) -> Case:
    """Mud of 0.06 km/s and more, vp/vs up to 25, on crust and mantle, the half-space at times slower than the lid."""
    soft = np.sort(log_uniform(rng, 0.06, 1.2, int(rng.integers(1, 4))))
    vs = np.concatenate([soft, np.sort(rng.uniform(2.8, 4.0, 3)), [4.6, 4.6 * rng.uniform(0.94, 1.02)]])
    vp = np.concatenate([np.maximum(1.5, 1.9 * soft), 1.75 * vs[soft.size :]])
    h = np.concatenate([log_uniform(rng, 0.003, 1.0, soft.size), rng.uniform(5.0, 15.0, 3), [60.0, 0.0]])
    return (h, vp, vs, 1.6 + 0.2 * vp), log_uniform(rng, 0.2, 60.0, PERIODS)


def contrast(rng: Random) -> Case:
    """Soft layers on rock up to ten times faster."""
    model = strong_contrast(rng)
    return model, fitting(rng, model)


def backward(rng: Random) -> Case:
    """Soil on rock, or a stiff lid on saturated soil, at periods in and beside its band of backward waves, if any."""
    for _ in range(12):
        model = soil(rng) if rng.random() < 0.8 else lid_on_soil(rng)
        bands = [(width, period) for width, _, _, period in judge(model, 80) if width > 1e-6]
        if bands:
            break
    else:
        return model, fitting(rng, model)
    width, period = bands[int(rng.integers(0, len(bands)))]
    inside = rng.choice([-0.05, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1.05], PERIODS, replace=False)
    return model, period * (1 + width * inside)


def lid_on_soil(rng: Random) -> Model:
    """A stiff lid over saturated soil."""
    vs = np.concatenate([[rng.uniform(1.8, 2.6)], rng.uniform(0.95, 1.1, 3), [rng.uniform(2.4, 4.0)]])
    h = np.append(rng.uniform(0.1, 0.7, 4), 0.0)
    return h, vs * rng.uniform(2.0, 12.0, 5), vs, rng.uniform(1.5, 3.0, 5)


def water(rng: Random) -> Case:
    """Up to three layers of water on mud, sediment, crust and mantle."""
    n = int(rng.integers(1, 4))
    solid = slow_sediment(rng)[0] if rng.random() < 0.5 else random_model(rng)
    top = (log_uniform(rng, 0.02, 3.0, n), rng.uniform(1.42, 1.56, n), np.zeros(n), rng.uniform(0.99, 1.06, n))
    return tuple(np.concatenate(pair) for pair in zip(top, solid, strict=True)), log_uniform(rng, 0.3, 60.0, PERIODS)


def thousand(rng: Random) -> Case:
    """1000 layers: a rough gradient."""
    vs = np.linspace(rng.uniform(1.0, 3.0), 4.6, 1000) * rng.uniform(0.93, 1.07, 1000)
    vs[-1] = 1.02 * vs.max()
    h = np.append(log_uniform(rng, 0.02, 0.4, 999), 0.0)
    return (h, vs * rng.uniform(1.65, 1.85, 1000), vs, 0.8 + 0.5 * vs), log_uniform(rng, 1.0, 100.0, PERIODS)


def tectonic(rng: Random) -> Case:
    """The strong prior, 256 layers."""
    return draw("tectonic", 3, int(rng.integers(1 << 30))), log_uniform(rng, 1.0, 100.0, PERIODS)


def weak(rng: Random) -> Case:
    """The weak prior, 256 layers."""
    return draw("weak", 3, int(rng.integers(1 << 30))), log_uniform(rng, 1.0, 100.0, PERIODS)


def reference_earth(rng: Random) -> Case:
    """ak135 and PREM."""
    model = EarthModel.reference(("ak135", "prem")[int(rng.integers(0, 2))])
    return model.arrays, log_uniform(rng, 0.5, 500.0, PERIODS)


FAMILIES: dict[str, tuple[Callable[[Random], Case], int]] = {
    "ordinary layers": (ordinary, 10),
    "0.01 to 500 s": (all_periods, 8),
    "half-space slower than the lid": (slower_below, 8),
    "lids of 1000s of km": (thick, 5),
    "layers of 1 m": (metres, 8),
    "deep low-velocity channel": (deep_channel, 8),
    "identical channels": (alike, 7),
    "osculating modes": (osculating, 7),
    "beside a cut-off": (hugging, 8),
    "slow sediment": (slow_sediment, 7),
    "strong contrast": (contrast, 8),
    "backward waves": (backward, 10),
    "under water": (water, 8),
    "1000 layers": (thousand, 1),
    "tectonic prior": (tectonic, 2),
    "weak prior": (weak, 2),
    "ak135 and PREM": (reference_earth, 2),
}
"""Name: (how to draw a case, weight)."""
