"""A spherical Earth against oscillations computed on the sphere, and its kernels against differences.

Accuracies stated here are those of the flattening, not of the roots: for Love waves what replacing depth-dependent by
homogeneous flat layers leaves (second order in their thickness), for Rayleigh waves what Biswas' map leaves.
"""

import numpy as np
import pytest
from tests.reference import sphere
from tests.reference.stiffness import Model

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError
from surfgrad.waves.flattening import RADIUS, flatten, pull_back

WAVES = ("rayleigh", "love")
PARAMETERS = ("thickness", "vp", "vs", "rho")
SMALL = (
    np.array([10.0, 25.0, 90.0, 200.0, 0.0]),
    np.array([5.6, 6.6, 8.0, 8.3, 9.5]),
    np.array([3.1, 3.8, 4.45, 4.6, 5.2]),
    np.array([2.6, 2.9, 3.35, 3.45, 3.8]),
)


def earth(step: float = 40.0, depth: float = 755.0) -> Model:
    """A crust of 35 km and a mantle that grows faster with depth, in layers of about `step` km."""
    edges = np.concatenate([[0.0, 15.0, 35.0], np.arange(35 + step, depth + 1, step)])
    middle = 0.5 * (edges[1:] + edges[:-1])
    vs = np.where(middle < 15, 3.2, np.where(middle < 35, 3.8, 4.4 + 1.2e-3 * middle))
    vs = np.append(vs, 5.7)
    return np.append(np.diff(edges), 0.0), 1.8 * vs, vs, 2.7 + 0.35 * (vs - 3.2)


def halved(model: Model) -> Model:
    """The same model, every layer cut in halves."""
    h, *others = (np.asarray(column) for column in model)
    parts = np.append(np.repeat(h[:-1] / 2, 2), 0.0)
    return (parts, *(np.append(np.repeat(column[:-1], 2), column[-1]) for column in others))  # type: ignore[return-value]


def on_sphere(model: Model, periods: np.ndarray, velocity: np.ndarray, wave: str, gravity: float = 0.0) -> np.ndarray:
    """The judge's velocities, looked for within 1.2 % of ours."""
    pairs = zip(periods, velocity, strict=True)
    return np.array([sphere.velocity(model, t, wave, (0.988 * c, 1.012 * c), gravity=gravity) for t, c in pairs])


@pytest.mark.parametrize("mode", [0, 1])
def test_love_waves_meet_toroidal_oscillations_to_second_order_in_layer_thickness(mode):
    periods = np.array([20.0, 50.0, 100.0])[: 3 - mode]
    model, truth, errors = earth(), None, []
    for _ in range(3):
        c = sg.phase_velocity(*model, periods, wave="love", mode=mode, earth="spherical")
        truth = on_sphere(model, periods, c, "love") if truth is None else truth
        errors.append(np.abs(c / truth - 1))
        model = halved(model)
    assert np.max(errors[0]) < 3e-4
    assert np.max(errors[2]) < 2e-5
    assert np.max(errors[0]) / np.max(errors[1]) == pytest.approx(4.0, rel=0.1)
    # A flat Earth would not pass: sphericity is worth 0.2 % at 20 s and more than 1 % at 100 s.
    flat = sg.phase_velocity(*earth(), periods, wave="love", mode=mode)
    assert np.min(np.abs(flat / truth - 1)) > 1e-3


def test_rayleigh_waves_meet_spheroidal_oscillations():
    periods, model = np.array([30.0, 80.0, 150.0]), earth(20.0)
    c = sg.phase_velocity(*model, periods, earth="spherical")
    weightless, heavy = (on_sphere(model, periods, c, "rayleigh", gravity) for gravity in (0.0, sphere.GRAVITY))
    assert np.max(np.abs(c / weightless - 1)) < 2.5e-3
    assert np.max(np.abs(c / heavy - 1)) < 8e-4
    flat = sg.phase_velocity(*model, periods)
    assert np.min(np.abs(flat / heavy - 1)) > 2e-3


def test_the_judge_meets_the_flat_engine_on_a_huge_sphere():
    # Rayleigh only: Bessel functions of order 1e6 are out of scipy's reach, and the toroidal test has its own limit.
    flat = sg.phase_velocity(*SMALL, [60.0])[0]
    found = sphere.velocity(SMALL, 60.0, "rayleigh", (0.999 * flat, 1.001 * flat), radius=1e4 * RADIUS)
    assert found == pytest.approx(flat, rel=5e-6)


@pytest.mark.parametrize("wave", WAVES)
def test_sphericity_has_its_known_size_and_fades_at_short_periods(wave):
    periods = np.array([0.1, 1.0, 50.0, 100.0])
    flat, spherical = (sg.phase_velocity(*earth(), periods, wave=wave, earth=e) for e in ("flat", "spherical"))
    effect = spherical / flat - 1
    assert np.all(effect > 0)
    assert np.all((effect[2:] > 4e-3) & (effect[2:] < 2e-2))
    # What is left at short periods is the top layer seen at its middle, 7.5 km down.
    np.testing.assert_allclose(effect[0], 7.5 / RADIUS, rtol=0.02)


def differences(function, values: np.ndarray, layer: int, step: float) -> np.ndarray:
    """Richardson: central differences of relative width `step` and its half."""

    def central(d: float) -> np.ndarray:
        up, down = values.copy(), values.copy()
        up[layer] *= 1 + d
        down[layer] *= 1 - d
        return (function(up) - function(down)) / (up[layer] - down[layer])

    return (4 * central(step / 2) - central(step)) / 3


def kernel_error(kernels: sg.Kernels, wave: str, mode: int, periods: np.ndarray) -> float:
    """Largest error of spherical kernels over the largest value of each profile."""
    worst = 0.0
    for position, name in enumerate(PARAMETERS):
        if name == "vp" and wave == "love":
            continue
        found = kernels[name]
        for layer in range(len(SMALL[0]) - (name == "thickness")):

            def velocity(column, position=position):
                model = [column if i == position else SMALL[i] for i in range(4)]
                return sg.phase_velocity(*model, periods, wave=wave, mode=mode, earth="spherical")

            slope = differences(velocity, SMALL[position], layer, 4e-3)
            worst = max(worst, float(np.max(np.abs(found[:, layer] - slope) / np.max(np.abs(found), axis=1))))
    return worst


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize(("mode", "periods"), [(0, [15.0, 40.0, 120.0]), (1, [8.0, 15.0])])
def test_spherical_kernels_are_the_derivatives_of_the_spherical_velocity(wave, mode, periods):
    periods = np.array(periods)
    kernels = sg.phase_kernels(*SMALL, periods, wave=wave, mode=mode, earth="spherical")
    np.testing.assert_array_equal(
        kernels.velocity, sg.phase_velocity(*SMALL, periods, wave=wave, mode=mode, earth="spherical")
    )
    assert kernel_error(kernels, wave, mode, periods) < 1e-6
    assert np.all(kernels.thickness[:, -1] == 0)
    flat = sg.phase_kernels(*SMALL, periods, wave=wave, mode=mode)
    assert kernel_error(flat, wave, mode, periods) > 1e-3


def test_pull_back_is_the_transpose_of_the_flattening_s_derivative():
    rng = np.random.default_rng(3)
    for wave in WAVES:
        weights = rng.normal(size=(1, 4, 1, 5))
        weights[:, 0, :, -1] = 0.0
        pulled = pull_back(weights, *(column[None] for column in SMALL), wave)[0, :, 0]

        def total(*model, weights=weights, wave=wave):
            return float(np.sum(np.stack(flatten(*model, wave)) * weights[0, :, 0]))

        for position in range(4):
            for layer in range(5 - (position == 0)):
                slope = differences(
                    lambda column, p=position: np.array(total(*[column if i == p else SMALL[i] for i in range(4)])),
                    SMALL[position],
                    layer,
                    1e-2,
                )
                assert pulled[position, layer] == pytest.approx(float(slope), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("wave", WAVES)
def test_group_velocity_is_the_slope_along_the_sphere_s_surface(wave):
    periods = np.array([15.0, 40.0, 120.0])
    group = sg.group_velocity(*SMALL, periods, wave=wave, earth="spherical")

    def slope(d: float) -> np.ndarray:
        sides = [2 * np.pi / (periods * (1 + s * d)) for s in (-1, 1)]
        k = [w / sg.phase_velocity(*SMALL, 2 * np.pi / w, wave=wave, earth="spherical") for w in sides]
        return (sides[0] - sides[1]) / (k[0] - k[1])

    np.testing.assert_allclose(group, (4 * slope(1e-3) - slope(2e-3)) / 3, rtol=1e-8)
    assert np.all(np.abs(sg.group_velocity(*SMALL, periods, wave=wave) / group - 1) > 4e-4)


@pytest.mark.parametrize("wave", WAVES)
def test_identities_that_the_radius_leaves_and_the_one_it_breaks(wave):
    periods = np.array([15.0, 40.0, 120.0])
    k = sg.phase_kernels(*SMALL, periods, wave=wave, earth="spherical", per="log")
    group = sg.group_velocity(*SMALL, periods, wave=wave, earth="spherical")
    # All velocities and the frequency scaled together: sum v dc/dv = c^2/U. All densities: sum rho dc/drho = 0.
    np.testing.assert_allclose((k.vp + k.vs).sum(axis=1), k.velocity / group, rtol=1e-10)
    np.testing.assert_allclose(k.rho.sum(axis=1), 0.0, atol=1e-10)
    # Scaling depths and periods together would have to scale the radius too.
    assert np.all(np.abs((k.vp + k.vs + k.thickness).sum(axis=1) - 1) > 1e-3)


def test_a_batch_gives_what_each_model_gives():
    models = [np.stack([column, 1.01 * column]) for column in SMALL]
    together = sg.phase_kernels(*models, [20.0, 60.0], earth="spherical", per="km")
    for i in range(2):
        alone = sg.phase_kernels(*(column[i] for column in models), [20.0, 60.0], earth="spherical", per="km")
        for name in ("velocity", *PARAMETERS):
            np.testing.assert_array_equal(getattr(together, name)[i], getattr(alone, name))


def test_an_ocean_and_layers_that_are_not_there_have_their_kernels():
    ocean = [
        np.insert(column, (0, 2), value)
        for column, value in zip(SMALL, ((4.0, 0.0), (1.5, 8.0), (0.0, 4.5), (1.03, 3.3)), strict=True)
    ]
    periods = np.array([15.0, 60.0])
    kernels = sg.phase_kernels(*ocean, periods, earth="spherical")
    assert np.all(kernels.vs[:, 0] == 0)
    assert np.max(np.abs(kernels.vp[:, 3])) == 0
    for layer in (0, 1, 4):

        def velocity(column):
            return sg.phase_velocity(column, *ocean[1:], periods, earth="spherical")

        np.testing.assert_allclose(
            kernels.thickness[:, layer], differences(velocity, ocean[0], layer, 4e-3), rtol=1e-6, atol=1e-10
        )


def test_overtones_are_trapped_below_the_flattened_half_space():
    flat, round_ = (sg.dispersion(*SMALL, np.geomspace(5, 60, 60), mode=2, earth=e) for e in ("flat", "spherical"))
    assert np.isfinite(round_.velocity).sum() >= np.isfinite(flat.velocity).sum()
    assert np.any(round_.status == sg.Status.NO_MODE)


def test_bad_input_is_named():
    deep = [np.array([7000.0, 0.0]), np.array([6.0, 8.0]), np.array([3.5, 4.5]), np.array([2.7, 3.3])]
    with pytest.raises(ModelError, match=r"thickness.*7000 km.*less than 6371 km"):
        sg.phase_velocity(*deep, [10.0], earth="spherical")
    for function in (sg.phase_velocity, sg.group_velocity, sg.phase_kernels):
        with pytest.raises(UsageError, match=r"earth: 'hollow' given; allowed are flat, spherical"):
            function(*SMALL, [10.0], earth="hollow")
