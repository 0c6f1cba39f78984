"""Eigenfunctions against closed forms, boundary conditions and the equations of motion themselves."""

import numpy as np
import pytest
from tests.reference.closed_forms import love_two_layer, rayleigh_halfspace
from tests.reference.samples import random_model, thick_lid
from tests.waves.test_close_modes import twins
from tests.waves.test_energy import OCEAN

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.waves.modeshape import ModeShape, mode_shape

WAVES = ("rayleigh", "love")
CRUST = random_model(np.random.default_rng(7))


def halfspace_r(vp: float, vs: float, rho: float, period: float, z: np.ndarray) -> np.ndarray:
    """(4, Z): r1 ... r4 of a homogeneous half-space with r2 = 1 at the surface (Aki & Richards 2002, section 5.3).

    From potentials: u_x ~ k e^-pz - s q e^-qz, u_z ~ p e^-pz - s k e^-qz, s = 2 p k/(k^2 + q^2) frees the surface.
    """
    c = rayleigh_halfspace(vp, vs)
    k, mu = 2 * np.pi / (period * c), rho * vs**2
    p, q = k * np.sqrt(1 - (c / vp) ** 2), k * np.sqrt(1 - (c / vs) ** 2)
    s = 2 * p * k / (k * k + q * q)
    a, b = np.exp(-p * z), np.exp(-q * z)
    r1, r2 = k * a - s * q * b, p * a - s * k * b
    slope1, slope2 = -k * p * a + s * q * q * b, -p * p * a + s * k * q * b
    lam = rho * vp**2 - 2 * mu
    r3, r4 = mu * (slope1 - k * r2), lam * (k * r1 + slope2) + 2 * mu * slope2
    return np.array([r1, r2, r3, r4]) / (p - s * k)


@pytest.mark.parametrize("vp", [5.2, 6.0, 9.0, 40.0])
def test_rayleigh_of_a_halfspace(vp):
    z = np.linspace(0.0, 60.0, 31)
    truth = halfspace_r(vp, 3.5, 2.7, 8.0, z)
    for layers in (1, 4):
        h, ones = np.append(np.full(layers - 1, 5.0), 0.0), np.ones(layers)
        found = sg.eigenfunctions(h, vp * ones, 3.5 * ones, 2.7 * ones, [8.0], depths=z)
        for name, values in zip(("r1", "r2", "r3", "r4"), truth, strict=True):
            assert np.max(np.abs(found[name][0] - values)) < 1e-11 * np.max(np.abs(truth)), name


@pytest.mark.parametrize("mode", [0, 1, 2])
def test_love_of_two_layers(mode):
    h, vs, rho, period = 40.0, (3.5, 4.7), (2.7, 3.3), 7.0
    c = love_two_layer(h, vs, rho, period, mode)
    k = 2 * np.pi / (period * c)
    s, q = k * np.sqrt((c / vs[0]) ** 2 - 1), k * np.sqrt(1 - (c / vs[1]) ** 2)
    z = np.linspace(0.0, 90.0, 46)
    inside = z <= h
    l1 = np.where(inside, np.cos(s * z), np.cos(s * h) * np.exp(-q * (z - h)))
    l2 = np.where(inside, -rho[0] * vs[0] ** 2 * s * np.sin(s * z), -rho[1] * vs[1] ** 2 * q * l1)
    found = sg.eigenfunctions([h, 0.0], [6.0, 8.0], vs, rho, [period], wave="love", mode=mode, depths=z)
    np.testing.assert_allclose(found["l1"][0], l1, atol=1e-10)
    np.testing.assert_allclose(found["l2"][0], l2, atol=1e-9)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 1, 2])
def test_the_surface_is_free_interfaces_are_welded_and_the_wave_decays(wave, mode):
    interfaces = np.cumsum(CRUST[0])[:-1]
    total = float(interfaces[-1])
    depths = np.concatenate([[0.0], interfaces * (1 - 1e-12), interfaces * (1 + 1e-12), [total + 4000.0]])
    e = sg.eigenfunctions(*CRUST, [3.0], wave=wave, mode=mode, depths=depths, normalise="largest")
    assert np.isfinite(e.displacement).all()
    n = len(interfaces)
    for values in (e.displacement[0], e.stress[0]):
        size = np.max(np.abs(values))
        assert np.max(np.abs(values[1 : n + 1] - values[n + 1 : 2 * n + 1])) < 1e-10 * size
        assert np.max(np.abs(values[-1])) < 1e-10 * size
    assert (e.stress[0, 0] == 0.0).all()


@pytest.mark.parametrize("wave", WAVES)
def test_the_surface_is_free_only_at_the_root(wave):
    """Imposing a free surface at a wrong velocity breaks the chain of pieces somewhere: `broken` must see it."""
    model = tuple(np.asarray(column, float) for column in CRUST)
    c = float(sg.phase_velocity(*CRUST, [3.0], wave=wave)[0])
    assert broken(mode_shape(wave, model, 2 * np.pi / 3.0, c)) < 1e-10
    assert broken(mode_shape(wave, model, 2 * np.pi / 3.0, c * 1.001)) > 1e-6


def broken(shape: ModeShape) -> float:
    """Largest jump of displacements between a piece's bottom and the next one's top."""
    used = np.arange(len(shape.nodes))
    half = shape.nodes.shape[1] // 2
    bottoms = shape.within(used, shape.pieces.t[:, None])[:, 0, :half]
    tops = np.vstack([shape.nodes[1:], shape.decaying.sum(axis=1)])[:, :half]
    return float(np.max(np.abs(bottoms - tops)))


@pytest.mark.parametrize("wave", WAVES)
def test_stresses_are_what_the_displacements_strain_to(wave):
    period, d = 3.0, 1e-4
    z = np.array([0.2, 0.4])
    assert z[-1] + 2 * d < CRUST[0][0]
    _, vp, vs, rho = (column[0] for column in CRUST)
    mu, lam = rho * vs**2, rho * (vp**2 - 2 * vs**2)
    e, up, down = (sg.eigenfunctions(*CRUST, [period], wave=wave, depths=z + s * d) for s in (0, 1, -1))
    slope = (up.displacement - down.displacement)[0] / (2 * d)
    k = 2 * np.pi / (period * e.velocity[0])
    if wave == "love":
        stress = mu * slope
    else:
        r1, r2 = e["r1"][0], e["r2"][0]
        stress = np.stack([mu * (slope[:, 0] - k * r2), lam * (k * r1 + slope[:, 1]) + 2 * mu * slope[:, 1]], axis=-1)
    np.testing.assert_allclose(e.stress[0], stress, rtol=1e-5)


def test_rayleigh_surface_ratio_is_the_ellipticity():
    periods = np.array([5.0, 20.0, 60.0])
    e = sg.eigenfunctions(*CRUST, periods, depths=[0.0])
    # z is down: retrograde motion has r1 against r2.
    np.testing.assert_allclose(-e["r1"][:, 0], sg.ellipticity(*CRUST, periods), rtol=1e-9)


def test_thick_lids_and_hidden_channels():
    model = thick_lid(np.random.default_rng(1))
    period = 1.0
    e = sg.eigenfunctions(*model, [period], depths=[0.0, 0.5 * model[0][3]])
    assert e["r2"][0, 0] == 1.0
    assert np.isfinite(e.stress).all()
    hidden = sg.eigenfunctions(*twins(20.0), [3.0], wave="love", depths=[0.0, 302.5, 315.0, 327.5])
    assert hidden.status[0] == sg.Status.OK
    assert np.isnan(hidden.displacement).all()
    shown = sg.eigenfunctions(*twins(20.0), [3.0], wave="love", depths=[0.0, 302.5, 315.0, 327.5], normalise="largest")
    l1 = np.abs(shown["l1"][0])
    assert l1[0] < 1e-12
    # The even mode of two identical channels shares them evenly but for what the half-space's side differs by.
    assert l1[1] == pytest.approx(1.0, abs=0.1)
    assert l1[3] == pytest.approx(1.0, abs=0.1)
    assert l1[2] < 0.1


def test_love_waves_leave_water_alone():
    dry = tuple(column[1:] for column in OCEAN)
    wet, alone = (
        sg.eigenfunctions(*model, [3.0, 9.0], wave="love", depths=z)
        for model, z in ((OCEAN, [1.0, 4.0, 6.0]), (dry, [0.0, 0.0, 2.0]))
    )
    assert (wet["l1"][:, 0] == 0.0).all()
    np.testing.assert_allclose(wet["l1"][:, 1:], alone["l1"][:, 1:], rtol=1e-12)


def test_shapes_batches_and_untrapped_periods():
    models = [np.stack([column, column]) for column in CRUST]
    e = sg.eigenfunctions(*models, [2.0, 500.0], wave="love", mode=1, depths=[3.0, 1.0, 0.0])
    assert e.displacement.shape == e.stress.shape == (2, 2, 3, 1)
    assert e.velocity.shape == e.status.shape == (2, 2)
    assert np.isfinite(e["l1"][:, 0]).all()
    assert np.isnan(e["l1"][:, 1]).all()
    assert (e.status[:, 1] == sg.Status.NO_MODE).all()
    assert (e["l1"][:, 0, 2] == 1.0).all()
    plain = sg.eigenfunctions(*CRUST, [2.0])
    assert plain.displacement.shape == (1, 201, 2)
    assert plain.depths[0] == 0.0


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"depths": [1.0, -2.0]}, ModelError, r"depths\[1\]: -2 km given"),
        ({"depths": []}, ModelError, r"depths: shape \(0,\) given"),
        ({"depths": "deep"}, ModelError, r"depths: 'deep' given"),
        ({"normalise": "energy"}, UsageError, "normalise: 'energy' given; allowed are surface, largest"),
        ({"earth": "hollow"}, UsageError, "earth: 'hollow' given; allowed are flat, spherical"),
    ],
)
def test_bad_input_is_named(options, error, words):
    with pytest.raises(error, match=words):
        sg.eigenfunctions(*CRUST, [2.0], **options)


def test_a_wrong_name_is_refused():
    with pytest.raises(KeyError, match="l1, l2"):
        sg.eigenfunctions(*CRUST, [2.0], wave="love")["r1"]
