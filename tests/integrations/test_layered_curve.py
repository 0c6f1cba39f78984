"""A curve as a function of a model vector, its Jacobian, and the model that a search starts from."""

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.earth.layer_vector import LayerVector
from surfgrad.earth.relations import Brocher
from surfgrad.errors import UsageError
from surfgrad.integrations.curve import Curve
from surfgrad.integrations.layered_curve import LayeredCurve
from surfgrad.integrations.start_model import start_model

PERIODS = np.geomspace(3.0, 60.0, 12)
VECTOR = np.array([8.0, 22.0, 3.2, 3.7, 4.4])


@pytest.mark.parametrize(
    ("wave", "mode", "kind"), [("rayleigh", 0, "phase"), ("love", 1, "phase"), ("love", 0, "group")]
)
def test_jacobian_is_that_of_the_forward(wave: str, mode: int, kind: str) -> None:
    layered = LayeredCurve(Curve(PERIODS[:5], wave, mode, kind), LayerVector(3, Brocher()))
    values, jacobian = layered.forward_and_jacobian(VECTOR)
    steps = np.diag(1e-5 * VECTOR)
    difference = (layered.forward(VECTOR + steps) - layered.forward(VECTOR - steps)).T / (2e-5 * VECTOR)
    np.testing.assert_allclose(values, layered.forward(VECTOR), rtol=1e-12)
    np.testing.assert_allclose(jacobian, difference, rtol=1e-5, atol=1e-7)
    assert not np.allclose(jacobian[:, ::-1], difference, rtol=1e-2)


def test_si_is_the_same_curve_in_metres() -> None:
    km, si = (LayeredCurve(Curve(PERIODS), LayerVector(3, units=units)) for units in ("km", "si"))
    in_km, in_m = km.forward_and_jacobian(VECTOR), si.forward_and_jacobian(1000.0 * VECTOR)
    np.testing.assert_allclose(in_m[0], 1000.0 * in_km[0], rtol=1e-12)
    np.testing.assert_allclose(in_m[1], in_km[1], rtol=1e-8, atol=1e-12)


def test_where_no_mode_is_values_and_derivatives_are_nan() -> None:
    layered = LayeredCurve(Curve(PERIODS, mode=1), LayerVector(3))
    values, jacobian = layered.forward_and_jacobian(VECTOR)
    assert 0 < np.isnan(values).sum() < values.size
    np.testing.assert_array_equal(np.isnan(jacobian), np.isnan(values)[:, None] & np.ones(5, bool))


@pytest.mark.parametrize("layers", [1, 2, 5, 12])
def test_a_start_has_the_mode_at_every_period_and_is_no_worse_than_a_uniform_one(layers: int) -> None:
    true = LayeredCurve(Curve(PERIODS), LayerVector(3))
    data = true.forward(VECTOR)
    thickness, vs = start_model(PERIODS, data, layers)
    assert thickness.shape == (layers - 1,)
    assert (thickness > 0).all()
    layered = LayeredCurve(Curve(PERIODS), LayerVector(layers))
    start = layered.start(data)
    np.testing.assert_array_equal(start, layered.vector.join(thickness, vs))
    predicted = layered.forward(start)
    assert np.isfinite(predicted).all()
    uniform = layered.forward(layered.vector.join(thickness, np.full(layers, vs[-1])))
    assert layers == 1 or np.linalg.norm(predicted - data) < np.linalg.norm(uniform - data)


def test_a_start_on_held_thicknesses_and_in_metres() -> None:
    data = sg.phase_velocity([5.0, 20.0, 0.0], [5.5, 6.3, 7.8], [3.1, 3.6, 4.4], [2.6, 2.8, 3.3], PERIODS)
    held = LayeredCurve(Curve(PERIODS), LayerVector(3, thickness=[5000.0, 20000.0], units="si"))
    start = held.start(1000.0 * data)
    assert start.shape == (3,)
    np.testing.assert_allclose(start / 1000.0, start_model(PERIODS, data, 3, [5.0, 20.0])[1])
    with pytest.raises(UsageError, match=r"^velocity: shape \(2,\) given; \(12,\), finite and above 0, is allowed$"):
        start_model(PERIODS, data[:2], 3)
