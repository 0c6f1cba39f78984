"""Searches end at the root: values that once were up to 1e-10 off, and group velocities made from them up to 2e-8.

Where F is small all along (soft lids hundreds of wavelengths thick, roots just above their vs), or is a step no wider
than what its last values lie apart, its slope alone does not tell how near the root is.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from tests.reference import meeting
from tests.waves import liars
from tests.waves.engine import ENGINE, Engine

import surfgrad as sg
from surfgrad.waves import point
from surfgrad.waves.layers import COLUMNS, layer_table
from surfgrad.waves.sweep import LOVE, evaluate


@dataclass(frozen=True)
class Case:
    """One value, and how far off it once was."""

    model: tuple[list[float], ...]
    period: float
    wave: str
    mode: int
    once: float


CASES = {
    "a step 1e-10 wide": Case(
        (
            [2.185846061886688, 1.047049516256179, 1.034805269401678, 3263.847670654557, 0.0],
            [5.818792214160128, 4.9410969590472344, 6.214382725071576, 7.100539527613577, 7.989071084357892],
            [3.8294357797988434, 2.4938469701905572, 3.832037205378756, 3.944744182007543, 4.023639065647694],
            [1.6228939325404748, 1.6867312749740853, 2.5118602697710473, 3.0, 2.1191668068579363],
        ),
        0.3620948395502633, "love", 0, 1.4e-10,
    ),
    "a soft lid": Case(
        (
            [11.183048993622819, 0.0],
            [0.43493803146144755, 1.0004753925900876],
            [0.20781423516910622, 0.4244789227765947],
            [1.6745348693887039, 2.703394187618792],
        ),
        0.2475256245199241, "love", 1, 3.8e-11,
    ),
    "mud on crust": Case(
        (
            [0.014456073908975221, 12.316393524774298, 9.885892148854847, 6.1887799966005925, 60.0, 0.0],
            [1.5, 5.399384924779689, 5.902884818728189, 6.784233922782491, 8.049999999999999, 7.980676869903439],
            [0.19382551271704504, 3.085362814159822, 3.3730770392732508, 3.876705098732852, 4.6, 4.560386782801965],
            [1.9000000000000001, 2.679876984955938, 2.780576963745638, 2.9568467845564985, 3.21, 3.196135373980688],
        ),
        0.3336196124103181, "rayleigh", 3, 1.2e-11,
    ),
}  # fmt: skip


def errors(engine: Engine, case: Case) -> tuple[float, float]:
    """Relative errors of c and of U, against the mode in 60 digits."""
    asked: dict[str, Any] = {"wave": case.wave, "mode": case.mode}
    c = float(engine.phase_velocity(*case.model, [case.period], **asked)[0])
    u = float(sg.group_velocity(*case.model, [case.period], **asked)[0])
    mode = meeting.find_mode(case.model, case.period, case.wave, case.mode, c)
    return abs(c / float(meeting.velocity(mode)) - 1), abs(u / float(meeting.group(mode)) - 1)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_values_that_were_once_off(case):
    by_c, by_u = errors(ENGINE, case)
    assert by_c < 1e-13
    assert by_u < 1e-11


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_they_were_is_told_from_the_root(case):
    assert errors(liars.shifted(case.once), case)[0] > 1e-13


def asked_for(case: Case) -> list[float]:
    """Every velocity that a search for a Love wave, from the half-space's vs down, asks for."""
    model = tuple(np.array(column) for column in case.model)
    table, row, at = np.empty((model[0].size, COLUMNS)), np.empty(point.COLUMNS), np.empty(2)
    layer_table(*model, table)
    omega, top = 2 * np.pi / case.period, float(model[2][-1])
    last, f, count = np.array([model[0].size - 1]), np.empty(1), np.empty(1, np.int64)
    point.begin(row, 0.999 * model[2].min(), top, 0.1 * top)
    found: list[float] = []
    while many := point.advance(row, case.mode, top, at):
        for c in at[:many].tolist():
            found.append(c)
            evaluate(LOVE, table, np.array([omega / c]), np.array([c]), last, f, count)
            point.learn(row, case.mode, c, f[0], count[0])
    return found


def repeated(velocities: list[float]) -> int:
    """How many of them had been asked for before."""
    return len(velocities) - len(set(velocities))


def test_no_velocity_is_asked_for_twice():
    # Modes 1e-5 apart: probes for the proof that the branch is alone meet others, and were once sent out four times.
    velocities = asked_for(CASES["a soft lid"])
    assert len(velocities) > 10
    assert repeated(velocities) == 0
    assert repeated([*velocities, velocities[-1]]) == 1
