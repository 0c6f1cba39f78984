"""What `python -m benchmarks.two_routes` compares: both routes near 60 digits, and wrong ones told to be wrong."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from benchmarks import kernel_routes as routes
from benchmarks import two_routes, two_routes_tables
from benchmarks.truth.judge import Value
from tests.waves.test_close_modes import twins
from tests.waves.test_kernels import CRUST

import surfgrad as sg
from surfgrad.status import Status
from surfgrad.waves.batch import WAVE_CODES
from surfgrad.waves.compiled import LANES
from surfgrad.waves.gradient import gradient
from surfgrad.waves.group_gradient import _evaluate, _load
from surfgrad.waves.group_lanes import SIZE
from surfgrad.waves.lanes import BY_C, CC, STRETCH
from surfgrad.waves.layers import COLUMNS, layer_table


def value(model=CRUST, period: float = 9.0, wave: str = "rayleigh", mode: int = 0) -> Value:
    """What the engine says of one mode."""
    record = sg.dispersion(*model, [period], wave=wave, mode=mode)
    columns = tuple(np.asarray(column, float) for column in model)
    return Value(columns, period, wave, mode, float(record.velocity[0]), Status(record.status[0]))


@pytest.mark.parametrize(("wave", "mode", "period"), [("rayleigh", 0, 9.0), ("love", 1, 3.0)])
def test_both_routes_meet_50_digits(wave, mode, period):
    one = value(wave=wave, mode=mode, period=period)
    exact = {name: routes.exact(one, name) for name in ("phase", "group")}
    for method in ("implicit", "energy"):
        assert routes.difference(one, exact["phase"], routes.phase(one, method)[1]) < 1e-11
    implicit, energy = routes.group_implicit(one), routes.group_by_energy(one)
    assert routes.difference(one, exact["group"], implicit.kernels) < 1e-11
    assert routes.difference(one, exact["group"], (1.0 + 1e-10) * implicit.kernels) > 1e-11
    assert routes.difference(one, exact["group"], energy.kernels) < max(1e-8, 10 * energy.error)
    assert routes.difference(one, exact["group"], exact["phase"]) > 1e-3


def test_ellipticity_kernels_meet_50_digits():
    one = value()
    kernels = sg.ellipticity_kernels(*CRUST, [9.0])
    own = np.array([kernels[name][0] for name in routes.PARAMETERS])
    assert routes.difference(one, routes.exact(one, "ellipticity"), own, float(kernels.velocity[0])) < 1e-9
    assert routes.difference(one, routes.exact(one, "phase"), own) > 1e-3


def test_the_gap_is_that_of_twin_channels():
    # Their Love modes 0 and 1 lie 1.6e-8 apart in c, and U is near c.
    assert 1e-9 < routes.gap(value(twins(60.0), 3.0, "love", 0)) < 1e-7
    assert routes.gap(value()) > 1e-2


def test_a_difference_is_judged_and_an_unexplained_one_reported():
    one = value()
    kernels = routes.phase(one, "implicit")[1]
    wrong = kernels.copy()
    wrong[2, 1] *= 1 + 1e-6
    comparison = two_routes.Comparison()
    comparison.take(one, kernels, kernels, "phase", 1e-8)
    assert not comparison.judged
    comparison.take(one, kernels, wrong, "phase", 1e-8)
    (implicit, energy), *_ = comparison.judged
    assert implicit < 1e-11 < 1e-8 < energy
    assert (comparison.stated, comparison.other, len(comparison.unexplained)) == (0, 1, 0)
    comparison.take(one, wrong, kernels, "phase", 1e-8)
    assert (comparison.stated, comparison.other, len(comparison.unexplained)) == (0, 1, 1)
    comparison.take(one, wrong, kernels, "phase", 1e-5)
    assert (comparison.stated, comparison.other, len(comparison.unexplained)) == (1, 1, 1)
    comparison.take(one, np.full_like(kernels, np.nan), kernels, "phase", 1.0)
    assert len(comparison.unexplained) == 2


def test_a_family_is_compared_and_a_lying_engine_is_caught(monkeypatch):
    found = list(islice(two_routes.drawn("strong contrast", 1), 4))
    honest = two_routes.Family()
    for one in found:
        two_routes.compare(one, honest)
        two_routes.differentiate(one, honest)
    assert not honest.far
    assert not any(two.unexplained for two in honest.two.values())
    assert "| some | phase | 4 | 0, 0 |" in two_routes_tables.routes(two_routes.records({"some": honest})["routes"])

    true = sg.phase_kernels

    def lie(*model, method="implicit", **options):
        kernels = true(*model, method=method, **options)
        return kernels if method == "energy" else replace(kernels, vs=kernels.vs * (1 + 1e-5))

    monkeypatch.setattr(sg, "phase_kernels", lie)
    lying = two_routes.Family()
    two_routes.compare(found[0], lying)
    two_routes.differentiate(found[0], lying)
    assert lying.two["phase"].unexplained
    assert lying.far


LID = ((2.0, 2500.0, 0.0), (2.6, 6.0, 8.0), (1.5, 3.5, 4.6), (2.2, 2.8, 3.3))
"""A slow layer on a lid of a thousand wavelengths: F off its root by rounding puts (k h)^2 times that into F_m'."""


@pytest.mark.parametrize(("wave", "mode"), [("rayleigh", 0), ("rayleigh", 1), ("love", 0)])
def test_group_kernels_on_a_lid_meet_50_digits(wave, mode):
    one = value(LID, 2.0, wave, mode)
    exact, found = routes.exact(one, "group"), routes.group_implicit(one)
    assert routes.difference(one, exact, found.kernels) < 1e-9
    assert routes.difference(one, exact, (1.0 + 2e-9) * found.kernels) > 1e-9


SOIL = (
    (0.006, 0.043, 12.0, 4.2, 36.0, 0.0),
    (0.69, 0.78, 5.0, 1.3, 5.9, 7.2),
    (0.47, 0.41, 3.0, 0.57, 2.6, 3.2),
    (3.0, 2.8, 3.2, 2.1, 2.3, 2.2),
)
"""A slow channel on lids of thousands of wavelengths, its next mode 1.5 % away."""


@pytest.mark.parametrize("off", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize(("wave", "period"), [("love", 0.027), ("rayleigh", 0.025)])
def test_roots_not_quite_met_above_lids_do_not_spoil_group_kernels(wave, period, off):
    # Roots may be off by 2e-14. U of the phase sweeps then is off by 1e-10 or more: not one to take slopes with.
    met = value(SOIL, period, wave)
    one = replace(met, velocity=met.velocity * (1.0 + off * 1e-14))
    exact, found = routes.exact(one, "group"), routes.group_implicit(one)
    assert found.error < 2e-9
    assert routes.difference(one, exact, found.kernels) < 1e-10
    assert routes.difference(one, exact, (1.0 + 2e-10) * found.kernels) > 1e-10
    assert routes.difference(one, exact, unsettled(one)) > 1e-8


def unsettled(one: Value) -> np.ndarray:
    """Group kernels (4, L) from slopes taken with U of the phase sweeps."""
    table, group, miss = np.empty((len(one.model[2]), COLUMNS)), np.empty(LANES), np.empty(LANES)
    buf, room, wave = np.zeros(SIZE), np.empty((len(table), 4 * LANES)), WAVE_CODES[one.wave]
    layer_table(*one.model, table)
    first = _load(table, np.array([2 * np.pi / one.period]), np.array([one.velocity]), np.array([0]), buf)
    gradient(wave, table, first, buf, room)
    square = buf[CC : CC + LANES]
    group[:] = square / (np.sqrt(square) + buf[STRETCH : STRETCH + LANES] / buf[BY_C : BY_C + LANES])
    return _evaluate(wave, table, first, buf, group, miss)[:, : 4 * LANES : LANES].T


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("mode", [0, 1])
@pytest.mark.parametrize("apart", [16.0, 24.0, 32.0, 40.0])
def test_what_kernels_of_near_modes_are_off_by_is_stated(wave, mode, apart):
    # Twin channels: their modes lie 1e-2 to 1e-6 of c apart.
    one = value(twins(apart), 3.0, wave, mode)
    for name, found in (("phase", routes.phase_implicit(one)), ("group", routes.group_implicit(one))):
        error = routes.difference(one, routes.exact(one, name), found.kernels)
        assert error < max(1e-8, found.error), name


def test_phase_kernels_beside_a_cut_off_and_of_twins_state_more():
    # Love's first overtone of a layer on a half-space appears at w h (1/vs1^2 - 1/vs2^2)^(1/2) = pi.
    model, cut_off = ((1.0, 0.0), (2.0, 4.0), (1.0, 2.0), (2.0, 2.5)), np.sqrt(3.0)
    errors = [routes.phase_implicit(value(model, cut_off * (1 - d), "love", 1)).error for d in (1e-1, 1e-6)]
    errors.append(routes.phase_implicit(value(twins(120.0), 3.0, "love", 0)).error)
    assert errors[0] < 1e-7 < errors[1] < errors[2]
