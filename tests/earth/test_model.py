"""EarthModel: one checked, frozen model."""

import numpy as np
import pytest

from surfgrad.earth.model import EarthModel
from surfgrad.errors import ModelError, UsageError


def model(**changes):
    values = {"thickness": [1.0, 2.0, 0.0], "vp": [3.0, 5.0, 8.0], "vs": [1.5, 2.9, 4.5], "rho": [2.0, 2.6, 3.3]}
    return EarthModel(**{**values, **changes})


def test_depths():
    assert model().n_layers == 3
    np.testing.assert_array_equal(model().depth_top, [0.0, 1.0, 3.0])
    np.testing.assert_array_equal(model().depth, [1.0, 3.0])


def test_arrays_are_frozen_copies():
    vs = np.array([1.5, 2.9, 4.5])
    made = model(vs=vs)
    vs[0] = 9.0
    assert made.vs[0] == 1.5
    with pytest.raises(ValueError, match="read-only"):
        made.vs[0] = 1.0
    with pytest.raises(AttributeError):
        made.vs = vs


def test_equality_is_of_layers_not_names():
    assert model(name="a") == model(name="b")
    assert hash(model(name="a")) == hash(model())
    assert model() != model(vs=[1.5, 2.9, 4.500001])
    assert model() != EarthModel([0], [8], [4.5], [3.3])
    assert model() != "model"
    assert model(thickness=[1, 2, np.inf]) == model()


def test_repr_is_one_informative_line():
    assert repr(model(name="here")) == "EarthModel('here', 3 layers, half-space at 3 km, vs 1.5 to 4.5 km/s)"


def test_a_batch_is_not_a_model():
    with pytest.raises(ModelError, match="one model"):
        model(vs=[[1.5, 2.9, 4.5]])


def test_bad_entry_is_named():
    with pytest.raises(ModelError, match=r"vs\[0\]: -1"):
        model(vs=[-1, 2.9, 4.5])


def test_plot_draws_every_parameter_downwards():
    figure = model(name="here").plot(depth=10.0)
    assert [axis.get_xlabel() for axis in figure.axes] == ["vp (km/s)", "vs (km/s)", "density (g/cm³)"]
    assert figure.axes[0].get_ylim() == (10.0, 0.0)
    stairs = figure.axes[1].patches[0].get_data()
    np.testing.assert_array_equal(stairs.values, model().vs)
    np.testing.assert_array_equal(stairs.edges, [0.0, 1.0, 3.0, 10.0])


def test_plot_in_si():
    figure = model().plot(depth=10_000.0, units="si")
    assert [axis.get_xlabel() for axis in figure.axes] == ["vp (m/s)", "vs (m/s)", "density (kg/m³)"]
    assert (figure.axes[0].get_ylabel(), figure.axes[0].get_ylim()) == ("depth (m)", (10_000.0, 0.0))
    stairs = figure.axes[1].patches[0].get_data()
    np.testing.assert_allclose(stairs.values, 1000 * model().vs)
    np.testing.assert_allclose(stairs.edges, [0.0, 1000.0, 3000.0, 10_000.0])
    with pytest.raises(UsageError, match="km or si"):
        model().plot(units="m")


def test_plot_of_a_half_space_alone():
    assert len(EarthModel([0], [8], [4.5], [3.3]).plot().axes) == 3
