from dataclasses import replace

import numpy as np
import pytest

from surfgrad.audit.identities import identity_residuals, log_slope

from .toy import Toy, even_models

PERIODS = np.arange(2.0, 61.0)


def residuals(kernels, models, waves=("rayleigh", "love")):
    return identity_residuals(kernels, waves, *models[1:], PERIODS)


def test_log_slope_of_a_known_curve_in_any_order_and_with_repeats():
    periods = np.array([20.0, 3.0, 5.0, 60.0, 9.0, 14.0, 3.0, 30.0, 42.0])
    slope = log_slope(periods, 1 + 0.3 * np.log(periods) ** 2)
    assert slope[[0, 2, 4, 5, 7, 8]] == pytest.approx(0.6 * np.log(periods[[0, 2, 4, 5, 7, 8]]))
    assert np.isnan(slope[[1, 3, 6]]).all()


def test_log_slope_stops_at_gaps_and_refuses_short_curves():
    curve = np.log(PERIODS)
    curve[10] = np.nan
    slope = log_slope(PERIODS, curve)
    assert np.isnan(slope[[0, 9, 10, 11, -1]]).all()
    assert slope[12:-1] == pytest.approx(1.0)
    assert np.isnan(log_slope(PERIODS[:4], curve[:4])).all()


def test_they_hold_for_a_forward_that_obeys_them_and_break_for_one_that_does_not():
    models = even_models(3)
    kernels = Toy().jacobian(models, PERIODS)
    honest = residuals(kernels, models)
    assert np.nanmax(np.abs(honest["homogeneity"])) < 2e-3
    assert np.nanmax(np.abs(honest["density"])) < 1e-12
    assert np.nanmax(np.abs(honest["love_vp"][:, 1])) == 0
    assert np.isnan(honest["love_vp"][:, 0]).all()

    broken = residuals(replace(kernels, vs=1.1 * kernels.vs, rho=kernels.rho + 0.01, vp=kernels.vp + 0.001), models)
    assert np.nanmin(np.abs(broken["homogeneity"])) > 0.05
    assert np.nanmin(np.abs(broken["density"])) > 0.2
    assert np.nanmin(np.abs(broken["love_vp"][:, 1])) > 0.05


def test_a_forward_without_vp_is_judged_for_love_only():
    models = even_models(2)
    kernels = replace(Toy().jacobian(models, PERIODS), vp=None, rho=None)
    found = residuals(kernels, models)
    assert np.isnan(found["homogeneity"][:, 0]).all()
    assert np.nanmax(np.abs(found["homogeneity"][:, 1])) < 2e-3
    assert np.isnan(found["density"]).all()
