import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from surfgrad.audit.profile import METRICS, profile_metrics

THICKNESS = np.array([[1.0, 2.0, 3.0, 0.0]])
MASK = np.ones((1, 4), dtype=bool)
EXACT = np.array([0.3, 0.4, -0.1, 0.2])


def score(learned, exact=EXACT, yardstick=EXACT, thickness=THICKNESS, mask=MASK):
    lift = lambda profile: np.asarray(profile, dtype=float)[None, None, None, :]  # noqa: E731
    metrics = profile_metrics(lift(learned), lift(exact), lift(yardstick), thickness, mask)
    assert set(metrics) == set(METRICS)
    return {name: float(value[0, 0, 0]) for name, value in metrics.items()}


def test_the_exact_kernel_scores_perfectly():
    found = score(EXACT)
    assert found["relative_l2"] == 0
    assert found["cosine"] == pytest.approx(1)
    assert found["amplitude_ratio"] == pytest.approx(1)
    assert found["sign_agreement"] == 1
    assert found["centroid_shift_km"] == 0
    assert found["roughness_ratio"] == 1
    assert found["halfspace_error"] == 0


def test_metrics_by_hand():
    found = score([0.3, 0.0, 0.1, 0.1])
    assert found["relative_l2"] == pytest.approx(np.sqrt((0.16 + 0.04) / 0.26))
    assert found["cosine"] == pytest.approx((0.09 - 0.01) / np.sqrt(0.26 * 0.10))
    assert found["amplitude_ratio"] == pytest.approx(0.08 / 0.26)
    assert found["sign_agreement"] == pytest.approx(0.3 / 0.8)
    exact_centroid = (0.3 * 0.5 + 0.4 * 2.0 + 0.1 * 4.5) / 0.8
    shift = (0.3 * 0.5 + 0.1 * 4.5) / 0.4 - exact_centroid
    assert found["centroid_shift_km"] == pytest.approx(shift)
    assert found["centroid_shift"] == pytest.approx(abs(shift) / exact_centroid)
    assert found["roughness_ratio"] == pytest.approx(np.hypot(0.3, 0.1) / np.hypot(0.1, 0.5))
    assert found["halfspace_error"] == pytest.approx(0.1 / 0.2)


def test_the_half_space_is_apart():
    found = score([0.3, 0.4, -0.1, 9.0])
    assert found["relative_l2"] == 0
    assert found["halfspace_error"] == pytest.approx(44)


def test_a_negligible_half_space_is_measured_against_the_whole():
    exact = np.array([0.5, 0.4, 0.1, 1e-8])
    assert score([0.5, 0.4, 0.1, 0.001], exact)["halfspace_error"] == pytest.approx(0.1, rel=1e-4)


def test_a_zero_kernel_is_measured_against_the_yardstick():
    found = score([0.03, 0.04, 0.0, 0.002], exact=np.zeros(4), yardstick=np.array([0.3, 0.4, 0.0, 0.3]))
    assert found["relative_l2"] == pytest.approx(0.1)
    assert found["halfspace_error"] == pytest.approx(0.002 / 0.01)
    assert np.isnan(found["cosine"])
    assert np.isnan(found["centroid_shift_km"])


def test_nothing_to_compare_with_gives_no_number():
    assert np.isnan(score(EXACT, exact=np.zeros(4), yardstick=np.zeros(4))["relative_l2"])


@pytest.mark.parametrize("side", ["learned", "exact"])
def test_one_nan_in_a_real_layer_leaves_no_number(side):
    broken = np.array([0.3, np.nan, -0.1, 0.2])
    found = score(broken, EXACT) if side == "learned" else score(EXACT, broken)
    for name in ("relative_l2", "cosine", "amplitude_ratio", "sign_agreement", "centroid_shift", "roughness_ratio"):
        assert np.isnan(found[name]), name


def test_padding_does_not_count():
    thickness, mask = np.array([[1.0, 2.0, 3.0, 0.0, 0.0]]), np.array([[True, True, True, False, True]])
    padded = score([0.3, 0.0, 0.1, 77.0, 0.1], [0.3, 0.4, -0.1, np.nan, 0.2], np.ones(5), thickness, mask)
    assert padded == score([0.3, 0.0, 0.1, 0.1])


profiles = arrays(np.float64, 6, elements=st.floats(-1, 1).filter(lambda x: x == 0 or abs(x) > 1e-3))


@given(profiles, profiles, st.floats(0.1, 10))
def test_units_do_not_matter_and_bounds_hold(learned, exact, unit):
    thickness, mask = np.array([[0.5, 1.0, 1.5, 2.0, 2.5, 0.0]]), np.ones((1, 6), dtype=bool)
    one = score(learned, exact, exact, thickness, mask)
    other = score(unit * learned, unit * exact, unit * exact, thickness, mask)
    for name, value in one.items():
        assert other[name] == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True), name
    if not np.isnan(one["relative_l2"]):
        assert one["relative_l2"] >= 0
        assert 0 <= one["sign_agreement"] <= 1 + 1e-12
    if not np.isnan(one["cosine"]):
        assert abs(one["cosine"]) <= 1 + 1e-12
        # |K^ - K|^2 / |K|^2 = 1 - 2 a + (a / cos)^2 with a the amplitude ratio: three metrics, one geometry
        a = one["amplitude_ratio"]
        if abs(one["cosine"]) > 1e-6:
            assert one["relative_l2"] ** 2 == pytest.approx(1 - 2 * a + (a / one["cosine"]) ** 2, rel=1e-6, abs=1e-6)
