"""Reference Earths against numbers printed elsewhere."""

from pathlib import Path

import numpy as np
import pytest

from surfgrad.earth.formats.model96 import read_model96
from surfgrad.earth.model import EarthModel
from surfgrad.earth.reference import NAMES, mantle_profile, reference, reference_profile
from surfgrad.errors import ModelError, UsageError

SPHAVG = Path(__file__).resolve().parents[3] / "shared" / "data" / "cps" / "models" / "sphavg.mod"

PREM_TABLE = [  # depth, vp, vs, rho, side: tabulated values of the isotropic model
    (24.4, 8.11061, 4.49094, 3.38076, +1),
    (40.0, 8.10119, 4.48486, 3.37906, +1),
    (80.0, 8.07688, 4.46953, 3.37471, +1),
    (150.0, 8.03370, 4.44361, 3.36710, +1),
    (220.0, 7.98970, 4.41885, 3.35950, -1),
    (220.0, 8.55896, 4.64391, 3.43578, +1),
    (310.0, 8.73209, 4.70690, 3.48951, +1),
    (400.0, 8.90522, 4.76989, 3.54325, -1),
    (400.0, 9.13397, 4.93259, 3.72378, +1),
    (500.0, 9.64588, 5.22428, 3.84980, +1),
    (635.0, 10.21203, 5.54311, 3.98399, +1),
    (670.0, 10.26622, 5.57020, 3.99214, -1),
    (670.0, 10.75131, 5.94508, 4.38071, +1),
]


@pytest.mark.parametrize(("depth", "vp", "vs", "rho", "side"), PREM_TABLE)
def test_prem_polynomials_meet_the_table(depth, vp, vs, rho, side):
    values = np.array(reference_profile("prem").values(np.array([depth]), side))[:, 0]
    # In the lid the tables average the anisotropic lines; the isotropic ones differ from that in the fourth digit.
    np.testing.assert_allclose(values, [vp, vs, rho], atol=1.5e-3 if depth < 220 else 2e-4)


def test_prem_has_no_water():
    values = np.array(reference_profile("prem").values(np.array([0.0]), +1))[:, 0]
    np.testing.assert_array_equal(values, [5.8, 3.2, 2.6])


@pytest.mark.parametrize("name", NAMES)
def test_layers_keep_the_profile(name):
    model, profile = reference(name), reference_profile(name)
    assert model.name == name
    assert model.thickness[:-1].min() > 1
    fine = np.append(np.full(6600, 0.1), 0.0)
    vp, vs, rho = profile.layers(fine)
    below = model.depth_top < 660.0
    for values, layers, power in ((vp, model.vp, -1), (vs, model.vs, -1), (rho, model.rho, 1)):
        whole = (values[:-1] ** power).sum() * 0.1
        parts = np.minimum(np.append(model.depth, np.inf), 660.0) - model.depth_top
        # PREM's last layer ends at 670 km: its part above 660 km counts with its mean.
        np.testing.assert_allclose((layers**power * parts)[below].sum(), whole, rtol=2e-4)


def test_chosen_interfaces():
    model = reference("ak135", [20.0, 35.0, 120.0])
    np.testing.assert_array_equal(model.thickness, [20, 15, 85, 0])
    np.testing.assert_allclose(model.vs[[0, 1, 3]], [3.46, 3.85, 4.5], rtol=1e-12)
    assert 4.48 < model.vs[2] < 4.5


@pytest.mark.parametrize("interfaces", [[20.0, 20.0], [-1.0, 20.0], [0.0, 5.0], [np.nan], [[1.0, 2.0]]])
def test_bad_interfaces_are_refused(interfaces):
    with pytest.raises(ModelError, match="interfaces"):
        reference("ak135", interfaces)


@pytest.mark.parametrize("name", NAMES)
def test_mantle_reaches_the_surface_unchanged_below_the_moho(name):
    mantle, whole = mantle_profile(name), reference_profile(name)
    deep = np.array([36.0, 100.0, 400.0])
    np.testing.assert_array_equal(mantle.values(deep, 1), whole.values(deep, 1))
    assert mantle.values(np.array([0.0, 10.0]), 1)[1].min() > 4.4


@pytest.mark.parametrize("name", ["iasp91", "", None, 3])
def test_unknown_reference_is_refused(name):
    with pytest.raises(UsageError, match="ak135, prem are allowed"):
        reference(name)


def test_earth_model_names_its_reference():
    assert EarthModel.reference("prem") == reference("prem")


@pytest.mark.skipif(not SPHAVG.is_file(), reason=f"no model file at {SPHAVG}")
def test_ak135_from_80_to_120_km_is_that_of_a_file_of_layers():
    # The file is the oceanic version, so that higher up, and in density, it is another Earth; its last row is a layer.
    record = read_model96(SPHAVG)
    assert record.thickness.sum() == pytest.approx(80.0)
    vp, vs, _ = reference_profile("ak135").layers([43.0, 37.0, 40.0, 0.0])
    assert record.vp[-1] == pytest.approx(vp[2], abs=3e-4)
    assert record.vs[-1] == pytest.approx(vs[2], abs=3e-4)
    assert record.vp[-3] != pytest.approx(vp[0], abs=3e-4)
