"""The same numbers with compilation off: what users run and what can be stepped through are one program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

SCRIPT = """
import json
from surfgrad.waves.kernels import phase_kernels
from surfgrad.waves.phase import phase_velocity
model = ([2.0, 20.0, 0.0], [5.0, 6.2, 8.0], [2.8, 3.6, 4.5], [2.4, 2.75, 3.3])
out = {}
for wave in ("rayleigh", "love"):
    out[wave] = phase_velocity(*model, [3.0, 300.0], wave=wave, mode=1).tolist()
    kernels = phase_kernels(*model, [12.0], wave=wave)
    out[wave + " kernels"] = [kernels[name].tolist() for name in ("thickness", "vp", "vs", "rho")]
print(json.dumps(out))
"""


def run(disable: str) -> dict[str, np.ndarray]:
    source = str(Path(__file__).resolve().parents[2] / "src")
    path = os.pathsep.join([source, os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "NUMBA_DISABLE_JIT": disable, "PYTHONPATH": path}
    text = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True
    ).stdout
    return {name: np.array(values, dtype=float) for name, values in json.loads(text).items()}


def test_interpreted_and_compiled_give_the_same_numbers():
    compiled, interpreted = run("0"), run("1")
    assert np.isfinite(compiled["love"][0])
    for name, values in compiled.items():
        np.testing.assert_allclose(interpreted[name], values, rtol=1e-12, atol=1e-12 * np.nanmax(np.abs(values)))
