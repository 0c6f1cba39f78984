"""Eigenfunctions of a spherical Earth: energy, orthogonality and the equation of motion on the sphere itself.

What is left is the layers' thickness (second order): homogeneous flat layers stand for homogeneous shells.
"""

import numpy as np
import pytest
from tests.waves.test_flattening import earth, halved

import surfgrad as sg
from surfgrad.earth.model import EarthModel
from surfgrad.errors import ModelError
from surfgrad.waves.flattening import RADIUS, flatten

PERIODS = np.array([20.0, 50.0, 90.0])
CELL = 0.05
DEPTHS = CELL * (np.arange(30_000) + 0.5)
"""Middles of cells, km, whose edges the layers' interfaces are."""


def shells(model, depths: np.ndarray) -> tuple[np.ndarray, ...]:
    """vp, vs, rho of the model at depths (Z,), layers' values."""
    layer = np.searchsorted(EarthModel(*model).depth, depths, side="left")
    return tuple(np.asarray(column)[layer] for column in model[1:])


def integral(values: np.ndarray) -> np.ndarray:
    """Over DEPTHS, the last axis, by the midpoint rule."""
    return CELL * np.sum(values, axis=-1)


def group_by_energy(model, periods, displacement: np.ndarray, velocity: np.ndarray) -> np.ndarray:
    """U = a d(omega)/dl of toroidal oscillations W(r) by Rayleigh's quotient: a^2 int mu W^2 / (c int rho W^2 r^2)."""
    _, vs, rho = shells(model, DEPTHS)
    r = RADIUS - DEPTHS
    shear, inertia = (integral(weight * displacement**2) for weight in (rho * vs**2, rho * r**2))
    return RADIUS**2 * shear / (velocity * inertia)


def test_love_s_group_velocity_is_that_of_the_energy_on_the_sphere():
    model, errors = halved(earth()), []
    for _ in range(2):
        e = sg.eigenfunctions(*model, PERIODS, wave="love", depths=DEPTHS, earth="spherical")
        group = sg.group_velocity(*model, PERIODS, wave="love", earth="spherical")
        errors.append(np.abs(group_by_energy(model, PERIODS, e["l1"], e.velocity) / group - 1))
        model = halved(model)
    assert np.max(errors[0]) < 1e-4
    assert np.max(errors[1]) < 3e-5
    # The flattened Earth's displacements, taken for the sphere's, must be told apart.
    flat = e["l1"] * RADIUS / (RADIUS - DEPTHS)
    model = halved(halved(earth()))
    assert np.min(np.abs(group_by_energy(model, PERIODS, flat, e.velocity) / group - 1)) > 1e-4


def test_love_s_modes_of_one_frequency_are_orthogonal_on_the_sphere():
    model = halved(halved(earth()))
    options = {"wave": "love", "depths": DEPTHS, "earth": "spherical"}
    shapes = [sg.eigenfunctions(*model, [20.0], mode=mode, **options)["l1"][0] for mode in (0, 1)]
    _, vs, rho = shells(model, DEPTHS)

    def overlap(one: np.ndarray, two: np.ndarray) -> float:
        norms = (integral(rho * vs**2 * x**2) for x in (one, two))
        return abs(integral(rho * vs**2 * one * two)) / np.sqrt(np.prod(list(norms)))

    assert overlap(*shapes) < 2e-5
    stretch = RADIUS / (RADIUS - DEPTHS)
    assert overlap(shapes[0] * stretch, shapes[1] * stretch) > 1e-3


def test_love_s_stress_is_what_the_displacement_strains_to_on_the_sphere():
    """tau_zy = -mu (dW/dr - W/r), r upwards: a rigid rotation W ~ r has none."""
    model, step = halved(halved(earth())), 1e-3
    depths = np.array([1.875, 27.5, 120.0])  # middles of layers
    e, up, down = (
        sg.eigenfunctions(*model, [50.0], wave="love", depths=depths + s * step, earth="spherical") for s in (0, -1, 1)
    )
    _, vs, rho = shells(model, depths)
    by_r = (up["l1"] - down["l1"])[0] / (2 * step)
    l1, l2 = e["l1"][0], e["l2"][0]
    stress = -rho * vs**2 * (by_r - l1 / (RADIUS - depths))
    np.testing.assert_allclose(l2, stress, rtol=1e-6)
    without = -rho * vs**2 * by_r
    assert np.max(np.abs(l2 / without - 1)) > 1e-2


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_the_sphere_holds_the_flat_earth_s_energy(wave):
    model = halved(halved(earth()))
    e = sg.eigenfunctions(*model, [50.0], wave=wave, depths=DEPTHS, earth="spherical")
    r = (RADIUS - DEPTHS) / RADIUS
    kinetic = integral(shells(model, DEPTHS)[2] * np.sum(e.displacement[0] ** 2, axis=-1) * r**2)
    flat = flatten(*model, wave)
    depths = -RADIUS * np.log(r)
    shape = sg.eigenfunctions(*flat, [50.0], wave=wave, depths=depths, normalise="surface")
    # A flat cell is a cell over r/a thick.
    here = integral(shells(flat, depths)[2] * np.sum(shape.displacement[0] ** 2, axis=-1) / r)
    assert here == pytest.approx(kinetic, rel=1e-4)
    assert integral(shells(model, DEPTHS)[2] * np.sum(e.displacement[0] ** 2, axis=-1)) != pytest.approx(
        kinetic, rel=1e-2
    )


def test_rayleigh_s_surface_ratio_is_the_spherical_ellipticity():
    e = sg.eigenfunctions(*earth(), PERIODS, depths=[0.0], earth="spherical")
    np.testing.assert_allclose(-e["r1"][:, 0], sg.ellipticity(*earth(), PERIODS, earth="spherical"), rtol=1e-9)
    assert np.min(np.abs(-e["r1"][:, 0] / sg.ellipticity(*earth(), PERIODS) - 1)) > 1e-4
    np.testing.assert_array_equal(e.velocity, sg.phase_velocity(*earth(), PERIODS, earth="spherical"))


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
def test_the_largest_displacement_is_one_on_the_sphere(wave):
    mode = 1
    e = sg.eigenfunctions(*earth(), [10.0], wave=wave, mode=mode, depths=DEPTHS, earth="spherical", normalise="largest")
    assert np.max(np.abs(e.displacement)) == pytest.approx(1.0, abs=0.05)


def test_default_depths_stay_inside_the_earth_and_given_ones_must():
    e = sg.eigenfunctions([6000.0, 0.0], [9.0, 30.0], [5.0, 15.0], [3.0, 4.0], [300.0], wave="love", earth="spherical")
    assert e.depths[-1] < RADIUS
    with pytest.raises(ModelError, match=r"depths\[1\]: 6371 km given; less than 6371 km is allowed"):
        sg.eigenfunctions(*earth(), PERIODS, depths=[0.0, 6371.0], earth="spherical")
