"""Stiff layers that are thin against the wavelength: a metre of rock on soil or mud, lids, alternating metres.

Minors cross an interface by powers of 2 (vs/c)^2, of which such a layer's own effect is a small difference.
"""

import numpy as np
import pytest
from benchmarks import kernel_routes as routes
from benchmarks.truth.judge import Value
from tests.reference.branch import slowest_root
from tests.waves import liars
from tests.waves.checks import largest_error
from tests.waves.engine import ENGINE

import surfgrad as sg
from surfgrad.status import Status

MUD = ([0.001, 0.03, 0.0], [4.2, 1.5, 1.6], [2.4, 0.1, 0.2], [2.5, 1.6, 1.8])
LID = ([0.286, 0.474, 0.0], [6.51, 0.54, 1.13], [3.95, 0.327, 0.67], [2.29, 2.88, 1.72])
ALTERNATING = (
    [0.001, 0.001, 0.001, 0.001, 3.3, 8.0, 0.0],
    [5.4, 8.6, 5.4, 8.6, 1.4, 6.0, 10.8],
    [2.7, 4.3, 2.7, 4.3, 0.93, 2.4, 4.5],
    [1.9, 2.5, 2.1, 2.9, 2.1, 2.3, 1.7],
)
BURIED = (
    [0.05, 5.0, 0.6, 0.015, 0.0],
    [8.2, 0.6, 8.9, 1.7, 9.1],
    [4.3, 0.29, 4.5, 0.82, 4.7],
    [2.5, 2.0, 3.0, 1.9, 2.9],
)
CASES = {
    "a metre of rock on mud": (MUD, 33.0),
    "a lid": (LID, 23.6),
    "alternating metres": (ALTERNATING, 5.1),
    "buried and on top": (BURIED, 32.0),
}


@pytest.mark.parametrize(("model", "period"), CASES.values(), ids=CASES)
def test_c_keeps_its_digits(model, period):
    truth = float(slowest_root(model, period, "rayleigh", 0, digits=17))
    assert largest_error(ENGINE, model, [period], "rayleigh", 0, [truth]) < 1e-12
    assert largest_error(liars.shifted(1e-10), model, [period], "rayleigh", 0, [truth]) > 1e-12


@pytest.mark.parametrize(("model", "period"), CASES.values(), ids=CASES)
def test_kernels_agree_with_energy_integrals(model, period):
    columns = tuple(np.array(column) for column in model)
    c = float(sg.phase_velocity(*columns, [period])[0])
    value = Value(columns, period, "rayleigh", 0, c, Status.OK)
    energy, own = routes.phase(value, "energy")[1], routes.phase(value, "implicit")[1]
    assert routes.difference(value, energy, own) < 1e-9
    own[2, np.argmax(np.abs(own[2]))] *= 1 + 1e-8
    assert routes.difference(value, energy, own) > 1e-9


@pytest.mark.parametrize(("model", "period"), CASES.values(), ids=CASES)
def test_company_of_short_waves_costs_no_digit(model, period):
    """Lanes for which the layers are thick share the sweep, so that every lane goes its own way."""
    periods = np.append(np.geomspace(0.5, 0.9 * period, 15), period)
    alone = sg.phase_velocity(*model, [period])[0]
    assert abs(sg.phase_velocity(*model, periods)[-1] / alone - 1) < 1e-12
    short = sg.dispersion(*model, periods[:3])
    for c, t in zip(short.velocity, periods, strict=False):
        truth = float(slowest_root(model, t, "rayleigh", 0, digits=17))
        assert abs(c / truth - 1) < 1e-12


def test_the_layer_matters():
    """Without its metre of rock the mud's velocity is another, by far more than what is asked above."""
    bare = tuple(column[1:] for column in MUD)
    assert abs(sg.phase_velocity(*bare, [33.0])[0] / sg.phase_velocity(*MUD, [33.0])[0] - 1) > 1e-6
