"""Models and data files that several examiners use."""

from pathlib import Path

import numpy as np

from tests.reference.stiffness import Model

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
ANALYTIC_TRUTH = SHARED / "analytic_truth.json"
SCM_TABLE = SHARED / "cps" / "kernels_scm_2layer" / "srfker96noq.txt"


def random_model(
    rng: np.random.Generator,
    layers: int = 5,
    vs: tuple[float, float] = (0.8, 4.5),
    thickness: tuple[float, float] = (0.5, 8.0),
    ratio: tuple[float, float] = (1.45, 2.6),
    sort: float = 0.5,
) -> Model:
    """Layers drawn independently (low-velocity zones and strong contrasts come by themselves), the fastest below.

    With probability `sort` the layers are ordered by vs. The half-space is 5 % faster than the fastest layer.
    """
    speed = np.exp(rng.uniform(np.log(vs[0]), np.log(vs[1]), layers))
    if rng.random() < sort:
        speed.sort()
    speed[-1] = 1.05 * speed.max()
    h = np.exp(rng.uniform(np.log(thickness[0]), np.log(thickness[1]), layers))
    h[-1] = 0.0
    return h, speed * rng.uniform(*ratio, layers), speed, rng.uniform(1.6, 3.3, layers)
