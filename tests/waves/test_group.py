"""Group velocity against closed forms, against differences of the phase velocity, and against what it isn't."""

import json

import numpy as np
import pytest

import surfgrad as sg

CRUST = (
    np.array([2.0, 5.0, 10.0, 20.0, 0.0]),
    np.array([3.0, 5.0, 6.0, 6.5, 8.0]),
    np.array([1.6, 3.0, 3.4, 3.1, 4.5]),
    np.array([2.0, 2.4, 2.7, 2.8, 3.3]),
)


def slope(period: float, wave: str, mode: int, d: float) -> float:
    """dw/dk by a central difference of relative half-width d in period."""
    periods = np.array([period * (1 - d), period * (1 + d)])
    omega = 2 * np.pi / periods
    wavenumber = omega / sg.phase_velocity(*CRUST, periods, wave=wave, mode=mode)
    return float((omega[0] - omega[1]) / (wavenumber[0] - wavenumber[1]))


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("mode", [0, 1])
def test_group_velocity_is_the_branch_s_slope(wave, mode):
    periods = np.array([10.0, 3.0, 1.0])
    group = sg.group_velocity(*CRUST, periods, wave=wave, mode=mode)
    for period, value in zip(periods, group, strict=True):
        richardson = (4 * slope(period, wave, mode, 5e-4) - slope(period, wave, mode, 1e-3)) / 3
        assert value == pytest.approx(richardson, rel=1e-9)
        assert sg.phase_velocity(*CRUST, [period], wave=wave, mode=mode)[0] != pytest.approx(richardson, rel=1e-3)


def test_love_group_velocity_meets_the_closed_form(shared_data):
    truth = json.loads((shared_data / "analytic_truth.json").read_text())
    for case in truth["love_two_layer"].values():
        layers = (
            [case["h_km"], 0.0],
            [2 * case["vs1"], 2 * case["vs2"]],
            [case["vs1"], case["vs2"]],
            [case["rho1"], case["rho2"]],
        )
        for row in case["rows"]:
            value = sg.group_velocity(*layers, [row["period"]], wave="love", mode=row["mode"])
            assert value[0] == pytest.approx(row["U"], rel=1e-11)


def test_group_velocity_of_a_half_space_is_its_phase_velocity():
    layers = ([0.0], [6.0], [3.5], [2.7])
    assert sg.group_velocity(*layers, [5.0, 50.0]) == pytest.approx(sg.phase_velocity(*layers, [5.0, 50.0]), rel=1e-14)


def test_no_group_velocity_where_no_mode_is_trapped():
    group = sg.group_velocity(*CRUST, [1.0, 200.0], wave="love", mode=1)
    assert np.isfinite(group).tolist() == [True, False]
