"""How well kernels obey the rules that hold exactly in a flat Earth, on random models of every difficult family.

Run from the repository root: `python -m benchmarks.exact_rules [models a family, default 12] [--keep]`. Largest
residuals, over the sum of the absolute terms: of c by both rules, of c - c^2/U with U from energy integrals, of U.
`tests/waves/test_exact_rules.py` derives, limits and lies to them.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys

import numpy as np
from benchmarks.kept import Record, keep
from benchmarks.truth.families import FAMILIES
from tests.waves.test_exact_rules import cases, residuals

import surfgrad as sg


def found(models: int) -> Record:
    """All families together."""
    by_scale: list[np.ndarray] = []
    by_density, by_energy, group = [], [], []
    for family in FAMILIES:
        for model, periods, wave, mode in cases(family, models, seed=80):
            asked = {"wave": wave, "mode": mode, "threads": 1}
            phase = sg.phase_kernels(*model, periods, **asked)
            c, u = phase.velocity, sg.group_velocity(*model, periods, **asked, method="energy")
            scale, density = residuals(phase, model, c)
            by_scale.append(scale)
            by_density.append(density)
            # Over c^2/U, which grows without bound towards U = 0; beside another mode neither route is exact.
            moved = (phase.thickness * model[0]).sum(axis=-1)
            alone = phase.status != sg.Status.CLOSE_MODES
            by_energy.append(np.where(alone, (moved - (c - c * c / u)) * np.abs(u) / c**2, np.nan))
            kernels = sg.group_kernels(*model, periods, **asked)
            group.append(residuals(kernels, model, kernels.velocity)[0])
    parts = {"scale": by_scale, "density": by_density, "energy": by_energy, "group": group}
    sizes = {name: np.abs(np.concatenate(each)) for name, each in parts.items()}
    known = {name: each[np.isfinite(each)] for name, each in sizes.items()}
    largest = {name: float(each.max()) for name, each in known.items()}
    spread = {f"group_{q}": float(np.quantile(known["group"], q / 100)) for q in (50, 99)}
    return {"values": len(known["scale"]), "group_values": len(known["group"]), **largest, **spread}


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument != "--keep"] or [12]
    record = found(*numbers)
    print(record)
    if "--keep" in sys.argv:
        keep("exact_rules", f"python -m benchmarks.exact_rules {numbers[0]}", {"rules": [record]})
