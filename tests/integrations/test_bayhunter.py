"""The forward plug-in for BayHunter, in the shape that its documentation and its template ask for."""

from typing import Any

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.bayhunter import REFERENCES, DispersionPlugin

# The model and the periods of BayHunter's tutorial.
THICKNESS, VS = np.array([5.0, 23.0, 8.0, 0.0]), np.array([2.7, 3.6, 3.8, 4.4])
MODEL = (THICKNESS, 1.73 * VS, VS, 0.32 * 1.73 * VS + 0.77)
PERIODS = np.linspace(1.0, 41.0, 21)


@pytest.mark.parametrize("ref", REFERENCES)
def test_each_reference_is_its_wave_and_velocity(ref: str) -> None:
    wave, velocity = {"r": "rayleigh", "l": "love"}[ref[0]], {"ph": "phase", "gr": "group"}[ref[-2:]]
    solve = sg.phase_velocity if velocity == "phase" else sg.group_velocity
    x, y = DispersionPlugin(PERIODS, ref).run_model(*MODEL)
    np.testing.assert_array_equal(x, PERIODS)
    np.testing.assert_array_equal(y, solve(*MODEL, PERIODS, wave=wave))


def test_float32_by_name_and_parameters_of_other_plugins() -> None:
    names = ("h", "vp", "vs", "rho")
    single = {name: column.astype(np.float32) for name, column in zip(names, MODEL, strict=True)}
    _, y = DispersionPlugin(PERIODS, "rdispph").run_model(**single, gauss=1.0)
    np.testing.assert_allclose(y, sg.phase_velocity(*MODEL, PERIODS), rtol=1e-6)


def test_a_mode_that_is_not_there_makes_the_model_invalid() -> None:
    plugin = DispersionPlugin(PERIODS, "ldispph")
    plugin.set_modelparams(mode=2)
    assert np.isnan(sg.phase_velocity(*MODEL, PERIODS, wave="love", mode=1)).any()
    x, y = plugin.run_model(*MODEL)
    assert np.isnan(x)
    assert np.isnan(y)
    short = DispersionPlugin(PERIODS[:4], "ldispph")
    short.set_modelparams(mode=2, flsph=1)
    expected = sg.phase_velocity(*MODEL, PERIODS[:4], wave="love", mode=1, earth="spherical")
    np.testing.assert_array_equal(short.run_model(*MODEL)[1], expected)


def test_more_than_sixty_periods_are_solved_not_interpolated() -> None:
    periods = np.linspace(1.0, 60.0, 100)
    _, y = DispersionPlugin(periods, "rdispgr").run_model(*MODEL)
    np.testing.assert_array_equal(y, sg.group_velocity(*MODEL, periods))


def test_bad_input_is_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match=r"^ref: 'prf' given; allowed are rdispph, rdispgr, ldispph, ldispgr$"):
        DispersionPlugin(PERIODS, "prf")
    with pytest.raises(UsageError, match=r"^gauss: given; allowed are mode, flsph$"):
        DispersionPlugin(PERIODS, "rdispph").set_modelparams(gauss=1.0)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match=r"^vp\[1\]: .* given beside vs"):
        DispersionPlugin(PERIODS, "rdispph").run_model(THICKNESS, [4.0, 3.6, 6.0, 8.0], VS, MODEL[3])


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")  # pysurf96's unfilled buffers
@pytest.mark.parametrize("ref", REFERENCES)
def test_numbers_are_those_of_its_surf96(ref: str) -> None:
    """pysurf96 wraps the same routine."""
    surf96: Any = pytest.importorskip("pysurf96", reason="pysurf96 is not installed (extra `peers`)").surf96
    wave, velocity = REFERENCES[ref]
    _, y = DispersionPlugin(PERIODS, ref).run_model(*MODEL)
    theirs = surf96(*MODEL, PERIODS, wave=wave, mode=1, velocity=velocity)
    np.testing.assert_allclose(y, theirs, rtol={"phase": 2e-6, "group": 3e-4}[velocity])
    other = {"phase": "group", "group": "phase"}[velocity]
    assert not np.allclose(y, surf96(*MODEL, PERIODS, wave=wave, mode=1, velocity=other), rtol=1e-2)
