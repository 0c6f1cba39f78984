"""Q, decay and physical dispersion: against roots of the complex medium, closed forms and a published table."""

import re
from collections.abc import Iterator
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from tests.reference.closed_forms import rayleigh_halfspace
from tests.reference.propagator import _system_psv, _system_sh
from tests.reference.samples import SCM_TABLE

import surfgrad as sg
from surfgrad.errors import ModelError, UsageError

WAVES = ("rayleigh", "love")
CRUST = (
    np.array([2.0, 18.0, 15.0, 0.0]),
    np.array([4.0, 6.0, 6.6, 8.0]),
    np.array([2.2, 3.5, 3.7, 4.5]),
    np.array([2.2, 2.7, 2.9, 3.3]),
)
QP = np.array([120.0, 700.0, 500.0, 900.0])
QS = np.array([40.0, 300.0, 220.0, 400.0])


# The second route: roots of the secular function of a medium whose velocities are complex.


def secular(model: tuple[list[Any], ...], w: Any, k: Any, wave: str) -> Any:
    """Surface traction of the solutions that decay at depth; any of the arguments may be complex."""
    thickness, vp, vs, rho = model
    mu = rho[-1] * vs[-1] ** 2
    p, q = mp.sqrt(k**2 - (w / vp[-1]) ** 2), mp.sqrt(k**2 - (w / vs[-1]) ** 2)
    g = rho[-1] * w**2 - 2 * mu * k**2
    if wave == "love":
        system, solutions = _system_sh, mp.matrix([[1], [-mu * q]])
    else:
        system, solutions = _system_psv, mp.matrix([[k, q], [p, k], [-2 * mu * k * p, g], [g, -2 * mu * k * q]])
    for h, a, b, r in zip(thickness[-2::-1], vp[-2::-1], vs[-2::-1], rho[-2::-1], strict=True):
        solutions = mp.expm(-h * system(a, b, r, w, k), method="taylor") * solutions
    if wave == "love":
        return solutions[1, 0]
    return solutions[2, 0] * solutions[3, 1] - solutions[2, 1] * solutions[3, 0]


def complex_model(model: Any, qp: Any, qs: Any, log: float) -> tuple[list[Any], ...]:
    """Velocities v (1 + log/Q - i/(2Q)), which belongs to exp(-i w t); log = ln(w/w0)/pi."""
    h, a, b, r = ([mp.mpf(float(value)) for value in column] for column in model)

    def lossy(velocities: list[Any], quality: Any) -> list[Any]:
        return [
            v * (1 + (mp.mpf(log) - mp.mpc(0, 0.5)) / mp.mpf(float(q)))
            for v, q in zip(velocities, quality, strict=True)
        ]

    return h, lossy(a, qp), lossy(b, qs), r


def complex_wavenumber(model: Any, qp: Any, qs: Any, period: float, log: float, c: float, wave: str) -> Any:
    """Root k at real frequency, near w/c."""
    w = 2 * mp.pi / mp.mpf(period)
    medium = complex_model(model, qp, qs, log)
    return mp.findroot(lambda k: secular(medium, w, k, wave), (w / c, w / c * mp.mpc(1, 1e-4)), solver="secant")


def complex_frequency(model: Any, qp: Any, qs: Any, period: float, c: float, wave: str) -> Any:
    """Root w at real wavenumber 2 pi/(c T), without dispersion."""
    w = 2 * mp.pi / mp.mpf(period)
    medium = complex_model(model, qp, qs, 0.0)
    return mp.findroot(lambda s: secular(medium, s, w / mp.mpf(c), wave), (w, w * mp.mpc(1, -1e-4)), solver="secant")


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize(("mode", "period"), [(0, 20.0), (1, 6.0)])
def test_decay_and_quality_are_those_of_the_complex_roots(wave, mode, period):
    big_p, big_s = 1e7 * QP, 1e7 * QS
    found = sg.attenuation(*CRUST, [period], qp=big_p, qs=big_s, wave=wave, mode=mode)
    c = float(sg.phase_velocity(*CRUST, [period], wave=wave, mode=mode)[0])
    with mp.workdps(40):
        k = complex_wavenumber(CRUST, big_p, big_s, period, 0.0, c, wave)
        w = complex_frequency(CRUST, big_p, big_s, period, c, wave)
        gamma, spatial, temporal = mp.im(k), mp.re(k) / (2 * mp.im(k)), -mp.re(w) / (2 * mp.im(w))
    assert found.gamma[0] == pytest.approx(float(gamma), rel=1e-7)
    assert found.spatial_quality[0] == pytest.approx(float(spatial), rel=1e-7)
    assert found.quality[0] == pytest.approx(float(temporal), rel=1e-7)
    # The two Q differ as c and U do: one in place of the other would be caught.
    assert abs(float(temporal / spatial) - 1) > 1e-2


@pytest.mark.parametrize("wave", WAVES)
def test_dispersed_velocity_is_that_of_the_complex_root(wave):
    period, big_p, big_s = 20.0, 100 * QP, 100 * QS
    found = sg.attenuation(*CRUST, [period], qp=big_p, qs=big_s, wave=wave)
    c = float(sg.phase_velocity(*CRUST, [period], wave=wave)[0])
    with mp.workdps(40):
        k = complex_wavenumber(CRUST, big_p, big_s, period, np.log(1.0 / period) / np.pi, c, wave)
        exact = float(2 * mp.pi / (period * mp.re(k)))
    change = exact - c
    assert change < -1e-5
    assert found.velocity[0] - c == pytest.approx(change, rel=1e-3)  # what first order leaves, 1/Q of the change


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 1])
@pytest.mark.parametrize("earth", ["flat", "spherical"])
def test_group_velocity_is_the_slope_of_the_dispersed_phase_velocity(wave, mode, earth):
    periods = np.array([4.0, 6.0, 15.0, 40.0])[: 4 - 2 * mode]
    options = {"qp": QP, "qs": QS, "wave": wave, "mode": mode, "earth": earth}
    found = sg.attenuation(*CRUST, periods, **options)

    def slope(d: float) -> np.ndarray:
        sides = [2 * np.pi / (periods * (1 + s * d)) for s in (-1, 1)]
        k = [w / sg.attenuation(*CRUST, 2 * np.pi / w, **options).velocity for w in sides]
        return (sides[0] - sides[1]) / (k[0] - k[1])

    np.testing.assert_allclose(found.group, (4 * slope(1e-3) - slope(2e-3)) / 3, rtol=1e-7)
    elastic = sg.group_velocity(*CRUST, periods, wave=wave, mode=mode, earth=earth)
    assert np.all(np.abs(found.group / elastic - 1) > 1e-4)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("earth", ["flat", "spherical"])
@pytest.mark.parametrize("mode", [0, 2])
def test_a_medium_of_one_q_has_modes_of_that_q(wave, earth, mode):
    # Scaling all velocities scales every frequency at fixed wavenumber: 1/Q is that of the medium, exactly.
    found = sg.attenuation(*CRUST, [2.0, 4.0, 5.0], qp=80.0, qs=80.0, wave=wave, mode=mode, earth=earth)
    np.testing.assert_allclose(found.quality, 80.0, rtol=1e-9)
    assert np.all(found.spatial_quality < 79.0)


def test_half_space_meets_the_closed_form():
    # Rayleigh's cubic x^3 - 8 x^2 + (24 - 16 r) x - 16 (1 - r) = 0, x = (c/vs)^2, r = (vs/vp)^2, derived by r.
    for vp in (5.5, 6.0, 9.0):
        c, r = rayleigh_halfspace(vp, 3.5), (3.5 / vp) ** 2
        x = (c / 3.5) ** 2
        share = r / x * 16 * (x - 1) / (3 * x * x - 16 * x + 24 - 16 * r)  # dln x/dln r, with the sign of Qs
        loss = (1 + share) / 50.0 - share / 200.0
        found = sg.attenuation([0.0], [vp], [3.5], [2.7], [1.0, 10.0], qp=[200.0], qs=[50.0])
        np.testing.assert_allclose(found.quality, 1 / loss, rtol=1e-9)
        np.testing.assert_allclose(found.spatial_quality, 1 / loss, rtol=1e-9)
        np.testing.assert_allclose(found.gamma, np.pi / np.array([1.0, 10.0]) / c * loss, rtol=1e-9)
        np.testing.assert_allclose(found.velocity, c * (1 - np.log([1.0, 10.0]) / np.pi * loss), rtol=1e-9)


def direct_slope(periods: np.ndarray, wave: str, mode: int, e: float) -> np.ndarray:
    """dU/de along vp (1 + e/Qp), vs (1 + e/Qs), by a central difference of half-width e."""
    h, vp, vs, rho = CRUST
    up, down = (
        sg.group_velocity(h, vp * (1 + s / QP), vs * (1 + s / QS), rho, periods, wave=wave, mode=mode) for s in (e, -e)
    )
    return (up - down) / (2 * e)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 1])
def test_dispersed_group_velocity_without_group_kernels(wave, mode):
    periods = np.array([3.0, 6.0])
    found = sg.attenuation(*CRUST, periods, qp=QP, qs=QS, wave=wave, mode=mode)
    c, u = (f(*CRUST, periods, wave=wave, mode=mode) for f in (sg.phase_velocity, sg.group_velocity))
    a = found.gamma * c**2 * periods / np.pi
    change = (4 * direct_slope(periods, wave, mode, 0.02) - direct_slope(periods, wave, mode, 0.04)) / 3
    log = -np.log(periods) / np.pi
    steep = c - c**2 / u + a / np.pi + log * (c**2 * change / u**2 + a * (1 - 2 * c / u))
    np.testing.assert_allclose(found.group, (c + log * a) ** 2 / (c + log * a - steep), rtol=1e-8)


# A published table (Computer Programs in Seismology, four digits): 40 km of Qp 600, Qs 300 on a lossless half-space.

SCM = (np.array([40.0, 0.0]), np.array([6.0, 8.0]), np.array([3.5, 4.7]), np.array([2.7, 3.3]))
TABLE = SCM_TABLE.with_name("srfker96q.txt")
LOSSES = {"qp": [600.0, np.inf], "qs": [300.0, np.inf]}
HEAD = re.compile(
    r"^Anelastic (Love|Rayleigh) wave:\s+Period=\s*(\S+) Mode =\s*(\d+) C=\s*(\S+) U=\s*(\S+) GAMMA=\s*(\S+)"
)
needs_table = pytest.mark.skipif(not TABLE.exists(), reason="../shared/data/cps/kernels_scm_2layer is absent")


def blocks() -> Iterator[tuple[str, float, int, float, float, float, dict[str, np.ndarray]]]:
    """(wave, period, mode, c, U, gamma, columns of both layers) of every anelastic block."""
    lines = TABLE.read_text().splitlines()
    for i, line in enumerate(lines):
        if head := HEAD.match(line):
            rows = np.array([[float(word) for word in lines[i + 2 + j].split()] for j in range(2)])
            columns = dict(zip(lines[i + 1].split(), rows.T, strict=True))
            wave, period, mode, c, u, gamma = head.groups()
            yield wave.lower(), float(period), int(mode), float(c), float(u), float(gamma), columns


@needs_table
def test_published_velocities_and_decay_are_met():
    seen = 0
    for wave, period, mode, c, u, gamma, _ in blocks():
        found = sg.attenuation(*SCM, [period], wave=wave, mode=mode, **LOSSES)
        assert found.velocity[0] == pytest.approx(c, abs=6e-4)
        assert found.gamma[0] == pytest.approx(gamma, rel=5e-4)
        elastic = float(sg.phase_velocity(*SCM, [period], wave=wave, mode=mode)[0])
        assert abs(elastic - c) > 2e-3  # the elastic velocity would not pass
        # The table's U is of first order and takes A to be the same at all frequencies; so taken, it is met.
        group = float(sg.group_velocity(*SCM, [period], wave=wave, mode=mode)[0])
        share = group / elastic
        change = elastic**2 * period / np.pi * found.gamma[0]
        steady = group + share * (2 - share) * (found.velocity[0] - elastic) + share**2 * change / np.pi
        assert steady == pytest.approx(u, abs=6e-4)
        seen += 1
    assert seen >= 10


def test_group_velocity_is_that_of_the_medium_whose_velocities_change_with_period():
    # Love mode 1 of the table at 11 s, where A changes fast: the slope of the solved velocities, not the table's 3.276.
    periods = 11.0 * (1 + np.array([-1e-3, -5e-4, 5e-4, 1e-3]))
    k = []
    for period in periods:
        log = np.log(1.0 / period) / np.pi
        h, vp, vs, rho = SCM
        medium = h, vp * (1 + log / np.array(LOSSES["qp"])), vs * (1 + log / np.array(LOSSES["qs"])), rho
        k.append(2 * np.pi / period / sg.phase_velocity(*medium, [period], wave="love", mode=1)[0])
    w = 2 * np.pi / periods
    coarse, fine = (w[3] - w[0]) / (k[3] - k[0]), (w[2] - w[1]) / (k[2] - k[1])
    slope = (4 * fine - coarse) / 3
    found = sg.attenuation(*SCM, [11.0], wave="love", mode=1, **LOSSES)
    assert found.group[0] == pytest.approx(slope, abs=2e-4)
    assert abs(slope - 3.276) > 5e-3


@needs_table
def test_published_derivatives_by_each_layer_s_loss_are_met():
    for wave, period, mode, *_, columns in blocks():
        elastic = float(sg.phase_velocity(*SCM, [period], wave=wave, mode=mode)[0])
        for layer in range(2):
            for column, name in (("Qai", "qp"), ("Qbi", "qs")):
                if f"dc/d{column}" not in columns:
                    continue
                quality = {"qp": np.full(2, np.inf), "qs": np.full(2, np.inf)}
                quality[name][layer] = 1e3
                found = sg.attenuation(*SCM, [period], wave=wave, mode=mode, **quality)
                printed = columns[f"dc/d{column}"][layer], columns[f"dg/d{column}"][layer]
                # 1e-3: the half-space's kernels of this table differ by that much at short periods.
                assert 1e3 * (found.velocity[0] - elastic) == pytest.approx(printed[0], rel=1e-3)
                assert 1e3 * found.gamma[0] == pytest.approx(printed[1], rel=1e-3)


def test_no_loss_no_change():
    periods = np.array([3.0, 20.0])
    found = sg.attenuation(*CRUST, periods, qp=np.inf, qs=np.inf)
    np.testing.assert_array_equal(found.velocity, sg.phase_velocity(*CRUST, periods))
    np.testing.assert_allclose(found.group, sg.group_velocity(*CRUST, periods), rtol=1e-13)
    assert np.all(found.gamma == 0)
    assert np.all(np.isinf(found.quality) & np.isinf(found.spatial_quality))


def test_velocities_hold_at_the_reference_period():
    found = sg.attenuation(*CRUST, [5.0, 20.0], qp=QP, qs=QS, reference_period=20.0)
    elastic = sg.phase_velocity(*CRUST, [5.0, 20.0])
    assert found.velocity[1] == elastic[1]
    assert found.velocity[0] > elastic[0]  # shorter periods are faster
    assert found.reference_period == 20.0


def test_water_has_no_shear_to_lose():
    ocean = tuple(np.insert(column, 0, value) for column, value in zip(CRUST, (3.0, 1.5, 0.0, 1.03), strict=True))
    lossless = np.insert(QP, 0, np.inf)
    one, other = (sg.attenuation(*ocean, [8.0, 20.0], qp=lossless, qs=np.insert(QS, 0, q)) for q in (1.0, np.inf))
    np.testing.assert_array_equal(one.gamma, other.gamma)
    assert np.all(np.isfinite(one.quality) & np.isfinite(one.group))
    wet = sg.attenuation(*ocean, [8.0, 20.0], qp=np.insert(QP, 0, 50.0), qs=np.insert(QS, 0, 1.0))
    assert np.all(wet.gamma > one.gamma)


def test_love_waves_know_nothing_of_qp():
    one, other = (sg.attenuation(*CRUST, [5.0], qp=q, qs=QS, wave="love") for q in (QP, 10.0))
    assert (one.gamma, one.velocity) == (other.gamma, other.velocity)


def test_shapes_follow_the_batch_and_untrapped_modes_are_nan():
    models = [np.stack([column, 1.02 * column]) for column in CRUST]
    found = sg.attenuation(*models, [2.0, 300.0, 3.0], qp=QP, qs=100.0, mode=1)
    for name in ("quality", "spatial_quality", "gamma", "velocity", "group", "status"):
        assert getattr(found, name).shape == (2, 3)
    assert np.isnan(found.velocity).tolist() == np.isnan(found.group).tolist() == [[False, True, False]] * 2
    assert np.all(found.status[:, 1] == sg.Status.NO_MODE)
    alone = sg.attenuation(*CRUST, [3.0], qp=QP, qs=100.0, mode=1)
    assert found.gamma[0, 2] == pytest.approx(alone.gamma[0], rel=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.5, -100.0, np.nan])
@pytest.mark.parametrize("name", ["qp", "qs"])
def test_a_bad_quality_is_named(name, value):
    quality = {"qp": QP.copy(), "qs": QS.copy()}
    quality[name][2] = value
    with pytest.raises(ModelError, match=rf"^{name}\[2\]: {value:g} given; values of 1 and above are allowed"):
        sg.attenuation(*CRUST, [10.0], **quality)


def test_other_bad_input_is_named():
    with pytest.raises(ModelError, match=r"qs: \[1, 2\] given"):
        sg.attenuation(*CRUST, [10.0], qp=QP, qs=[1, 2])
    with pytest.raises(UsageError, match="reference_period: 0 given"):
        sg.attenuation(*CRUST, [10.0], qp=QP, qs=QS, reference_period=0)
