"""Spectra of whitened Jacobians: diagonal and rotated cases in closed form, the information by a determinant."""

import numpy as np
import pytest

from surfgrad.audit.spectrum import RANKS, compare_spectra, information

DIAGONAL = np.diag([100.0, 10.0, 2.0, 0.5])


def compared(learned, exact=DIAGONAL):
    found = compare_spectra(learned[None, None], exact[None, None])
    return {name: each[0, 0] for name, each in found.items()}


def test_a_scaled_jacobian_has_the_right_directions_and_the_wrong_size():
    found = compared(1.3 * DIAGONAL)
    np.testing.assert_allclose(found["singular"][:4], [100.0, 10.0, 2.0, 0.5])
    np.testing.assert_allclose(found["learned_singular"][:4], [130.0, 13.0, 2.6, 0.65])
    np.testing.assert_allclose(found["spectral_cosine"][:3], 1.0)
    np.testing.assert_allclose(found["spectral_amplitude"][:3], 1.3)
    assert found["subspace_distance"] == pytest.approx(0.0, abs=1e-12)


def test_below_the_noise_nothing_is_asked():
    found = compared(DIAGONAL + np.diag([0.0, 0.0, 0.0, 7.0]))
    assert np.isnan(found["spectral_cosine"][3:]).all()
    assert np.isfinite(found["spectral_cosine"][:3]).all()
    assert found["spectral_cosine"].shape == (RANKS,)
    silent = compared(0.005 * DIAGONAL, 0.005 * DIAGONAL)
    assert np.isnan(silent["information_ratio"])
    assert np.isnan(silent["subspace_distance"])


def test_a_rotation_is_found_with_its_angle():
    angle = np.radians(25.0)
    turn = np.eye(4)
    turn[np.ix_([2, 3], [2, 3])] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    found = compared(DIAGONAL @ turn.T, DIAGONAL)
    # v_3 turns out of what the data tell, v_4 below the noise turns in: one angle of three
    assert found["subspace_angle"] == pytest.approx(25.0)
    assert found["subspace_distance"] == pytest.approx(np.sin(angle) / np.sqrt(3))
    first = np.array([2 * np.cos(angle), 0.5 * np.sin(angle)])  # what the turned matrix makes of v_3
    assert found["spectral_cosine"][2] == pytest.approx(first[0] / np.hypot(*first))
    assert found["spectral_amplitude"][2] == pytest.approx(np.cos(angle))


def test_a_rotation_of_the_data_alone_keeps_the_subspace_and_the_information():
    turn = np.linalg.qr(np.random.default_rng(0).standard_normal((4, 4)))[0]
    found = compared(turn @ DIAGONAL)
    assert found["subspace_distance"] == pytest.approx(0.0, abs=1e-9)
    assert found["information_ratio"] == pytest.approx(1.0)
    assert found["spectral_cosine"][0] == pytest.approx(turn[0, 0])


def test_the_information_by_the_determinant_of_the_posterior():
    matrix = np.random.default_rng(1).standard_normal((9, 5))
    determinant = np.linalg.slogdet(np.eye(5) + matrix.T @ matrix)[1]
    assert information(np.linalg.svd(matrix, compute_uv=False)) == pytest.approx(0.5 * determinant)


def test_rows_that_were_not_judged_count_for_nothing_and_nan_is_no_answer():
    rows = np.vstack([DIAGONAL, np.zeros((3, 4))])
    assert compared(rows, rows)["information"] == pytest.approx(compared(DIAGONAL)["information"])
    broken = DIAGONAL.copy()
    broken[1, 1] = np.nan
    assert np.isnan(compared(broken)["information"])
    assert np.isnan(compared(0 * DIAGONAL, 0 * DIAGONAL)["spectral_cosine"]).all()
    assert compared(0 * DIAGONAL)["spectral_cosine"][0] == 0.0, "a derivative of zero points nowhere"
