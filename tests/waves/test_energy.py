"""Kernels and group velocity by energy integrals against those by the secular function: two routes that share a root.

Errors are taken over the profile's largest value, but at least over 1e-2 of c/m (1/T for a thickness): where a mode
feels one medium only, its density and thickness kernels vanish, and what is left in them is rounding of the others over
the gap to the next mode (1e-6 in thick lids).
"""

from dataclasses import replace

import numpy as np
import pytest
from tests.reference.samples import FAMILIES, period_for, random_model
from tests.reference.slope import high_precision_kernel
from tests.reference.stiffness import Model
from tests.waves.test_close_modes import twins

import surfgrad as sg
from surfgrad.errors import UsageError
from surfgrad.waves import energy
from surfgrad.waves.modeshape import ModeShape, mode_shape

TOLERANCE = 1e-8
PARAMETERS = ("thickness", "vp", "vs", "rho")
WAVES = ("rayleigh", "love")
FLOOR = 1e-2
OCEAN = (
    np.array([4.0, 0.5, 3.0, 8.0, 0.0]),
    np.array([1.5, 1.7, 3.0, 6.0, 8.0]),
    np.array([0.0, 0.2, 1.2, 3.5, 4.5]),
    np.array([1.03, 1.7, 2.0, 2.7, 3.3]),
)


def disagreement(model: Model, periods: np.ndarray, wave: str, mode: int, method: str = "energy") -> float:
    """Largest difference of `method` from the implicit route: the four kernels as the module says, and U relative."""
    one = sg.phase_kernels(*model, periods, wave=wave, mode=mode)
    two = sg.phase_kernels(*model, periods, wave=wave, mode=mode, method=method)
    worst = 0.0
    for name, column in zip(PARAMETERS, model, strict=True):
        assert np.isnan(two[name]).tolist() == np.isnan(one[name]).tolist()
        natural = 1.0 / periods if name == "thickness" else one.velocity / np.max(column)
        scale = np.maximum(np.max(np.abs(one[name]), axis=-1), FLOOR * natural)
        worst = max(worst, float(np.nanmax(np.abs(two[name] - one[name]) / scale[:, None], initial=0.0)))
    u = [sg.group_velocity(*model, periods, wave=wave, mode=mode, method=way) for way in ("implicit", method)]
    return max(worst, float(np.nanmax(np.abs(u[1] / u[0] - 1), initial=0.0)))


def family_disagreement(family: str, wave: str, models: int, seed: int) -> tuple[float, int]:
    """Largest disagreement over random models of a family, modes 0-2, and how many values were compared."""
    rng = np.random.default_rng(seed)
    worst, count = 0.0, 0
    for _ in range(models):
        model = FAMILIES[family](rng)
        periods = np.array([period_for(rng, model) for _ in range(2)])
        for mode in range(3):
            count += int(np.isfinite(sg.phase_velocity(*model, periods, wave=wave, mode=mode)).sum())
            worst = max(worst, disagreement(model, periods, wave, mode))
    return worst, count


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("family", FAMILIES)
def test_two_routes_agree(family, wave):
    worst, count = family_disagreement(family, wave, 6, seed=40)
    assert count > 12
    assert worst < TOLERANCE


@pytest.mark.slow
@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("family", FAMILIES)
def test_two_routes_agree_on_many_models(family, wave):
    worst, count = family_disagreement(family, wave, 100, seed=41)
    print(family, wave, worst, count)
    # Layers of 1 m cost the implicit route digits (see below).
    assert worst < (1e-7 if family == "1 m layers" else TOLERANCE)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 1, 2])
def test_two_routes_agree_under_water_and_on_the_sphere(wave, mode):
    periods = np.array([1.5, 3.0, 10.0, 40.0])
    assert disagreement(OCEAN, periods, wave, mode) < 1e-10
    deep = tuple(np.insert(column, 1, value) for column, value in zip(OCEAN, (300.0, 1.55, 0.0, 1.05), strict=True))
    assert disagreement(deep, periods, wave, mode) < TOLERANCE
    spherical = [
        sg.phase_kernels(*OCEAN, periods, wave=wave, mode=mode, earth="spherical", method=way)
        for way in ("implicit", "energy")
    ]
    np.testing.assert_allclose(spherical[1].vs, spherical[0].vs, rtol=1e-8, atol=1e-10)


def test_high_precision_confirms_the_smallest_kernels_beside_layers_of_a_metre():
    """A Rayleigh wave whose smallest kernels are 1e-10 of its largest, beside layers of 1 m."""
    rng = np.random.default_rng(5)
    for _ in range(43):
        model = FAMILIES["1 m layers"](rng)
        period = period_for(rng, model)
    one, two = (sg.phase_kernels(*model, [period], method=way) for way in ("implicit", "energy"))
    exact = high_precision_kernel(model, period, "rayleigh", 0, 0, float(one.velocity[0]))
    largest = np.max(np.abs(exact))
    assert np.max(np.abs(two.thickness[0] - exact)) < 3e-9 * largest
    np.testing.assert_allclose(two.thickness[0], exact, rtol=1e-7, atol=1e-16)
    assert np.max(np.abs(one.thickness[0] - two.thickness[0])) < 1e-7 * largest


def test_close_modes_lose_digits_in_proportion_to_the_gap():
    # Gaps 9e-7 and 1.6e-8: 1e-14 over them.
    assert disagreement(twins(60.0), np.array([3.0]), "rayleigh", 1) < 1e-7
    assert disagreement(twins(60.0), np.array([3.0]), "love", 0) < 1e-5
    assert disagreement(twins(20.0), np.array([3.0]), "love", 0) < TOLERANCE


@pytest.mark.parametrize("wave", WAVES)
def test_inertia_and_stiffness_balance_at_a_mode_and_nowhere_else(wave):
    shape = crust_mode(wave)
    norm = np.sum(shape.model[3] * energy.energy(shape).inertia) * shape.c**2
    assert abs(lagrangian(shape)) < 1e-12 * norm
    off = mode_shape(wave, shape.model, shape.k * shape.c, 1.001 * shape.c)
    assert abs(lagrangian(off)) > 1e-4 * norm


def crust_mode(wave: str) -> ModeShape:
    model = random_model(np.random.default_rng(2))
    model = tuple(np.asarray(column, float) for column in model)
    period = 6.0
    return mode_shape(wave, model, 2 * np.pi / period, float(sg.phase_velocity(*model, [period], wave=wave)[0]))


def lagrangian(shape: ModeShape) -> float:
    """The Lagrangian from its parts; stiffness and inertia balance at a mode."""
    _, vp, vs, rho = shape.model
    e = energy.energy(shape)
    return float(np.sum(rho * (shape.c**2 * e.inertia + (vp**2 - 2 * vs**2) * e.by_lambda + vs**2 * e.by_mu)))


LIARS = {
    "no dilatation": {"by_lambda": 0.0},
    "no shear strain": {"by_rigidity": 0.0},
    "half the inertia": {"inertia": 0.5},
    "no jump at interfaces": {"by_length": 0.0},
    "thickness kernel upside down": {"by_length": -1.0},
    "one percent less flux": {"flux": 0.99},
}


@pytest.mark.parametrize("liar", LIARS.values(), ids=LIARS.keys())
def test_kernels_with_a_term_dropped_are_rejected(liar, monkeypatch):
    honest = energy.energy

    def lie(shape: ModeShape) -> energy.Energy:
        true = honest(shape)
        return replace(true, **{name: factor * getattr(true, name) for name, factor in liar.items()})

    model = random_model(np.random.default_rng(3))
    periods = np.array([3.0, 9.0])
    assert disagreement(model, periods, "rayleigh", 0) < TOLERANCE
    monkeypatch.setattr(energy, "energy", lie)
    assert disagreement(model, periods, "rayleigh", 0) > 1e3 * TOLERANCE


def test_quadrature_has_points_to_spare(monkeypatch):
    model = random_model(np.random.default_rng(4))
    periods = np.array([1.0, 3.0, 9.0])
    eight = sg.phase_kernels(*model, periods, mode=1, method="energy")
    monkeypatch.setattr(energy, "POINTS", 12)
    twelve = sg.phase_kernels(*model, periods, mode=1, method="energy")
    monkeypatch.setattr(energy, "POINTS", 3)
    three = sg.phase_kernels(*model, periods, mode=1, method="energy")
    np.testing.assert_allclose(eight.vs, twelve.vs, atol=1e-13)
    assert np.nanmax(np.abs(three.vs - twelve.vs)) > 1e-9


def test_an_unknown_method_is_refused():
    for function in (sg.phase_kernels, sg.group_velocity):
        with pytest.raises(UsageError, match=r"method: 'magic' given; allowed are implicit, energy"):
            function([0.0], [6.0], [3.5], [2.7], [5.0], method="magic")
