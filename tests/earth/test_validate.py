"""Validation: accepts what is physical, and names the first bad entry of what is not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surfgrad.earth.validate import check_model, check_periods, invalid_models
from surfgrad.errors import ModelError

GOOD = {"thickness": [1.0, 2.0, 0.0], "vp": [3.0, 5.0, 8.0], "vs": [1.5, 2.9, 4.5], "rho": [2.0, 2.6, 3.3]}


def changed(field, index, value):
    model = {name: list(values) for name, values in GOOD.items()}
    model[field][index] = value
    return model


def test_good_model_is_returned_as_contiguous_float64():
    arrays = check_model(**GOOD)
    assert all(a.dtype == np.float64 and a.flags.c_contiguous and a.shape == (3,) for a in arrays)
    np.testing.assert_array_equal(arrays[2], GOOD["vs"])


def test_broadcasts_over_leading_axes():
    vs = np.array([[1.5, 2.9, 4.5], [1.4, 2.8, 4.4]])[:, None]
    arrays = check_model(GOOD["thickness"], GOOD["vp"], vs, GOOD["rho"])
    assert {a.shape for a in arrays} == {(2, 1, 3)}
    assert arrays[0].flags.writeable


@pytest.mark.parametrize("last", [0.0, np.inf, 17.0])
def test_thickness_of_half_space_is_ignored(last):
    assert check_model(**changed("thickness", 2, last))[0][-1] == 0.0


@pytest.mark.parametrize(
    ("field", "index", "value", "words"),
    [
        ("thickness", 0, -1.0, r"thickness\[0\]: -1 km given; finite"),
        ("thickness", 1, np.inf, r"thickness\[1\]: inf km"),
        ("thickness", 2, np.nan, r"thickness\[2\]: nan km"),
        ("vp", 1, 0.0, r"vp\[1\]: 0 km/s given"),
        ("vs", 1, -0.1, r"vs\[1\]: -0.1 km/s given"),
        ("vs", 2, np.nan, r"vs\[2\]: nan"),
        ("rho", 0, 0.0, r"rho\[0\]: 0 g/cm3 given"),
        ("rho", 0, np.inf, r"rho\[0\]: inf"),
        ("vs", 2, 0.0, r"vs\[2\]: 0 km/s given; the half-space must be solid"),
        ("vs", 1, 0.0, r"vs\[1\]: 0 km/s given; .*top layers only"),
        ("vp", 1, 3.3, r"vp\[1\]: 3.3 km/s given beside vs = 2.9 km/s; .*bulk modulus"),
    ],
)
def test_bad_entry_is_named(field, index, value, words):
    model = changed(field, index, value)
    with pytest.raises(ModelError, match=words) as caught:
        check_model(**model)
    assert "\n" not in str(caught.value)
    assert invalid_models(**model).tolist() == [True]


def test_bulk_modulus_bound_is_sharp():
    vs = 3.0
    edge = vs * np.sqrt(4 / 3)
    check_model([0.0], [edge * (1 + 1e-9)], [vs], [3.0])
    with pytest.raises(ModelError, match="bulk"):
        check_model([0.0], [edge * (1 - 1e-9)], [vs], [3.0])


def test_water_on_top_is_allowed():
    check_model([1, 1, 1, 0], [1.5, 1.5, 5, 8], [0, 0, 3, 4.5], [1, 1, 2.6, 3.3])


def test_index_of_a_batch_entry_is_given_in_full():
    vs = np.tile(GOOD["vs"], (4, 1))
    vs[2, 1] = np.nan
    with pytest.raises(ModelError, match=r"vs\[2, 1\]: nan"):
        check_model(GOOD["thickness"], GOOD["vp"], vs, GOOD["rho"])


def test_invalid_models_marks_only_the_bad_ones():
    vs = np.tile(GOOD["vs"], (4, 1))
    vs[2, 1] = np.nan
    assert invalid_models(GOOD["thickness"], GOOD["vp"], vs, GOOD["rho"]).tolist() == [False, False, True, False]


@pytest.mark.parametrize("thickness", ["soft", None, [[1], [1, 2]], [1j, 0, 0], [True, False, True]])
def test_non_numbers_are_refused(thickness):
    with pytest.raises(ModelError, match=r"thickness: .* given; real numbers"):
        check_model(**{**GOOD, "thickness": thickness})


@pytest.mark.parametrize("thickness", [[1.0, 0.0], np.zeros((2, 4))])
def test_shapes_that_do_not_match_are_refused(thickness):
    with pytest.raises(ModelError, match="one shape"):
        check_model(**{**GOOD, "thickness": thickness})


def test_empty_model_is_refused():
    with pytest.raises(ModelError, match="at least one layer"):
        check_model([], [], [], [])
    with pytest.raises(ModelError, match="at least one layer"):
        check_model(1.0, 5.0, 3.0, 2.7)


def test_caller_arrays_are_left_alone():
    thickness = np.array([1.0, 2.0, 9.0])
    check_model(thickness, GOOD["vp"], GOOD["vs"], GOOD["rho"])
    assert thickness[-1] == 9.0


def test_periods_keep_order_and_duplicates():
    np.testing.assert_array_equal(check_periods([5, 2, 5]), [5.0, 2.0, 5.0])
    assert check_periods(3).shape == (1,)


@pytest.mark.parametrize("periods", [[0.0], [1.0, -2.0], [np.nan], [np.inf], [], [[1.0, 2.0]], "ten", [None]])
def test_bad_periods_are_refused(periods):
    with pytest.raises(ModelError, match="periods"):
        check_periods(periods)


def physical(h, vp, vs, rho):
    """The rules again, layer by layer, in plain Python."""
    finite = all(map(np.isfinite, (*h[:-1], *vp, *vs, *rho)))
    positive = all(x >= 0 for x in (*h, *vs)) and all(x > 0 for x in (*vp, *rho))
    if not (finite and positive and vs[-1] > 0):
        return False
    solid = [x > 0 for x in vs]
    return solid == sorted(solid) and all(3 * p**2 > 4 * s**2 for p, s in zip(vp, vs, strict=True))


_VALUES = st.sampled_from([0.0, -1.0, 1.0, 2.0, 3.0, 5.0, 8.0, np.nan, np.inf])
_MOSTLY_GOOD = st.sampled_from([1.0, 2.0, 3.0]) | _VALUES


@given(
    st.lists(
        st.tuples(_MOSTLY_GOOD, _MOSTLY_GOOD.map(lambda x: 2 * x), _MOSTLY_GOOD, _MOSTLY_GOOD), min_size=1, max_size=4
    )
)
@settings(max_examples=300, deadline=None)
def test_every_route_agrees_on_what_is_valid(layers):
    columns = [list(column) for column in zip(*layers, strict=True)]
    expected = physical(*columns)
    assert invalid_models(*columns).tolist() == [not expected]
    if expected:
        assert check_model(*columns)[0].shape == (len(layers),)
    else:
        with pytest.raises(ModelError, match=r"^(thickness|vp|vs|rho)\[\d\]: .* given.*; .* allowed"):
            check_model(*columns)
