"""Water on top: against the closed form of one layer on a half-space, differences, identities, and dry look-alikes."""

import numpy as np
import pytest
from scipy.optimize import brentq

import surfgrad as sg
from surfgrad.status import Status

OCEAN = (
    np.array([1.0, 2.0, 3.0, 10.0, 0.0]),
    np.array([1.45, 1.50, 5.5, 6.5, 8.0]),
    np.array([0.0, 0.0, 3.2, 3.7, 4.5]),
    np.array([1.00, 1.04, 2.5, 2.8, 3.3]),
)
CASES = [(4.0, 3.5, 7.0, 2.6), (4.0, 0.8, 2.2, 1.9), (1.0, 4.0, 8.0, 2.6)]
"""Depth of the water, and vs, vp, rho of the half-space; the water has 1.5 km/s, 1.03 g/cm3."""


def secular(c: float, period: float, case: tuple[float, float, float, float]) -> float:
    """Water on a half-space (Ewing, Jardetzky & Press 1957, section 4-3), times cosh to be free of poles."""
    h, vs, vp, rho = case
    k = 2 * np.pi / (period * c)
    ra, rb, rw = (np.sqrt(complex(1 - (c / v) ** 2)) for v in (vp, vs, 1.5))
    load = 1.03 / rho * (c / vs) ** 4 * ra / rw * np.sinh(k * rw * h)
    return float((((2 - (c / vs) ** 2) ** 2 - 4 * ra * rb) * np.cosh(k * rw * h) + load).real)


def roots(period: float, case: tuple[float, float, float, float]) -> list[float]:
    """All roots below vs, slow to fast."""
    grid = np.linspace(0.2, 1 - 1e-9, 20011) * case[1]
    values = [secular(c, period, case) for c in grid]
    flips = np.flatnonzero(np.diff(np.sign(values)))
    return [brentq(secular, grid[i], grid[i + 1], args=(period, case), xtol=1e-15, rtol=1e-14) for i in flips]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("period", [0.7, 5.0])
def test_every_mode_under_water_meets_the_closed_form(case, period):
    h, vs, vp, rho = case
    truth = roots(period, case)
    layers = ([h, 0.0], [1.5, vp], [0.0, vs], [1.03, rho])
    for mode, c in enumerate(truth):
        record = sg.dispersion(*layers, [period], mode=mode)
        assert record.velocity[0] == pytest.approx(c, rel=1e-11)
        assert record.status[0] == Status.OK
    assert sg.dispersion(*layers, [period], mode=len(truth)).status[0] == Status.NO_MODE
    dry = sg.phase_velocity([0.0], [vp], [vs], [rho], [period])
    assert dry[0] != pytest.approx(truth[0], rel=1e-4)


def test_splitting_the_water_changes_nothing():
    periods = np.array([2.0, 5.0, 20.0])
    split = [
        np.concatenate(([a[0] * f, a[0] * g], a[1:]))
        for a, (f, g) in zip(OCEAN, [(0.3, 0.7)] + 3 * [(1, 1)], strict=True)
    ]
    whole, parts = sg.phase_kernels(*OCEAN, periods), sg.phase_kernels(*split, periods)
    assert parts.velocity == pytest.approx(whole.velocity, rel=1e-13)
    assert parts.vp[:, :2].sum(axis=1) == pytest.approx(whole.vp[:, 0], rel=1e-10)
    assert parts.rho[:, :2].sum(axis=1) == pytest.approx(whole.rho[:, 0], rel=1e-10)
    assert parts.thickness[:, 0] == pytest.approx(whole.thickness[:, 0], rel=1e-10)


@pytest.mark.parametrize("mode", [0, 1])
def test_kernels_under_water_meet_differences(mode):
    periods = np.array([2.0, 5.0])
    kernels = sg.phase_kernels(*OCEAN, periods, mode=mode)
    for p, name in enumerate(("thickness", "vp", "vs", "rho")):
        for layer in range(5):
            if OCEAN[p][layer] == 0.0:
                continue
            slope = (4 * difference(p, layer, 5e-4, periods, mode) - difference(p, layer, 1e-3, periods, mode)) / 3
            scale = np.abs(kernels[name]).max(axis=1)
            assert np.all(np.abs(kernels[name][:, layer] - slope) < 1e-8 * scale)
    assert not kernels.vs[:, :2].any()
    assert np.all(np.abs(kernels.vp[:, :2]).max(axis=1) > 1e-4)


def difference(p: int, layer: int, step: float, periods: np.ndarray, mode: int) -> np.ndarray:
    """Central difference of c by one parameter of one layer, relative step."""
    sides = []
    for sign in (1, -1):
        moved = [values.copy() for values in OCEAN]
        moved[p][layer] *= 1 + sign * step
        sides.append(sg.phase_velocity(*moved, periods, mode=mode))
    return (sides[0] - sides[1]) / (2 * step * OCEAN[p][layer])


def test_identities_hold_under_water():
    kernels = sg.phase_kernels(*OCEAN, np.array([1.0, 3.0, 10.0, 40.0]))
    h, vp, vs, rho = OCEAN
    c = kernels.velocity
    assert (vp * kernels.vp + vs * kernels.vs + h * kernels.thickness).sum(axis=1) == pytest.approx(c, rel=1e-11)
    assert np.all(np.abs((rho * kernels.rho).sum(axis=1)) < 1e-11 * c)


def test_deep_water_at_short_periods_neither_overflows_nor_hides_the_scholte_wave():
    layers = ([5.0, 0.0], [1.5, 2.2], [0.0, 0.8], [1.03, 1.9])
    record = sg.dispersion(*layers, [0.005, 0.05, 0.5])
    assert np.all(record.status == Status.OK)
    # Once the water is deep against the wavelength, only the interface is left.
    assert record.velocity[0] == pytest.approx(record.velocity[1], rel=1e-12)
    assert record.velocity[0] < 0.8 * 0.95


def test_love_waves_ignore_water():
    periods = [2.0, 10.0]
    wet, dry = (sg.phase_kernels(*layers, periods, wave="love") for layers in (OCEAN, [a[2:] for a in OCEAN]))
    assert wet.velocity == pytest.approx(dry.velocity, rel=1e-13)
    assert wet.vs[:, 2:] == pytest.approx(dry.vs, rel=1e-12)
    assert not any(wet[name][:, :2].any() for name in ("thickness", "vp", "vs", "rho"))
