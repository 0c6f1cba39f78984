"""What tuning learns: windows, shape, step size."""

import numpy as np
import pytest

from surfgrad.inversion.mass import shape_of, window_ends
from surfgrad.inversion.step_size import StepSize


def test_windows_are_not_shorter_than_ten_and_leave_time_to_settle():
    assert window_ends(500) == [75, 175, 300, 425]
    assert window_ends(40) == [14, 24]
    assert window_ends(15) == window_ends(0) == []


def test_the_shape_is_the_covariance_of_many_draws_and_the_spread_of_few():
    rng = np.random.default_rng(0)
    covariance = np.array([[1.0, 0.9], [0.9, 4.0]])
    draws = rng.standard_normal((20000, 2)) @ np.linalg.cholesky(covariance).T
    root = shape_of(draws)
    np.testing.assert_allclose(root @ root.T, covariance, rtol=0.05)
    few = shape_of(np.repeat(draws[:2], 6, axis=0))
    assert abs(few[1, 0] / np.sqrt((few @ few.T)[1, 1])) < 0.7  # two places lie on a line: not believed
    assert shape_of(draws[:9]) is None
    assert shape_of(np.ones((20, 2))) is None


@pytest.mark.parametrize("wanted", [0.6, 0.9])
def test_the_step_size_reaches_the_wanted_acceptance(wanted):
    step, rng = StepSize(1.0, wanted), np.random.default_rng(0)
    for _ in range(600):
        step.learn(float(np.clip(np.exp(-3.0 * step.now) + 0.1 * rng.standard_normal(), 0, 1)))
    assert np.exp(-3.0 * step.settled) == pytest.approx(wanted, abs=0.05)
