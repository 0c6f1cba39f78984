"""Taylor's test: a quadratic in closed form, and the engine against wrong slopes of its own."""

import numpy as np
import pytest

from surfgrad.audit.directions import ROUGH, SMOOTH, along, direction
from surfgrad.audit.taylor import CENTRAL, STEPS, taylor_test
from surfgrad.audit.taylor_run import run_taylor
from surfgrad.audit.whitenings import Whitenings
from surfgrad.inversion.whitening import SD_VS, stated_whitening
from surfgrad.testing.liars import scaled_kernel, wrong_slope
from surfgrad.waves.forward import ExactForward

from .test_exact import crust

SLOPE = np.array([[[1.0, 2.0, -1.0], [0.5, 0.0, 1.0]]])
BEND = np.array([[[0.3, 0.1, 0.2], [1.0, -1.0, 0.0]]])
ERROR = np.array([[[0.2, -0.1, 0.4], [0.0, 0.3, 0.1]]])


def quadratic(step):
    return 3.0 + step * SLOPE + step**2 * BEND


def judged(claimed):
    stepped = np.stack([quadratic(step) for step in STEPS], axis=2)
    return taylor_test(quadratic(0.0), stepped, quadratic(CENTRAL), quadratic(-CENTRAL), claimed)


def norm(values):
    return np.linalg.norm(values, axis=-1)


def test_the_right_slope_leaves_the_square_of_the_step():
    found = judged(SLOPE)
    np.testing.assert_allclose(found.slope, 2.0, atol=1e-9)
    np.testing.assert_allclose(found.error, 0.0, atol=1e-9)
    np.testing.assert_allclose(found.remainder[0, :, -1], norm(BEND)[0] * 0.01 / norm(SLOPE)[0])


def test_a_wrong_slope_leaves_the_step_itself_and_says_how_far_it_reaches():
    found = judged(SLOPE + ERROR)
    np.testing.assert_allclose(found.error, norm(ERROR) / norm(SLOPE))
    first, last = (norm(step * ERROR - step**2 * BEND) for step in (1e-2, 1e-1))
    np.testing.assert_allclose(found.slope, np.log(last / first) / np.log(10.0), rtol=1e-9)
    assert (found.slope < 1.5).all()
    np.testing.assert_allclose(found.reach, norm(ERROR) / norm(BEND), rtol=1e-6)
    np.testing.assert_allclose(found.floor, judged(SLOPE).remainder, rtol=1e-6, atol=1e-12)


def test_a_period_without_a_value_is_left_out_and_a_wave_without_any_is_nan():
    lost = SLOPE + ERROR
    lost[0, 0, 1] = lost[0, 1] = np.nan
    found = judged(lost)
    kept = [0, 2]
    assert found.error[0, 0] == pytest.approx(norm(ERROR[0, 0, kept]) / norm(SLOPE[0, 0, kept]))
    assert np.isnan(found.error[0, 1])


def test_directions_have_the_stated_size_and_rough_ones_differ_from_layer_to_layer():
    whitening, rng = stated_whitening(np.append(np.full(39, 1.0), 0.0), 2.0), np.random.default_rng(0)
    for kind in (SMOOTH, ROUGH):
        drawn = np.stack([direction(whitening, 40, kind, rng) for _ in range(400)])
        assert drawn[:, 1].std() == pytest.approx(1.0, abs=0.06)
        assert (drawn[:, 0] - drawn[:, 1]).std() == pytest.approx(0.3, abs=0.03)
        neighbours = np.corrcoef(drawn[:, 1, 20], drawn[:, 1, 21])[0, 1]
        assert (neighbours > 0.9) == (kind == SMOOTH)
    assert SD_VS == 0.1


def test_a_step_moves_the_logarithms():
    models = tuple(each[:2] for each in crust())
    v = np.random.default_rng(0).standard_normal((2, 3, 10))
    moved = along(models, v, 0.01)
    np.testing.assert_array_equal(moved[0], models[0])
    for row in range(3):
        np.testing.assert_allclose(np.log(moved[1 + row] / models[1 + row]), 0.01 * v[:, row], atol=1e-12)


@pytest.fixture(scope="module")
def on_engine():
    models, periods, engine = tuple(each[:3] for each in crust()), np.array([4.0, 10.0, 25.0]), ExactForward(threads=1)

    def run(forward):
        whitenings = Whitenings("stated", None, models, periods)
        return run_taylor(forward, engine, models, periods, whitenings, 2, np.random.default_rng(0))

    return {
        name: run(each)
        for name, each in (
            ("exact", engine),
            ("wrong", wrong_slope(engine, 1.0)),
            ("scaled", scaled_kernel(engine, 1.3)),
        )
    }


def test_the_engines_slope_is_two_and_its_error_nothing(on_engine):
    scores, curves = on_engine["exact"]
    assert np.nanmax(scores["taylor_error"]) < 1e-5
    assert np.nanmedian(scores["taylor_slope"]) == pytest.approx(2.0, abs=0.1)
    np.testing.assert_allclose(curves["taylor_remainder"], curves["taylor_floor"], rtol=0.05)


def test_a_scaled_kernel_errs_by_what_it_is_scaled(on_engine):
    scores, curves = on_engine["scaled"]
    np.testing.assert_allclose(scores["taylor_error"], 0.3, atol=1e-4)
    shorter = curves["taylor_remainder"][:, 0] / STEPS[0]
    np.testing.assert_allclose(shorter, 0.3, rtol=0.02)


def test_a_wrong_slope_is_seen_along_rough_directions(on_engine):
    scores, _ = on_engine["wrong"]
    rough = scores["taylor_slope"][:, :, 1]
    assert np.nanmedian(rough) < 1.5
    assert np.nanmedian(scores["taylor_error"][:, :, 1]) > 0.3
