"""The same numbers with compilation off: what users run and what can be stepped through are one program."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.waves import liars
from tests.waves.engine import ENGINE, Engine

MODEL = ([2.0, 20.0, 0.0], [5.0, 6.2, 8.0], [2.8, 3.6, 4.5], [2.4, 2.75, 3.3])
ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import json
from tests.waves.test_interpreted import numbers
from tests.waves.engine import ENGINE
print(json.dumps({name: values.tolist() for name, values in numbers(ENGINE).items()}))
"""


def numbers(engine: Engine) -> dict[str, np.ndarray]:
    """A tiny sample of everything: an overtone, an untrapped period, all kernels."""
    out = {}
    for wave in ("rayleigh", "love"):
        out[wave] = engine.phase_velocity(*MODEL, [3.0, 300.0], wave=wave, mode=1)
        kernels = engine.phase_kernels(*MODEL, [12.0], wave=wave)
        out[f"{wave} kernels"] = np.array([kernels[name] for name in ("thickness", "vp", "vs", "rho")])
        out[f"{wave} count"] = engine.mode_count(*MODEL, [0.5], [4.4], wave=wave)
    return out


def interpreted(environment: dict[str, str]) -> dict[str, np.ndarray]:
    """The sample from a process of its own."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, **environment, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: np.array(values, dtype=float) for name, values in json.loads(done.stdout).items()}


def differences(stepped: dict[str, np.ndarray], compiled: dict[str, np.ndarray]) -> list[str]:
    """Names of the numbers that are not the same to 1e-12, or not missing in the same places."""
    found = []
    for name, values in compiled.items():
        size = np.nanmax(np.abs(values))
        if not np.allclose(stepped[name], values, rtol=1e-12, atol=1e-12 * size, equal_nan=True):
            found.append(name)
    return found


def test_interpreted_and_compiled_give_the_same_numbers():
    compiled, stepped = numbers(ENGINE), interpreted({"NUMBA_DISABLE_JIT": "1"})
    for wave in ("rayleigh", "love"):
        assert np.isfinite(compiled[wave]).tolist() == [True, False]
    assert set(stepped) == set(compiled)
    assert not differences(stepped, compiled)


@pytest.mark.parametrize(
    ("liar", "named"),
    [
        (liars.shifted(1e-11), {"rayleigh", "love"}),
        (liars.next_mode(), {"rayleigh", "love"}),
        (liars.flipped("rho", 1), {"rayleigh kernels", "love kernels"}),
        (liars.without_halfspace(), {"rayleigh kernels", "love kernels"}),
        (replace(ENGINE, mode_count=lambda *a, **o: ENGINE.mode_count(*a, **o) + 1), {"rayleigh count", "love count"}),
    ],
    ids=["shifted", "next mode", "flipped", "no half-space", "count"],
)
def test_another_program_is_told_apart(liar, named):
    assert set(differences(numbers(liar), numbers(ENGINE))) == named
