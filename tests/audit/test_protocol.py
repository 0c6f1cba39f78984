import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.protocol import paper_metrics, published_metrics, smooth
from surfgrad.earth.priors.base import draw_many
from surfgrad.waves.forward import ExactForward

from .ground import KERNELS_ALONE


def even(layers=40, step=0.5):
    return np.append(np.full(layers - 1, step), 0.0)[None, :]


def test_smoothing_keeps_a_straight_line_inside_and_shrinks_at_the_ends():
    line = np.arange(20.0)
    smoothed = smooth(line)
    assert smoothed[4:-4] == pytest.approx(line[4:-4])
    assert smoothed[0] == pytest.approx(line[:5].mean())
    assert smoothed[-1] == pytest.approx(line[-5:].mean())


def test_amplitude_and_fine_noise_are_invisible_but_shape_is_not():
    depth = np.arange(40.0)
    exact = np.exp(-depth / 8)[None, None, None, :]
    noisy = 3 * exact * (1 + 0.5 * (-1.0) ** depth)
    assert paper_metrics(noisy, exact, even())["paper_cosine"][0, 0, 0] > 0.99
    wrong = np.roll(exact, 12, axis=-1)
    found = paper_metrics(wrong, exact, even())
    assert found["paper_cosine"][0, 0, 0] < 0.9
    assert found["paper_rmse"][0, 0, 0] > found["paper_mae"][0, 0, 0] > 0


def test_layers_below_110_km_are_not_looked_at():
    exact = np.exp(-np.arange(60.0) / 10)[None, None, None, :]
    deep = exact.copy()
    deep[..., 55:] = 5.0
    assert paper_metrics(deep, exact, even(60, 2.0))["paper_cosine"][0, 0, 0] == pytest.approx(1)
    deep[..., 54] = 5.0
    assert paper_metrics(deep, exact, even(60, 2.0))["paper_cosine"][0, 0, 0] < 0.9


def test_uneven_layers_and_too_few_are_no_case_for_it():
    exact = np.ones((1, 1, 1, 40))
    thickness = even()
    thickness[0, 3] = 0.7
    assert np.isnan(paper_metrics(exact, exact, thickness)["paper_cosine"]).all()
    assert np.isnan(paper_metrics(exact[..., :9], exact[..., :9], even(9))["paper_cosine"]).all()


def published(learned, exact, vs, c=3.5):
    velocity = np.full((1, 1, 1), c)
    return {
        name: each[0, 0, 0] for name, each in published_metrics(learned, velocity, exact, velocity, vs, even()).items()
    }


EXACT = np.exp(-np.arange(40.0) / 8)[None, None, None, :]


def test_as_published_two_quantities_differ_by_the_velocity_profile_alone():
    flat, rising = np.full((1, 40), 3.7), np.linspace(2.5, 4.5, 40)[None]
    assert published(EXACT, EXACT, flat)["paper_ceiling"] == pytest.approx(1.0)
    found = published(EXACT, EXACT, rising)
    a, b = smooth((EXACT * rising)[0, 0, 0, :39]), smooth(EXACT[0, 0, 0, :39])
    assert found["paper_ceiling"] == pytest.approx(a @ b / np.sqrt((a @ a) * (b @ b)))
    assert found["paper_published"] == found["paper_ceiling"] < 0.999
    assert published(EXACT, EXACT, rising, 2.0) == pytest.approx(found), "the velocity itself cancels"


def test_a_wrong_kernel_can_score_above_the_ceiling_of_the_right_one():
    rising = np.linspace(2.5, 4.5, 40)[None]
    found = published(EXACT / rising[:, None, None, :], EXACT, rising)
    assert found["paper_published"] == pytest.approx(1.0)
    assert found["paper_published"] > found["paper_ceiling"]


def test_the_engine_itself_falls_short_of_one_by_the_published_comparison():
    models = draw_many("weak", 3, 2)
    record = surfgrad.audit(ExactForward(threads=1), models, [15.0, 25.0, 40.0], options=KERNELS_ALONE)
    for row in record.rows:
        if row["parameter"] == "vs" and row["n"]:
            assert row["paper_cosine"] == pytest.approx(1.0)
            assert 0.9 < row["paper_ceiling"] == row["paper_published"] < 0.9999
