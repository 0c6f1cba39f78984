"""The elastic columns of a published kernel table (Computer Programs in Seismology, a 40-km crust, four digits)."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.reference.samples import SCM_TABLE
from tests.waves import liars
from tests.waves.engine import ENGINE, Engine

SCM = (np.array([40.0, 0.0]), np.array([6.0, 8.0]), np.array([3.5, 4.7]), np.array([2.7, 3.3]))
TOLERANCE = 5e-4
"""Half a unit of the last printed digit of 1.000, the worst case."""
HEAD = re.compile(r"^Elastic\s+(Love|Rayleigh) wave:\s+Period=\s*(\S+)\s+Mode\s*=\s*(\d+)\s+C=\s*(\S+)")
COLUMNS = {"dc/da": "vp", "dc/db": "vs", "dc/dh": "thickness"}

pytestmark = pytest.mark.skipif(not SCM_TABLE.exists(), reason="../shared/data/cps/kernels_scm_2layer is absent")


def blocks(path: Path) -> Iterator[tuple[str, float, int, float, dict[str, np.ndarray]]]:
    """(wave, period, mode, c, printed kernels of the two layers) of every elastic block."""
    lines = path.read_text().splitlines()
    for i, line in enumerate(lines):
        head = HEAD.match(line)
        if head:
            names = [name.lower() for name in lines[i + 1].split()]
            rows = np.array([[float(word) for word in lines[i + 2 + j].split()] for j in range(2)])
            printed = {COLUMNS[name]: rows[:, names.index(name)] for name in COLUMNS if name in names}
            wave, period, mode, c = head.groups()
            yield wave.lower(), float(period), int(mode), float(c), printed


def deviations(engine: Engine) -> list[tuple[float, str]]:
    """(relative deviation, case) of every printed number that is not zero; zeros must be zeros."""
    found = []
    for wave, period, mode, c, printed in blocks(SCM_TABLE):
        kernels = engine.phase_kernels(*SCM, [period], wave=wave, mode=mode)
        found.append((abs(float(kernels.velocity[0]) - c) / c, f"{wave} {mode} T={period} c"))
        for name, values in printed.items():
            for layer, value in enumerate(values):
                ours = float(kernels[name][0, layer])
                error = abs(ours / value - 1) if value else np.inf * (ours != 0) if ours else 0.0
                found.append((error, f"{wave} {mode} T={period} {name} layer {layer + 1}: {ours} against {value}"))
    return found


def test_printed_kernels_are_met():
    found = deviations(ENGINE)
    assert len(found) > 60
    error, case = max(found)
    assert error < TOLERANCE, case


@pytest.mark.parametrize("liar", [liars.flipped("thickness", 0), liars.one_sided(2e-3), liars.without_halfspace()])
def test_liars_are_rejected(liar):
    assert max(deviations(liar))[0] > TOLERANCE
