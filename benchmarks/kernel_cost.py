"""All four kernels of a whole curve, in units of the curve's own time; one thread, 256 layers x 59 periods.

Run from the repository root: `python -m benchmarks.kernel_cost [models, default 8] [repeats, default 5]`.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time

import numpy as np
from benchmarks.models import PERIODS, weak_models

from surfgrad.waves.kernels import phase_kernels
from surfgrad.waves.phase import phase_velocity

TARGET = 4.0


def main(count: int = 8, repeats: int = 5) -> None:
    """Print one line per wave; the identity residual stands beside the time so that speed cannot hide an error."""
    models = weak_models(count)
    size = models[0][0].size
    print(f"{count} models, weak prior, {size} layers x {PERIODS.size} periods, one thread, medians of {repeats}")
    print("wave          forward       kernels    ratio                    |sum rho dc/drho| / c")
    for wave in ("rayleigh", "love"):
        phase_kernels(*models[0], PERIODS, wave=wave, threads=1)
        forward, kernels, residual = [], [], 0.0
        for model in models * repeats:
            start = time.perf_counter()
            phase_velocity(*model, PERIODS, wave=wave, threads=1)
            middle = time.perf_counter()
            record = phase_kernels(*model, PERIODS, wave=wave, threads=1)
            forward.append(middle - start)
            kernels.append(time.perf_counter() - middle)
            residual = max(residual, float(np.nanmax(np.abs(record.rho @ model[3] / record.velocity))))
        a, b = np.median(forward), np.median(kernels)
        verdict = "met" if b / a <= TARGET else "NOT MET"
        print(
            f"{wave:9s} {1e3 * a:9.2f} ms  {1e3 * b:9.2f} ms {b / a:7.2f} x"
            f"  (target {TARGET:.0f} x: {verdict})  {residual:.1e}"
        )


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
