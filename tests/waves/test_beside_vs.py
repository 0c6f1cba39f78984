"""Group velocity beside the half-space's vs: the decay rate (1 - c^2/vs^2)^(1/2) has digits that c has not."""

from dataclasses import replace

import mpmath as mp
import numpy as np
import pytest
from benchmarks.truth.families import hugging
from tests.reference import meeting
from tests.reference.stiffness import Model

import surfgrad as sg
from surfgrad.status import Status
from surfgrad.waves.layers import settled_rate

LIMITS = {"love": 1e-13, "rayleigh": 1e-11}
"""Minors of P-SV waves leave more rounding; without the layers' rate either wave is off by 1e-10 to 1e-9."""
HUGGING = (
    [4.166673625290302, 4.123126163348549, 0.0],
    [2.5636576430889955, 4.23238028340171, 8.110818929810954],
    [1.5756841050832842, 2.2539328648725463, 4.089492702511804],
    [1.8036987652353957, 2.7166091410204944, 3.2832521415629747],
)
"""Love mode 2 at `PERIOD` is 1e-13 slower than the half-space's vs; U was once 1.0e-9 off."""
PERIOD = 3.7703335990047866


def root(model: Model, period: float, wave: str, number: int) -> meeting.Mode:
    """The engine's mode in 60 digits."""
    c = float(sg.phase_velocity(*model, [period], wave=wave, mode=number)[0])
    return meeting.find_mode(model, period, wave, number, c)


def off(group: float, mode: meeting.Mode) -> float:
    """Relative error of a group velocity."""
    return abs(group / float(meeting.group(mode)) - 1)


def test_group_velocity_has_the_digits_that_rounding_of_c_takes():
    mode = root(HUGGING, PERIOD, "love", 2)
    assert off(float(sg.group_velocity(*HUGGING, [PERIOD], wave="love", mode=2)[0]), mode) < LIMITS["love"]
    c = float(meeting.velocity(mode))
    with mp.workdps(meeting.DIGITS):
        rounded = replace(mode, k=mode.w / mp.mpf(c))
    assert off(float(meeting.group(rounded)), mode) > 1e-10


@pytest.mark.parametrize("wave", ["love", "rayleigh"])
def test_group_velocities_of_random_models_beside_vs(wave):
    rng, met = np.random.default_rng(5), 0
    while met < 8:
        model, periods = hugging(rng)
        for number in (1, 2, 3):
            record = sg.dispersion(*model, periods, wave=wave, mode=number)
            near = (record.status == Status.OK) & (record.velocity > (1 - 1e-7) * model[2][-1])
            for period in periods[near]:
                met += 1
                group = float(sg.group_velocity(*model, [period], wave=wave, mode=number)[0])
                assert off(group, root(model, float(period), wave, number)) < LIMITS[wave]


def test_the_rate_of_the_layers_is_taken_only_where_rounding_hides_that_of_c():
    vs = 3.7
    for rate in (3e-8, 1e-6, 1e-3, 0.5):
        c = vs * (1 - 0.5 * rate**2) if rate < 0.1 else vs * np.sqrt(1 - rate**2)
        own = settled_rate(c * c, vs**-2, np.nan)
        assert settled_rate(c * c, vs**-2, rate * (1 + 1e-16)) == pytest.approx(rate, rel=1e-6)
        for wrong in (-rate, 0.0, np.sqrt(rate**2 + 1e-14), np.inf):
            assert settled_rate(c * c, vs**-2, wrong) == own
    assert settled_rate(vs * vs, vs**-2, np.nan) > 0
