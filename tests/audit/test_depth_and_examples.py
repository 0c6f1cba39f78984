import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.examples import choose
from surfgrad.audit.options import Options
from surfgrad.testing.liars import Liar

from .toy import Toy, even_models

PERIODS = np.arange(2.0, 61.0, 2.0)


def wrong_in_layer_seven(kernels, models, periods):
    from dataclasses import replace

    vs = kernels.vs.copy()
    vs[..., 7] += 0.01
    return replace(kernels, vs=vs)


@pytest.fixture(scope="module")
def record():
    liar = Liar(Toy(), "wrong in layer 7", wrong_in_layer_seven)
    options = Options(examples=4, depth_models=5)
    return surfgrad.audit(liar, even_models(), PERIODS, reference=Toy(), options=options)


def test_error_by_depth_points_at_the_layer(record):
    depth = record.depth
    vs, layers = depth.error[:, 0], np.arange(60) != 7
    assert (vs[..., layers] == 0).all()
    assert vs[..., 7] == pytest.approx(0.01 / depth.scale[:, 0])
    assert depth.signal[:, 0, :, :-1].max(axis=-1) == pytest.approx(1)
    assert (depth.count[:, 0] == 5 * np.array([2, 2, 5, 5, 8, 8])).all()


def test_love_vp_is_drawn_on_the_scale_of_vs(record):
    assert record.depth.scale[1, 1] == pytest.approx(record.depth.scale[1, 0])
    assert (record.depth.signal[1, 1] == 0).all()


def test_examples_hold_both_kernels_from_best_to_worst(record):
    examples = record.examples
    assert examples.quantile == pytest.approx([0, 4 / 11, 7 / 11, 1])
    assert examples.periods.tolist() == [4, 8, 14, 24, 36, 52]
    exact = Toy().jacobian(even_models(), PERIODS)
    chosen = np.searchsorted(PERIODS, examples.periods)
    np.testing.assert_allclose(examples.exact_kernel[:, :, 0], exact.vs[examples.index][:, :, chosen])
    difference = examples.kernel[:, :, 0] - examples.exact_kernel[:, :, 0]
    assert difference[..., 7] == pytest.approx(0.01)
    scores = np.median(examples.relative_l2[:, :, 0].reshape(4, -1), axis=1)
    assert scores[0] < scores[-1]


def test_choice_is_by_rank_and_leaves_out_what_was_not_judged():
    scores = np.full((5, 1, 3, 2), np.nan)
    scores[[0, 2, 4], 0, 0] = np.array([3.0, 1.0, 2.0])[:, None]
    index, quantile = choose(scores, 3)
    assert index.tolist() == [2, 4, 0]
    assert quantile.tolist() == [0, 0.5, 1]
    assert choose(scores, 9)[0].tolist() == [2, 4, 0]
    assert choose(np.full((5, 1, 3, 2), np.nan), 3)[0].size == 0
