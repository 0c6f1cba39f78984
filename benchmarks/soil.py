"""What is a surrogate trained on crustal models worth a hundred times smaller, and does its score tell where?

Run from the repository root: `python -m benchmarks.soil CHECKPOINT [--models 60] [--page docs/surrogates.md]`.
Tables: scaled copies of tectonic models (what must be equal to rounding, beside the exact engine); soil profiles
of the prior near_surface at 0.02-0.6 s, by band; and how errors divide between inside and outside by `score`.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.doc_tables import replace_between, table
from benchmarks.strict_scores import drawn_models

from surfgrad.audit.bands import band_index, bands_of
from surfgrad.audit.profile import profile_metrics
from surfgrad.waves.forward import ExactForward

CRUST, SOIL = np.geomspace(2.0, 60.0, 16), np.geomspace(0.02, 0.6, 16)
SEED = 911
SETS = {"decorrelated": CRUST, "weak": CRUST, "tectonic": CRUST, "litho1": CRUST, "near_surface": SOIL}
COPIES = {
    "depths and periods x 0.01": (0.01, 1.0, 1.0),
    "velocities x 0.1, periods x 10": (1.0, 0.1, 1.0),
    "densities x 0.6": (1.0, 1.0, 0.6),
    "all three: depths x 0.01, periods x 0.1": (0.01, 0.1, 0.6),
}
"""Factors of depths, velocities and densities; of periods it is depths over velocities."""
WRONG, KERNEL_WRONG = 0.02, 0.3  # share of c; relative L2

Found = dict[str, np.ndarray]


def main() -> None:
    """Measure, print or write."""
    import torch

    from surfgrad.surrogates.checkpoint import load_surrogate

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("--models", type=int, default=60)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    surrogate = load_surrogate(given.checkpoint)
    found = {source: compared(surrogate, source, given.models) for source in SETS}
    tables = {
        "soil: scaled copies": copies(surrogate, given.models),
        "soil: errors": errors(found["near_surface"]),
        "soil: inside and outside": divided(found),
        "soil: what remains": remains(found["near_surface"], given.models),
    }
    for name, text in tables.items():
        if given.page is None:
            print(f"{name}\n{text}\n")
        else:
            replace_between(given.page, name, text)


def compared(surrogate: Any, source: str, count: int) -> Found:
    """Arrays (N, W, T) of one set: relative error of c, metrics of vs kernels, score; where the engine has a value."""
    models, periods = drawn_models(source, count, SEED), SETS[source]
    exact, learned = ExactForward(threads=1).jacobian(models, periods), surrogate.jacobian(models, periods)
    metrics = profile_metrics(learned.vs, exact.vs, exact.vs, models[0], np.ones(models[0].shape, dtype=bool))
    return {
        "exact": exact.velocity,
        "error": np.abs(learned.velocity / exact.velocity - 1),
        "L2": metrics["relative_l2"],
        "cosine": metrics["cosine"],
        "inside": surrogate.score(models, periods) <= 1,
    }


def copies(surrogate: Any, count: int) -> str:
    """Largest deviations of scaled answers, for the surrogate and the engine."""
    models = drawn_models("tectonic", count, SEED)
    cells = [[name, *_deviations(surrogate, models, *factors)] for name, factors in COPIES.items()]
    head = ["copy", "c: surrogate", "engine", "vs kernels: surrogate", "engine"]
    lines = [[name, f"{a:.0e}", f"{c:.0e}", f"{b:.0e}", f"{d:.0e}"] for name, (a, b), (c, d) in cells]
    return table(head, lines)


def _deviations(surrogate: Any, models: Any, depth: float, speed: float, density: float) -> list[tuple[float, float]]:
    thickness, vp, vs, rho = models
    scaled = (depth * thickness, speed * vp, speed * vs, density * rho)
    found = []
    for forward in (surrogate, ExactForward(threads=1)):
        whole = forward.jacobian(models, CRUST)
        copy = forward.jacobian(scaled, CRUST * depth / speed)
        size = np.linalg.norm(whole.vs, axis=-1)
        kernel = np.linalg.norm(copy.vs - whole.vs, axis=-1) / size
        found.append((np.nanmax(np.abs(copy.velocity / speed / whole.velocity - 1)), np.nanmax(kernel)))
    return found


def errors(found: Found) -> str:
    """Soil by wave and band."""
    bands = bands_of(SOIL)
    index = band_index(SOIL, bands)
    head = [
        "wave",
        "band, s",
        "error of c: mean, m/s",
        "median",
        "95 %",
        "no value",
        "vs L2",
        "cosine",
        "cosine, 5 %",
    ]
    lines = []
    for row, wave in enumerate(("rayleigh", "love")):
        for number, name in enumerate([*(band.name for band in bands), "all"]):
            part = {key: values[:, row][:, (index == number) | (name == "all")] for key, values in found.items()}
            known = np.isfinite(part["exact"])
            error, missing = part["error"][known], np.isnan(part["error"][known]).mean()
            lines.append([wave, name, f"{1000 * np.nanmean(part['error'] * part['exact']):.1f}"])
            lines[-1] += [f"{100 * np.nanquantile(error, level):.2g} %" for level in (0.5, 0.95)]
            lines[-1] += [f"{100 * missing:.1f} %", f"{np.nanmedian(part['L2']):.3f}"]
            lines[-1] += [f"{np.nanquantile(part['cosine'], level):.4f}" for level in (0.5, 0.05)]
    return table(head, lines)


def divided(found: dict[str, Found]) -> str:
    """Inside and outside by the score, both waves together."""
    head = ["set", "inside", f"c wrong by {100 * WRONG:g} %: inside", "outside"]
    head += ["vs L2, median and 95 %: inside", "outside", f"vs L2 above {KERNEL_WRONG:g}: inside", "outside"]
    lines = []
    for source, part in found.items():
        known, inside = np.isfinite(part["exact"]), part["inside"]
        sides = [known & inside, known & ~inside]
        lines.append([source, f"{100 * inside[known].mean():.1f} %"])
        lines[-1] += [_share(part["error"], side, lambda each: ~(each <= WRONG)) for side in sides]
        lines[-1] += [_two(part["L2"][side]) for side in sides]
        lines[-1] += [_share(part["L2"], side, lambda each: ~(each <= KERNEL_WRONG)) for side in sides]
    return table(head, lines)


def remains(found: Found, count: int) -> str:
    """What sets apart the soil kernels that are wrong and count as inside."""
    _, vp, vs, _ = drawn_models("near_surface", count, SEED)
    contrast, ratio = (vs[:, 1:] / vs[:, :-1]).max(axis=1), (vp / vs).max(axis=1)
    inside = found["inside"] & np.isfinite(found["L2"])
    wrong = inside & (found["L2"] > KERNEL_WRONG)
    sides = [np.nonzero(each)[0] for each in (wrong, inside & ~wrong)]
    told = [[f"{np.median(quantity[side]):.1f}" for side in sides] for quantity in (contrast, ratio)]
    return (
        f"Kernels that are wrong and count as inside belong to {len(set(sides[0]))} of {count} models. Their largest"
        f" jump of vs from a layer to the next is {told[0][0]}-fold (median; {told[0][1]}-fold where they are right),"
        f" their largest vp/vs {told[1][0]} ({told[1][1]}); the error of c is"
        f" {100 * np.median(found['error'][wrong]):.1f} % (median)."
    )


def _share(values: np.ndarray, side: np.ndarray, wrong: Callable[[np.ndarray], np.ndarray]) -> str:
    """A value or kernel that is missing is wrong."""
    return f"{100 * wrong(values[side]).mean():.1f} %" if side.any() else ""


def _two(values: np.ndarray) -> str:
    known = values[np.isfinite(values)]
    return ", ".join(f"{np.quantile(known, level):.3f}" for level in (0.5, 0.95)) if known.size else ""


if __name__ == "__main__":
    main()
