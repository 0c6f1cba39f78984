"""Modes to 60 digits against closed forms, against bisection on the count, and against slopes of such roots."""

import json

import mpmath as mp
import numpy as np
import pytest
from tests.reference import meeting
from tests.reference.branch import slowest_root
from tests.reference.closed_forms import rayleigh_halfspace
from tests.reference.group_slope import group_slope
from tests.reference.samples import ANALYTIC_TRUTH, FAMILIES, period_for, random_model
from tests.reference.slope import high_precision_slope
from tests.reference.stiffness import Model
from tests.waves.test_close_modes import twins

import surfgrad as sg

WAVES = ("rayleigh", "love")


def found(model: Model, period: float, wave: str, mode: int) -> tuple[meeting.Mode, mp.mpf] | None:
    """A mode, from a start that is off by 1e-10, and its velocity to 30 digits by bisection."""
    root = slowest_root(model, period, wave, mode, digits=30)
    if root is None:
        return None
    return meeting.find_mode(model, period, wave, mode, float(root) * (1 + 1e-10)), root


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("family", FAMILIES)
def test_velocity_meets_bisection(family, wave):
    rng = np.random.default_rng(50)
    met = 0
    for _ in range(2):
        model = FAMILIES[family](rng)
        for mode in range(2):
            both = found(model, period_for(rng, model), wave, mode)
            if both is not None:
                met += 1
                with mp.workdps(40):
                    assert abs(meeting.velocity(both[0]) / both[1] - 1) < mp.mpf(10) ** -29
    assert met > 1


@pytest.mark.parametrize(("wave", "mode"), [("rayleigh", 2), ("love", 1)])
def test_twin_channels_are_told_apart(wave, mode):
    model = twins(60.0)  # the neighbour is 9e-7 or 1.6e-8 away
    root = slowest_root(model, 3.0, wave, mode, points=800, digits=30)
    mode_found = meeting.find_mode(model, 3.0, wave, mode, float(root))
    with mp.workdps(40):
        assert abs(meeting.velocity(mode_found) / root - 1) < mp.mpf(10) ** -28
    with pytest.raises(ValueError, match="no root within"):
        meeting.find_mode(model, 3.0, wave, mode - 1, float(root))


@pytest.mark.parametrize("ratio", [1.5, 3**0.5, 7.0])
def test_half_spaces_meet_their_closed_form(ratio):
    vs, vp = 3.0, 3.0 * ratio
    c = rayleigh_halfspace(vp, vs)
    mode = meeting.find_mode(([0.0], [vp], [vs], [2.7]), 10.0, "rayleigh", 0, c)
    assert float(meeting.velocity(mode)) == pytest.approx(c, rel=1e-14)
    assert float(meeting.group(mode)) == pytest.approx(c, rel=1e-14)
    # Aki & Richards (2002), section 5.4.
    truth = (2 - (c / vs) ** 2) / (2 * np.sqrt(1 - (c / vp) ** 2))
    assert float(meeting.ellipticity(mode)) == pytest.approx(truth, rel=1e-13)


@pytest.mark.skipif(not ANALYTIC_TRUTH.exists(), reason="../shared/data/analytic_truth.json is absent")
def test_love_group_velocity_meets_its_closed_form():
    for case in json.loads(ANALYTIC_TRUTH.read_text())["love_two_layer"].values():
        vs = [case["vs1"], case["vs2"]]
        model = ([case["h_km"], 0.0], [2 * v for v in vs], vs, [case["rho1"], case["rho2"]])
        for row in case["rows"][::3]:
            mode = meeting.find_mode(model, row["period"], "love", row["mode"], row["c"])
            assert float(meeting.group(mode)) == pytest.approx(row["U"], rel=1e-13)


@pytest.mark.parametrize("wave", WAVES)
def test_kernels_meet_slopes_of_bisected_roots(wave):
    model, period = random_model(np.random.default_rng(51), layers=4), 4.0
    mode, root = found(model, period, wave, 0)
    c = float(root)
    for position in range(4):
        for layer in (0, 2):
            slope = high_precision_slope(model, period, wave, 0, position, layer, c)
            assert meeting.phase_kernel(mode, position, layer) == pytest.approx(slope, rel=1e-10, abs=1e-12)
    u, move, slope = group_slope(model, period, wave, 0, 2, np.array([1.0, 0.0, 0.0, 0.0]), c)
    assert float(meeting.group(mode)) == pytest.approx(u, rel=1e-13)
    assert meeting.kernel(mode, meeting.group, 2, 0) * move[0] == pytest.approx(slope, rel=1e-9)
    assert meeting.phase_kernel(mode, 2, 0) * move[0] != pytest.approx(slope, rel=1e-3)


def test_amplitude_at_the_surface_is_that_of_the_eigenfunctions():
    for lid, low, high in ((5.0, 0.5, 2.0), (30.0, 1e-5, 1e-4), (60.0, 1e-11, 1e-9)):
        vs = np.array([4.0, 3.6, 3.0, 4.0])
        model = np.array([0.6 * lid, 0.4 * lid, 5.0, 0.0]), 1.75 * vs, vs, np.array([3.0, 2.9, 2.8, 3.0])
        mode, _ = found(model, 2.0, "rayleigh", 0)
        e = sg.eigenfunctions(*model, [2.0], depths=np.append(0, np.cumsum(model[0][:-1])), normalise="largest")
        size = np.hypot(e["r1"], e["r2"])[0]
        assert low < meeting.surface_amplitude(mode) < high
        assert meeting.surface_amplitude(mode) == pytest.approx(size[0] / size[mode.interface], rel=1e-9)


def test_kernels_have_the_scales_they_must():
    """c and U are homogeneous of degree one in velocities and lengths, H/V of degree zero; densities have no scale."""
    model, period = random_model(np.random.default_rng(52), layers=4), 4.0
    mode, _ = found(model, period, "rayleigh", 0)
    quantities = {meeting.velocity: 1, meeting.group: 1, meeting.ellipticity: 0}
    for quantity, degree in quantities.items():
        rows = [
            meeting.profile(mode, lambda m, p, i, q=quantity: meeting.kernel(m, q, p, i), position) @ column
            for position, column in enumerate(model)
        ]
        value = float(quantity(mode))
        assert sum(rows[:3]) == pytest.approx(degree * value, abs=1e-12)
        assert rows[3] == pytest.approx(0.0, abs=1e-12)
        assert abs(rows[2]) > 1e-2
