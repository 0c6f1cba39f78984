"""The misfit on the page: zero for the model's own curves, as large as the noise that was put in."""

import numpy as np
import pytest
from tests.explore.conftest import COLUMNS, Page, asked

import surfgrad as sg
from surfgrad.explore.messages import Layers
from surfgrad.explore.misfit import misfit

MODEL = tuple(COLUMNS.values())
PERIODS = np.geomspace(3.0, 50.0, 40)


def observed(noise: float = 0.0, sigma: float = 0.02) -> sg.ObservedCurves:
    curves = sg.phase_velocity(*MODEL, PERIODS), sg.group_velocity(*MODEL, PERIODS, wave="love")
    values = np.concatenate([*curves, sg.ellipticity(*MODEL, PERIODS)])
    values = values + noise * np.random.default_rng(3).standard_normal(values.size)
    wave = np.repeat(["rayleigh", "love", "rayleigh"], PERIODS.size)
    kind = np.repeat(["phase", "group", "ellipticity"], PERIODS.size)
    return sg.ObservedCurves(wave, kind, 0, np.tile(PERIODS, 3), values, sigma)


def test_the_models_own_curves_are_met_exactly() -> None:
    found = misfit(Layers(**COLUMNS), observed())
    assert (found["count"], found["without_value"], found["chi_square"]) == (120, 0, 0.0)


def test_noise_of_one_sigma_has_a_chi_square_of_one_and_its_own_rms() -> None:
    found = misfit(Layers(**COLUMNS), observed(noise=0.02))
    assert found["chi_square"] == pytest.approx(1.0, abs=0.3)
    assert found["rms_velocity"] == pytest.approx(0.02, rel=0.2)
    assert found["rms_ellipticity"] == pytest.approx(0.02, rel=0.3)


def test_a_wrong_model_is_told() -> None:
    found = misfit(Layers(**(COLUMNS | {"vs": [2.8, 3.3, 4.5]})), observed(noise=0.02))
    assert found["chi_square"] > 10.0


def test_values_that_the_model_lacks_are_counted_not_summed() -> None:
    first = sg.ObservedCurves("love", "phase", 1, [2.0, 40.0], [3.5, 4.0])
    found = misfit(Layers(**COLUMNS), first)
    assert (found["without_value"], found["weighed"], found["chi_square"]) == (1, 0, None)
    assert found["rms_velocity"] is not None


def test_the_page_asks_by_number(page: Page) -> None:
    kept = page.session.keep(observed(), "own")
    assert page.ask(asked(data=kept["data"]))["misfit"]["chi_square"] == 0.0
