"""Regions of LITHO1.0: disjoint, as their rules say, on the priors' grid."""

import numpy as np
import pytest
from tests.earth.test_litho1 import real

from surfgrad.earth.grid import DEFAULT_GRID
from surfgrad.earth.litho1 import load_litho1
from surfgrad.earth.litho1_regions import RULES, in_region, region_columns
from surfgrad.earth.stack import stack_models
from surfgrad.earth.validate import invalid_models
from surfgrad.errors import UsageError


@real
def test_a_column_belongs_to_at_most_one_region_and_every_region_has_many() -> None:
    data = load_litho1()
    regions = np.array([in_region(data, name) for name in RULES])
    assert (regions.sum(axis=0) <= 1).all()
    assert (regions.sum(axis=1) > 500).all()


@real
@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("craton", (65.0, 18.0), (33.0, 88.0)),  # Baltic shield; Tibet
        ("orogen", (33.0, 88.0), (65.0, 18.0)),
        ("basin", (50.0, 46.0), (33.0, 88.0)),  # north of the Caspian Sea; Tibet
        ("ocean", (0.0, -140.0), (50.0, 46.0)),  # Pacific
    ],
)
def test_places_that_everybody_knows(name: str, inside: tuple[float, float], outside: tuple[float, float]) -> None:
    data = load_litho1()
    mask = in_region(data, name)
    distance = [np.hypot(data.latitude - at[0], data.longitude - at[1]) for at in (inside, outside)]
    assert mask[distance[0].argmin()]
    assert not mask[distance[1].argmin()]


@real
@pytest.mark.parametrize("name", RULES)
def test_columns_stand_on_the_grid_and_an_ocean_keeps_its_water(name: str) -> None:
    models = stack_models(region_columns(name, 3, 7))
    wet = int(name == "ocean")
    assert not invalid_models(*models.arrays).any()
    assert np.array_equal(models.thickness[:, wet:], np.tile(DEFAULT_GRID, (3, 1)))
    assert (models.vs[:, :wet] == 0.0).all()
    assert (models.vs[:, wet:] > 0.0).all()
    assert (models.thickness[:, :wet] >= 2.0).all()


@real
def test_an_unknown_region_is_named() -> None:
    with pytest.raises(UsageError, match="region: 'moon' given; craton, orogen, basin, ocean are allowed"):
        region_columns("moon", 1, 0)
