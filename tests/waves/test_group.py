"""Group velocity against closed forms, against differences of the phase velocity, and against what it isn't."""

import json

import numpy as np
import pytest
from tests.reference.group_slope import group_slope

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


LIDS = (
    np.array([0.0386565919740743, 11.43039806696153, 0.006171307885358442, 31.116081964204252, 0.0]),
    np.array([0.3988551066128902, 0.6367882621707798, 0.5431095828340144, 2.027341291214477, 6.207874708593057]),
    np.array([0.23216388408245248, 0.26954113660742157, 0.35781618930677955, 1.2411369396419598, 4.161973548223495]),
    np.array([3.1082078300980935, 2.9427216241544274, 1.7688340217303828, 2.412617372421906, 1.6956053538261604]),
)
"""A slow layer over lids of 11 and 31 km of which a wave of 6 m knows nothing: k h = 11,000 and 31,000."""


@pytest.mark.parametrize(("wave", "mode"), [("love", 1), ("love", 0), ("rayleigh", 0)])
def test_lids_of_thousands_of_wavelengths_multiply_no_rounding(wave, mode):
    period = 0.02707270741068361
    c = float(sg.phase_velocity(*LIDS, [period], wave=wave, mode=mode)[0])
    (group,) = sg.group_velocity(*LIDS, [period], wave=wave, mode=mode)
    exact, _, _ = group_slope(LIDS, period, wave, mode, 3, np.zeros(5), c)
    assert group == pytest.approx(exact, rel=1e-11)
    assert group * (1 + 2e-11) != pytest.approx(exact, rel=1e-11)
    (shallow,) = sg.group_velocity(*(column[[0, 1]] for column in LIDS), [period], wave=wave, mode=mode)
    assert shallow == pytest.approx(exact, rel=1e-11)


def test_a_lane_above_a_lid_is_unmoved_by_others_that_are_not():
    period = 0.02707270741068361
    periods = np.array([period, 0.5, 2.0, 8.0])  # above, and not above, k h = 500
    together = sg.group_velocity(*LIDS, periods, wave="love")
    alone = [sg.group_velocity(*LIDS, [each], wave="love")[0] for each in periods]
    assert together == pytest.approx(alone, rel=1e-12)  # rounding: lanes share how far a sweep goes down
