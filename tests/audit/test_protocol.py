import numpy as np
import pytest

from surfgrad.audit.protocol import paper_metrics, smooth


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
