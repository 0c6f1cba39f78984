"""pysurf96's function on the exact engine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.pysurf96 import surf96

# The model of pysurf96's README: its half-space is slower than two of its layers.
THICKNESS = np.array([5.0, 23.0, 8.0, 0.0])
VS = np.array([2.0, 3.6, 3.8, 3.3])
README = (THICKNESS, 1.73 * VS, VS, 0.32 * 1.73 * VS + 0.77)
CRUST = (np.array([10.0, 15.0, 20.0, 0.0]), 1.75 * (vs := np.array([3.4, 3.6, 4.2, 4.5])), vs, 2.6 + 0.1 * vs)
PERIODS = np.linspace(1.0, 20.0, 20)


# pysurf96 hands its compiled code buffers that were never filled.
pytestmark = pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")


@pytest.fixture(scope="module")
def theirs() -> Callable[..., np.ndarray]:
    return pytest.importorskip("pysurf96", reason="pysurf96 is not installed (extra `peers`)").surf96


def test_defaults_are_pysurf96s_love_group_fundamental_on_a_flat_earth() -> None:
    np.testing.assert_array_equal(surf96(*CRUST, PERIODS), sg.group_velocity(*CRUST, PERIODS, wave="love", mode=0))
    sphere = sg.phase_velocity(*CRUST, PERIODS, wave="rayleigh", mode=1, earth="spherical")
    np.testing.assert_array_equal(surf96(*CRUST, PERIODS, "rayleigh", 2, "phase", False), sphere)


def test_unsolved_is_nan_unless_zero_is_asked_for() -> None:
    values = surf96(*CRUST, PERIODS, wave="rayleigh", mode=3)
    assert np.isnan(values).any()
    assert np.isfinite(values).any()
    zeros = surf96(*CRUST, PERIODS, wave="rayleigh", mode=3, unsolved="zero")
    np.testing.assert_array_equal(zeros, np.where(np.isnan(values), 0.0, values))


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"mode": 0}, "mode: 0 given; allowed are integers from 1"),
    ({"mode": 1.0}, "mode: 1.0 given; allowed are integers from 1"),
    ({"wave": "rg"}, "wave: 'rg' given; allowed are rayleigh, love"),
    ({"velocity": "c"}, "velocity: 'c' given; allowed are group, phase"),
    ({"unsolved": "raise"}, "unsolved: 'raise' given; allowed are nan, zero"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_bad_options_are_refused_in_one_line(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=f"^{words}"):
        surf96(*CRUST, PERIODS, **options)


def test_bad_models_are_refused_in_one_line() -> None:
    with pytest.raises(ModelError, match=r"^model: shapes thickness \(3,\)"):
        surf96(CRUST[0][:3], *CRUST[1:], PERIODS)


@pytest.mark.peers
@pytest.mark.parametrize("flat_earth", [True, False])
@pytest.mark.parametrize(("velocity", "tolerance"), [("phase", 2e-6), ("group", 5e-4)])
@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("mode", [1, 2])
def test_numbers_are_pysurf96s(
    theirs: Callable[..., np.ndarray], wave: str, mode: int, velocity: str, tolerance: float, flat_earth: bool
) -> None:
    """To its accuracy; on the sphere, to what two ways of flattening a layer of 20 km differ by."""
    mine, other = (
        function(*CRUST, PERIODS, wave=wave, mode=mode, velocity=velocity, flat_earth=flat_earth)
        for function in (surf96, theirs)
    )
    solved = np.isfinite(mine)
    assert solved.sum() >= 7
    allowed = tolerance if flat_earth else 3e-4 + tolerance
    np.testing.assert_allclose(mine[solved], other[solved], rtol=allowed)
    wrong_mode = surf96(*CRUST, PERIODS, wave=wave, mode=mode + 1, velocity=velocity, flat_earth=flat_earth)
    both = np.isfinite(wrong_mode)
    assert not np.allclose(wrong_mode[both], other[both], rtol=10 * allowed)


@pytest.mark.peers
def test_values_of_pysurf96_that_no_trapped_mode_has_are_faster_than_the_half_space(
    theirs: Callable[..., np.ndarray],
) -> None:
    mine = surf96(*README, PERIODS, velocity="phase")
    other = theirs(*README, PERIODS, velocity="phase")
    np.testing.assert_array_equal(np.isnan(mine), other > VS[-1])
    assert np.isnan(mine).sum() == 7
    np.testing.assert_allclose(mine[:13], other[:13], rtol=2e-6)
