"""Ground that no other family of models has: modes up to 20, judged by the stiffness count in double precision.

A value must lie on its branch, at its own frequency and at its own wavenumber, and nothing slower may; where there is
none, the half-space's vs must have too few modes below it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from tests.reference.float_count import count_float
from tests.reference.samples import random_model
from tests.reference.stiffness import Model
from tests.waves import liars
from tests.waves.engine import ENGINE, Engine

from surfgrad.status import Status

Random = np.random.Generator
MODES = 21
BESIDE = 1e-8
"""Relative distance at which the count must see the branch; modes that are closer are left to the status."""
SLOWER = 24
"""Velocities below each value at which the branch must not have begun."""


def log_uniform(rng: Random, low: float, high: float, size: int) -> np.ndarray:
    """Even in the logarithm."""
    return np.exp(rng.uniform(np.log(low), np.log(high), size))


def anything(rng: Random) -> Model:
    """Up to 12 layers, thickness and vs over decades, in any order."""
    n = int(rng.integers(1, 13))
    vs = log_uniform(rng, 0.05, 5.0, n)
    return log_uniform(rng, 1e-3, 30.0, n), vs * rng.uniform(1.2, 4.0, n), vs, rng.uniform(1.0, 5.0, n)


def wet_channel(rng: Random) -> Model:
    """Water over crust with a low-velocity zone."""
    h, vp, vs, rho = random_model(rng, layers=5)
    vs[2] *= rng.uniform(0.4, 0.8)
    top = int(rng.integers(1, 4))
    wet = log_uniform(rng, 0.05, 4.0, top), rng.uniform(1.4, 1.6, top), np.zeros(top), np.full(top, 1.03)
    return tuple(np.concatenate(pair) for pair in zip(wet, (h, vp, vs, rho), strict=True))  # type: ignore[return-value]


def hundredfold(rng: Random) -> Model:
    """Rock a hundred times faster than what lies on it."""
    soft = log_uniform(rng, 0.03, 0.06, 2)
    vs = np.array([*soft, soft.max() * rng.uniform(50.0, 100.0)])
    return np.array([*log_uniform(rng, 0.001, 0.05, 2), 0.0]), vs * rng.uniform(1.6, 6.0, 3), vs, rng.uniform(1.5, 3, 3)


def laminated(rng: Random) -> Model:
    """Thirty sheets, stiff and soft in turn."""
    vs = np.where(np.arange(30) % 2 == 0, rng.uniform(2.0, 4.0), rng.uniform(0.2, 1.0)) * rng.uniform(0.97, 1.03, 30)
    vs[-1] = 1.02 * vs.max()
    return log_uniform(rng, 0.05, 1.0, 30), 1.8 * vs, vs, rng.uniform(1.8, 3.2, 30)


def heavy_and_light(rng: Random) -> Model:
    """Densities from foam to lead."""
    h, vp, vs, _ = random_model(rng, layers=6)
    return h, vp, vs, log_uniform(rng, 0.1, 20.0, 6)


def barely_solid(rng: Random) -> Model:
    """vp/vs at the least that a material can have, or fifty."""
    h, _, vs, rho = random_model(rng, layers=5)
    return h, vs * np.where(rng.random(5) < 0.5, 1.1548, 50.0), vs, rho


def nearly_one_layer(rng: Random) -> Model:
    """A layer in pieces that differ by 1e-14 to 1e-6, some of them of no thickness."""
    jitter = 1.0 + log_uniform(rng, 1e-14, 1e-6, 8) * rng.choice([-1.0, 1.0], 8)
    vs = np.append(np.full(8, rng.uniform(0.5, 2.0)) * jitter, rng.uniform(2.5, 4.5))
    h = np.append(log_uniform(rng, 0.01, 3.0, 8) * (rng.random(8) < 0.8), 0.0)
    return h, 1.8 * vs, vs, np.append(np.full(8, 2.0), 2.8)


def upside_down(rng: Random) -> Model:
    """Slower with depth, down to a half-space of nearly the lid's vs."""
    vs = np.sort(rng.uniform(1.0, 4.0, 7))[::-1].copy()
    vs[-1] = vs[0] * rng.uniform(0.9, 1.1)
    return log_uniform(rng, 0.3, 10.0, 7), 1.75 * vs, vs, rng.uniform(2.0, 3.4, 7)


def gradient(rng: Random) -> Model:
    """Forty layers, steadily faster: many overtones."""
    vs = np.linspace(rng.uniform(0.2, 1.0), rng.uniform(3.0, 5.0), 40)
    return np.full(40, rng.uniform(0.05, 0.3)), 1.9 * vs, vs, 1.5 + 0.4 * vs


def many_channels(rng: Random) -> Model:
    """Four channels of unlike thickness and vs, far apart and deep."""
    fast = rng.uniform(3.6, 4.4)
    vs = np.append(np.ravel([[fast * rng.uniform(0.98, 1.02), rng.uniform(1.5, 3.0)] for _ in range(4)]), 1.01 * fast)
    h = np.append(np.ravel([[rng.uniform(5.0, 60.0), rng.uniform(0.5, 6.0)] for _ in range(4)]), 0.0)
    return h, 1.75 * vs, vs, rng.uniform(2.4, 3.4, 9)


FAMILIES: dict[str, Callable[[Random], Model]] = {
    make.__name__: make
    for make in (
        anything, wet_channel, hundredfold, laminated, heavy_and_light, barely_solid, nearly_one_layer, upside_down,
        gradient, many_channels,
    )
}  # fmt: skip


def period_of(rng: Random, model: Model, wave: str, mode: int) -> float:
    """A period at which `mode` is trapped: 1e-12 to 0.5 of it short of its cut-off, if it has one."""
    top = float(model[2][-1])
    low, high = 1e-4, 1e6
    for _ in range(80):
        middle = np.sqrt(low * high)
        low, high = (low, middle) if count_float(model, middle, middle / top, wave) > mode else (middle, high)
    if low < 1e-3:  # no cut-off: any length of wave
        return float(log_uniform(rng, 0.1, 30.0, 1)[0])
    return float(2 * np.pi / (high * (1 + 10.0 ** rng.uniform(-12.0, -0.3))))


@dataclass
class Found:
    """How many values there were, how many at all, and what was wrong with which."""

    asked: int = 0
    values: int = 0
    wrong: list[str] | None = None


def examine(engine: Engine, family: str, models: int, seed: int) -> Found:
    """Judge three periods, two modes and both waves of each model."""
    rng, found = np.random.default_rng([seed, list(FAMILIES).index(family)]), Found(wrong=[])
    for number in range(models):
        h, vp, vs, rho = FAMILIES[family](rng)
        h[-1] = 0.0
        model = h, np.maximum(vp, 1.1548 * vs), vs, rho
        for wave in ("rayleigh", "love"):
            for mode in (int(rng.integers(0, 4)), int(rng.integers(4, MODES))):
                period = period_of(rng, model, wave, mode)
                record = engine.dispersion(*model, [period], wave=wave, mode=mode)
                c, status = float(record.velocity[0]), Status(int(record.status[0]))
                found.asked += 1
                found.values += int(np.isfinite(c))
                why = misjudged(model, 2 * np.pi / period, wave, mode, c, status)
                if why and found.wrong is not None:
                    found.wrong.append(
                        f"{why}: {family} {number} {wave} mode {mode} T={period!r} c={c!r} {status.name}"
                    )
    return found


def misjudged(model: Model, w: float, wave: str, mode: int, c: float, status: Status) -> str:
    """What is wrong with a value; empty if nothing is."""
    top = float(model[2][-1])
    if np.isnan(c):
        inside = w * (1 - 1e-9)
        trapped = status != Status.NO_MODE or count_float(model, inside, inside / top, wave) > mode
        return "missing" if trapped else ""
    near, far = c * (1 - BESIDE), min(c * (1 + BESIDE), top)
    slower = np.append(np.geomspace(0.3 * near, near, SLOWER), near)
    if (count_float(model, w, w / slower, wave) > mode).any():
        return "a slower root"
    if status != Status.MULTIPLE and far < top and count_float(model, w, w / far, wave) <= mode:
        return "no root"
    if far == top:  # so near, rounding of the half-space's decay decides at the root's own wavenumber
        return ""
    low, high = count_float(model, w * np.array([1 - BESIDE, 1 + BESIDE]), w / c, wave)
    return "" if low <= mode < high else "another branch"


@pytest.mark.parametrize("family", FAMILIES)
def test_rough_ground_holds_no_wrong_branch(family):
    found = examine(ENGINE, family, 6, seed=3)
    assert found.values >= 6
    assert not found.wrong


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_much_rough_ground_holds_no_wrong_branch(family):
    found = examine(ENGINE, family, 400, seed=4)
    print(f"{family}: {found.values} values of {found.asked}")
    assert found.values > 400
    assert not found.wrong


@pytest.mark.parametrize("liar", [liars.next_mode(), liars.shifted(1e-6), liars.with_status(Status.NO_MODE)])
def test_liars_are_rejected(liar):
    assert len(examine(liar, "gradient", 2, seed=3).wrong or []) > 4
