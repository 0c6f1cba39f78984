"""Ellipticity: closed forms, a pole, kernels against differences and identities, and what must be rejected."""

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
OCEAN = tuple(
    np.concatenate((water, layers)) for water, layers in zip(([3.0], [1.5], [0.0], [1.03]), CRUST, strict=True)
)
DIFFERENCE_NOISE = 1e-10
"""Rounding of the root (1e-14) over the smallest step (1e-4)."""
PERIODS = np.array([0.5, 2.0, 5.0, 10.0, 20.0, 40.0])


@pytest.mark.parametrize("ratio", [1.5, 3**0.5, 2.5, 7.0])
def test_a_half_space_moves_as_its_closed_form_says(ratio):
    vs, vp = 3.0, 3.0 * ratio
    c = sg.phase_velocity([0.0], [vp], [vs], [2.7], [10.0])[0]
    # Aki & Richards (2002), section 5.4: both displacements from the potentials' amplitude ratio at the surface.
    truth = (2 - (c / vs) ** 2) / (2 * np.sqrt(1 - (c / vp) ** 2))
    assert sg.ellipticity([0.0], [vp], [vs], [2.7], [10.0])[0] == pytest.approx(truth, rel=1e-12)
    assert truth > 0


def test_published_half_spaces(shared_data):
    for row in json.loads((shared_data / "analytic_truth.json").read_text())["rayleigh_halfspace"]:
        if row["vs_over_vp"] > 0:
            value = sg.ellipticity([0.0], [1 / row["vs_over_vp"]], [1.0], [2.0], [1.0])[0]
            assert value == pytest.approx(row["H_over_V"], rel=1e-10)


def test_the_pole_of_a_soft_layer_is_passed_through(shared_data):
    model = sg.EarthModel.from_file(shared_data / "cps" / "ellipticity_models" / "HoA.mod")
    periods = np.linspace(1.48, 1.51, 301)
    inverse = 1 / sg.ellipticity(*model.arrays, periods)
    assert np.flatnonzero(np.diff(np.sign(inverse))).size == 1
    assert abs(np.interp(0.0, inverse, periods) - 1.4964) < 2e-4
    # V/H passes through zero smoothly: second differences stay small beside first ones.
    assert np.abs(np.diff(inverse, 2)).max() < 0.02 * np.abs(np.diff(inverse)).max()


def difference(layers, p, layer, step, mode):
    """Central difference of the ellipticity by one parameter of one layer, relative step."""
    sides = []
    for sign in (1, -1):
        moved = [values.copy() for values in layers]
        moved[p][layer] *= 1 + sign * step
        sides.append(sg.ellipticity(*moved, PERIODS, mode=mode))
    return (sides[0] - sides[1]) / (2 * step * layers[p][layer])


@pytest.mark.parametrize("layers", [CRUST, OCEAN], ids=["crust", "ocean"])
@pytest.mark.parametrize("mode", [0, 1])
def test_kernels_meet_differences(layers, mode):
    kernels = sg.ellipticity_kernels(*layers, PERIODS, mode=mode)
    assert kernels.velocity == pytest.approx(sg.ellipticity(*layers, PERIODS, mode=mode), rel=1e-12, nan_ok=True)
    for p, name in enumerate(("thickness", "vp", "vs", "rho")):
        scale = np.abs(kernels[name]).max(axis=1)
        for layer in range(layers[0].size):
            if layers[p][layer] == 0.0:
                continue
            slope = (4 * difference(layers, p, layer, 5e-5, mode) - difference(layers, p, layer, 1e-4, mode)) / 3
            valued = np.isfinite(scale)
            assert np.all(np.abs(kernels[name][:, layer] - slope)[valued] < 1e-6 * scale[valued] + DIFFERENCE_NOISE)


@pytest.mark.parametrize("layers", [CRUST, OCEAN], ids=["crust", "ocean"])
def test_ellipticity_has_no_scale_of_its_own(layers):
    """Velocities and thicknesses scaled together, or densities: nothing changes."""
    kernels = sg.ellipticity_kernels(*layers, PERIODS)
    h, vp, vs, rho = layers
    assert np.all(np.abs((vp * kernels.vp + vs * kernels.vs + h * kernels.thickness).sum(axis=1)) < 1e-11)
    assert np.all(np.abs((rho * kernels.rho).sum(axis=1)) < 1e-11)
    phase = sg.phase_kernels(*layers, PERIODS)
    assert np.all(np.abs((vp * phase.vp + vs * phase.vs + h * phase.thickness).sum(axis=1)) > 0.1)


def test_spherical_kernels_meet_differences():
    kernels = sg.ellipticity_kernels(*CRUST, [40.0], earth="spherical")
    sides = []
    for sign in (1, -1):
        thickness = CRUST[0].copy()
        thickness[1] *= 1 + sign * 1e-4
        sides.append(sg.ellipticity(thickness, *CRUST[1:], [40.0], earth="spherical")[0])
    assert kernels.thickness[0, 1] == pytest.approx((sides[0] - sides[1]) / (2e-4 * CRUST[0][1]), rel=1e-6)
    assert kernels.velocity[0] != pytest.approx(sg.ellipticity(*CRUST, [40.0])[0], rel=1e-6)


@pytest.mark.parametrize("soft", [0.2, 0.8, 1.6])
@pytest.mark.parametrize("mode", [0, 1])
def test_ellipticity_at_the_sea_floor_is_that_of_the_eigenfunctions(soft, mode):
    """Under water s_zz does not vanish on the solid: the dry formula's other ratio would be wrong here."""
    layers = (
        np.array([4.0, 0.5, 6.0, 0.0]),
        np.array([1.5, 1.8, 6.8, 8.1]),
        np.array([0.0, soft, 3.9, 4.6]),
        np.array([1.03, 1.9, 2.9, 3.3]),
    )
    layers[1][1] = max(1.8, 2 * soft)
    periods = np.array([3.0, 8.0, 20.0, 60.0])
    # Just below the sea floor: water slips on it.
    shape = sg.eigenfunctions(*layers, periods, mode=mode, depths=[4.0 + 1e-9], normalise="largest")
    truth = -shape["r1"][:, 0] / shape["r2"][:, 0]
    value = sg.ellipticity(*layers, periods, mode=mode)
    assert np.isfinite(value).any()
    assert value == pytest.approx(truth, rel=1e-7, nan_ok=True)
