"""Regridding: travel times and mass are kept, and what lies below the base is the reference's mantle."""

import numpy as np
import pytest
from hypothesis import given, settings

from surfgrad.earth.grid import DEFAULT_GRID, tops
from surfgrad.earth.model import EarthModel
from surfgrad.earth.reference import mantle_profile, reference
from surfgrad.earth.regrid import regrid
from surfgrad.errors import ModelError
from surfgrad.testing.models import models

CRUST = EarthModel(
    [0.33, 4.1, 17.77, 60.01, 0], [2.5, 5.5, 6.5, 8.1, 8.0], [0.9, 3.2, 3.7, 4.6, 4.3], [2, 2.6, 2.9, 3.3, 3.3]
)


def sums(model, bottom):
    """Vertical P and S time and mass per area down to `bottom`."""
    top = model.depth_top
    h = np.clip(np.append(top[1:], np.inf), 0, bottom) - np.clip(top, 0, bottom)
    return np.array([(h / model.vp).sum(), (h / model.vs).sum(), (h * model.rho).sum()])


def test_default_grid():
    assert DEFAULT_GRID.shape == (256,)
    assert tops(DEFAULT_GRID)[-1] == 127.5
    with pytest.raises(ValueError, match="read-only"):
        DEFAULT_GRID[0] = 1.0


def test_mass_and_travel_times_of_the_whole_are_kept():
    made = regrid(CRUST, below=None)
    np.testing.assert_allclose(sums(made, 127.5), sums(CRUST, 127.5), rtol=1e-12)
    assert made.n_layers == 256


@given(models(max_layers=5))
@settings(max_examples=60, deadline=None)
def test_any_model_keeps_mass_and_travel_times(model):
    grid = np.array([0.2, 0.7, 3.0, 10.0, 50.0, 0.0])
    np.testing.assert_allclose(sums(regrid(model, grid, below=None), 63.9), sums(model, 63.9), rtol=1e-10)


def test_layers_inside_one_layer_are_that_layer():
    made = regrid(CRUST)
    np.testing.assert_allclose(made.vs[1:8], 3.2, rtol=1e-14)
    # The layer cut by an interface lies between its two sides, nearer the slow one than a plain mean.
    share = 0.33 / 0.5
    assert made.vs[0] == pytest.approx(1 / (share / 0.9 + (1 - share) / 3.2), rel=1e-12)
    assert made.vs[0] < share * 0.9 + (1 - share) * 3.2


def test_below_the_base_lies_the_mantle_of_ak135_not_the_half_space():
    made = regrid(CRUST)
    base = CRUST.depth_top[-1]
    deep = tops(made.thickness) > base
    _, vs, rho = mantle_profile("ak135").layers(made.thickness)
    np.testing.assert_allclose(made.vs[deep], vs[deep], rtol=1e-12)
    np.testing.assert_allclose(made.rho[deep], rho[deep], rtol=1e-12)
    assert abs(made.vs[-1] - 4.3) > 0.1


def test_a_thin_crust_is_not_laid_on_the_crust_of_ak135():
    thin = EarthModel([8.0, 0], [6.5, 8], [3.7, 4.5], [2.9, 3.3])
    made = regrid(thin)
    assert made.vs[16:].min() > 4.4


def test_a_base_below_the_grid_leaves_no_reference():
    deep = EarthModel([200.0, 0], [8, 8.2], [4.4, 4.6], [3.3, 3.4])
    np.testing.assert_allclose(regrid(deep).vs, 4.4, rtol=1e-12)


def test_regridding_twice_changes_nothing():
    once = regrid(reference("ak135"))
    again = regrid(once, below=None)
    for a, b in zip(once.arrays, again.arrays, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)


@pytest.mark.parametrize("grid", [[0.0, 1.0, 0.0], [-1.0, 0.0], [np.inf, 0.0], [], [[1.0, 0.0]]])
def test_bad_grids_are_refused(grid):
    with pytest.raises(ModelError, match="thickness: a grid"):
        regrid(CRUST, grid)


def test_water_is_refused_in_words():
    with pytest.raises(ModelError, match="water"):
        regrid(EarthModel([3.0, 0], [1.5, 6], [0, 3.5], [1.0, 2.7]))
