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


def strong_contrast(rng: np.random.Generator) -> Model:
    """Soft layers on rock up to ten times faster, saturated now and then."""
    n = int(rng.integers(2, 5))
    speed = np.sort(rng.uniform(0.1, 0.6, n))
    speed[-1] = speed[-2] * rng.uniform(2.0, 10.0)
    ratio = rng.uniform(1.5, 2.5, n)
    if rng.random() < 0.5:
        ratio[0] = rng.uniform(3.0, 8.0)
    return np.append(rng.uniform(0.002, 0.03, n - 1), 0.0), speed * ratio, speed, rng.uniform(1.6, 2.7, n)


def thick_lid(rng: np.random.Generator) -> Model:
    """A layered top above one layer so thick that k h > 300 at the periods of `period_for`."""
    h, vp, vs, rho = random_model(rng, layers=4, thickness=(0.5, 3.0))
    thick = rng.uniform(1500.0, 4000.0)
    h, vs = np.insert(h, 3, thick), np.insert(vs, 3, vs[-1] / 1.02)
    return h, np.insert(vp, 3, 1.8 * vs[3]), vs, np.insert(rho, 3, 3.0)


def thin_layers(rng: np.random.Generator) -> Model:
    """Layers of 1 m, alternating fast and slow, between ordinary ones."""
    h, vp, vs, rho = random_model(rng, layers=4)
    where, n = int(rng.integers(0, 4)), int(rng.integers(1, 6))
    slow = np.where(np.arange(n) % 2 == 0, 0.6, 0.95) * vs[-1]
    return (
        np.insert(h, where, np.full(n, 0.001)),
        np.insert(vp, where, slow * rng.uniform(1.5, 2.2)),
        np.insert(vs, where, slow),
        np.insert(rho, where, rng.uniform(1.8, 3.0, n)),
    )


def channel(rng: np.random.Generator) -> Model:
    """A deep low-velocity channel under a fast lid: modes that live at depth."""
    h, vp, vs, rho = random_model(rng, layers=6, sort=1.0, vs=(2.5, 4.5))
    vs = vs.copy()
    vs[4] *= rng.uniform(0.6, 0.9)
    return h, vs * (vp / vs).clip(1.5, 2.2), vs, rho


FAMILIES = {
    "random": random_model,
    "strong contrast": strong_contrast,
    "thick lid": thick_lid,
    "1 m layers": thin_layers,
    "channel": channel,
}


def period_for(rng: np.random.Generator, model: Model) -> float:
    """A period, s, at which 1 to 5 modes or so are trapped: by S travel time through the layers that are not thick."""
    h, _, vs, _ = model
    ordinary = np.asarray(h) < 100.0
    time = float(np.sum(h[ordinary] * np.sqrt(1 / vs[ordinary] ** 2 - 0.9 / vs[-1] ** 2)))
    return 2 * np.pi * time / rng.uniform(1.0, 14.0)
