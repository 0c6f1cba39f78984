"""Ellipticity where little of the mode reaches the surface, and beside its poles under water."""

import numpy as np
import pytest
from tests.reference.stiffness import Model
from tests.reference.surface_ratio import ellipticity as exact
from tests.waves.test_close_modes import twins

import surfgrad as sg
from surfgrad.waves.ellipticity_gradient import ellipticity_of_models

PERIOD = 2.0


def buried(lid: float) -> Model:
    """A channel of 5 km under a fast lid of `lid` km: its mode is the fainter on top the thicker the lid."""
    vs = np.array([4.0, 3.6, 3.0, 4.0])
    return np.array([0.6 * lid, 0.4 * lid, 5.0, 0.0]), 1.75 * vs, vs, np.array([3.0, 2.9, 2.8, 3.0])


def amplitude(model: Model) -> float:
    """Displacement at the surface over the largest."""
    e = sg.eigenfunctions(*model, [PERIOD], depths=[0.0], normalise="largest")
    return float(np.hypot(e["r1"], e["r2"])[0, 0])


def by_minors(model: Model) -> float:
    """The compiled route alone, without its judgement: what must not be taken for the truth."""
    c = sg.phase_velocity(*model, [PERIOD])
    out, faint = np.empty((1, 1)), np.empty((1, 1), np.bool_)
    columns = [np.asarray(column, float)[None] for column in model]
    ellipticity_of_models(*columns, np.array([2 * np.pi / PERIOD]), c[None], out, faint)
    return -float(out[0, 0])


@pytest.mark.parametrize(
    ("lid", "low", "high"), [(15, 1e-3, 1e-1), (25, 1e-4, 1e-3), (30, 1e-5, 1e-4), (60, 1e-11, 1e-9)]
)
def test_a_mode_in_a_buried_channel_has_its_ellipticity(lid, low, high):
    model = buried(lid)
    assert low < amplitude(model) < high
    assert sg.ellipticity(*model, [PERIOD])[0] == pytest.approx(exact(model, PERIOD, 0), rel=1e-9)


def test_minors_alone_are_told_to_be_wrong():
    for lid in (30, 40):
        truth = exact(buried(lid), PERIOD, 0)
        assert abs(by_minors(buried(lid)) / truth - 1) > 1e-8
    assert abs(by_minors(buried(5)) / exact(buried(5), PERIOD, 0) - 1) < 1e-12


def test_a_surface_that_stands_still_has_no_ellipticity():
    curve = sg.ellipticity(*twins(20.0), [3.0], mode=1)
    assert np.isfinite(sg.phase_velocity(*twins(20.0), [3.0], mode=1)).all()
    assert np.isnan(curve).all()
    assert np.isfinite(sg.ellipticity(*twins(20.0), [3.0], mode=0)).all()


def test_kernels_are_given_with_their_digits_or_not_at_all():
    model, step = buried(15), 1e-3
    kernels = sg.ellipticity_kernels(*model, [PERIOD])
    assert kernels.status[0] == sg.Status.OK
    for layer in range(4):
        sides = []
        for sign in (1, -1):
            vs = model[2].copy()
            vs[layer] *= 1 + sign * step
            sides.append(exact((model[0], model[1], vs, model[3]), PERIOD, 0))
        slope = (sides[0] - sides[1]) / (2 * step * model[2][layer])
        assert abs(kernels.vs[0, layer] - slope) < 1e-4 * np.abs(kernels.vs).max()  # the difference's own error
    for lid in (30, 60):
        refused = sg.ellipticity_kernels(*buried(lid), [PERIOD])
        assert refused.status[0] == sg.Status.NOT_CONVERGED
        assert np.isnan(refused.vs).all()
        assert np.isnan(refused.velocity).all()


OCEAN = (
    np.array([0.4, 0.3, 2.0, 0.0]),
    np.array([1.5, 1.7, 4.0, 6.0]),
    np.array([0.0, 0.3, 2.2, 3.4]),
    np.array([1.03, 1.8, 2.3, 2.7]),
)


def test_poles_under_water_are_passed_through():
    """Down to 1e-10 of the pole V/H is that of the eigenfunctions; the sign changes across."""
    periods = np.linspace(1.0, 8.0, 400)
    inverse = 1 / sg.ellipticity(*OCEAN, periods)
    place = np.flatnonzero((np.diff(np.sign(inverse)) != 0) & (np.abs(inverse[1:]) < 0.5))[0]
    low, high = periods[place : place + 2]
    for _ in range(34):
        middle = 0.5 * (low + high)
        same = np.sign(1 / sg.ellipticity(*OCEAN, [middle])[0]) == np.sign(inverse[place])
        low, high = (middle, high) if same else (low, middle)
        e = sg.eigenfunctions(*OCEAN, [middle], depths=[OCEAN[0][0] * (1 + 1e-14)], normalise="largest")
        truth = -e["r2"][0, 0] / e["r1"][0, 0]
        assert 1 / sg.ellipticity(*OCEAN, [middle])[0] == pytest.approx(truth, abs=1e-10)
    assert abs(truth) < 1e-8
