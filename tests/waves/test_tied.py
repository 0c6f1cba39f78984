"""Tied kernels: the chain rule through Brocher's relations against differences that move all three together."""

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.earth import brocher

VS = np.array([2.0, 3.0, 3.5, 3.9])
THICKNESS = np.array([3.0, 10.0, 15.0, 0.0])
PERIODS = np.array([5.0, 15.0, 40.0])


def crust(vs):
    vp = brocher.vp_from_vs(vs)
    return THICKNESS, vp, vs, brocher.density_from_vp(vp)


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_tied_kernels_meet_differences(wave):
    layers = crust(VS)
    by_vs = brocher.vp_derivative(VS)
    rho_by_vs = brocher.density_derivative(layers[1]) * by_vs
    kernels = sg.phase_kernels(*layers, PERIODS, wave=wave)
    tied = kernels.tied(by_vs, rho_by_vs)
    for layer in range(4):
        step = np.zeros(4)
        step[layer] = 1e-4
        sides = [sg.phase_velocity(*crust(VS + sign * step), PERIODS, wave=wave) for sign in (1, -1)]
        slope = (sides[0] - sides[1]) / 2e-4
        assert tied[:, layer] == pytest.approx(slope, abs=1e-7)
    assert not np.allclose(kernels.tied(), tied, atol=1e-4)


def test_log_kernels_are_tied_by_log_slopes():
    layers = crust(VS)
    by_vs = brocher.vp_derivative(VS)
    plain, log = (sg.phase_kernels(*layers, PERIODS, per=per) for per in ("layer", "log"))
    tied = log.tied(by_vs * VS / layers[1])
    assert tied == pytest.approx(plain.tied(by_vs) * VS / plain.velocity[:, None], rel=1e-12)
