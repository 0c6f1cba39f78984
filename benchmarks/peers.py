"""surfgrad beside disba, pysurf96 and dispcal: time, failures, wrong modes, accuracy, kernels; markdown tables.

Run from the repository root: `python -m benchmarks.peers [models per family, default 6] [repeats, default 3] [family]
[--keep]`. With the first word of a family's name (weak, tectonic, crust, soil) its rows alone; `--keep`, of all
families, writes the results that the documentation quotes, and fills in its tables. One thread, the same
models in one run, solvers alternating model by model; processor time, so that other work on the machine weighs little;
medians. Which branch a value lies on is judged by the double-precision stiffness count of `tests/reference`, which is
no solver's own.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from benchmarks import pages
from benchmarks.kept import Record, keep
from benchmarks.models import PERIODS, Arrays
from benchmarks.peers_tables import WAVES, curves, kernels, whole_curves
from benchmarks.solvers import CURVES, KERNELS, available
from tests.reference.float_count import count_float

from surfgrad.earth.priors import draw
from surfgrad.waves.phase import phase_velocity

NEAR = 5e-4
"""Relative distance in frequency within which a value counts as lying on a branch."""
KERNEL_PERIODS = np.array([5.0, 15.0, 40.0])
KERNEL_MODELS = 3
BATCH = 1000
"""Models of one call of surfgrad's, the family's own over and over."""


@dataclass(frozen=True)
class Family:
    """Models with the curves that are asked of them."""

    name: str
    models: list[Arrays]
    periods: np.ndarray
    curves: tuple[tuple[str, int], ...]
    """(wave, mode) pairs."""


def prior(name: str, count: int) -> list[Arrays]:
    """256 layers each."""
    return [tuple(np.asarray(column, float) for column in draw(name, 1, index)) for index in range(count)]


def crust(rng: np.random.Generator) -> Arrays:
    """Ten layers, mostly faster with depth."""
    vs = np.sort(rng.uniform(2.0, 4.4, 10)) * rng.uniform(0.95, 1.05, 10)
    vs[-1] = 1.05 * vs.max()
    return np.append(rng.uniform(1.0, 8.0, 9), 0.0), 1.75 * vs, vs, 0.77 + 0.53 * vs


def soil(rng: np.random.Generator) -> Arrays:
    """Five layers of soil on rock, some of them softer than what lies above."""
    vs = np.sort(rng.uniform(0.1, 0.6, 5)) * rng.uniform(0.85, 1.15, 5)
    vs[-1] = vs[:-1].max() * rng.uniform(1.3, 2.5)
    return np.append(rng.uniform(0.002, 0.01, 4), 0.0), vs * rng.uniform(1.7, 3.0, 5), vs, rng.uniform(1.7, 2.2, 5)


def families(count: int) -> list[Family]:
    """What is compared; families of few layers have ten times as many models."""
    rng = np.random.default_rng(7)
    both = (("rayleigh", 0), ("love", 0))
    return [
        Family("weak prior, 256 layers", prior("weak", count), PERIODS, both),
        Family("tectonic prior, 256 layers", prior("tectonic", count), PERIODS, both),
        Family("crust, 10 layers", [crust(rng) for _ in range(10 * count)], PERIODS, both),
        Family(
            "soil, 5 layers, modes 0-3",
            [soil(rng) for _ in range(10 * count)],
            1.0 / np.geomspace(60.0, 3.0, 50),
            tuple((wave, mode) for wave in ("rayleigh", "love") for mode in range(4)),
        ),
    ]


def timed(function: Any, *arguments: Any) -> tuple[float, Any]:
    """Seconds of processor time, and what was returned."""
    start = time.process_time()
    result = function(*arguments)
    return time.process_time() - start, result


@dataclass
class Score:
    """One solver on one family and wave."""

    seconds: list[float]
    asked: int = 0
    missing: int = 0
    wrong: int = 0
    deviations: list[float] | None = None

    def judge(self, model: Arrays, periods: np.ndarray, wave: str, mode: int, values: np.ndarray) -> None:
        """Take in one curve: values asked for, missing, not on the branch, and how far off the certified root."""
        w, top = 2 * np.pi / periods, float(model[2][-1])
        trapped = count_float(model, w, w / top, wave) > mode
        given = np.isfinite(values) & (values <= top) & (values > 0.0)
        k = w / np.where(given, values, top)
        low = count_float(model, w * (1 - NEAR), k, wave)
        high = count_float(model, np.minimum(w * (1 + NEAR), k * top), k, wave)
        right = given & (low <= mode) & (high > mode)
        self.asked += int(trapped.sum())
        self.missing += int((trapped & np.isnan(values)).sum())
        self.wrong += int((np.isfinite(values) & ~right).sum())
        truth = phase_velocity(*model, periods, wave=wave, mode=mode, threads=1)
        both = right & np.isfinite(truth)
        self.deviations = (self.deviations or []) + list(np.abs(values[both] / truth[both] - 1))


def compare(family: Family, wave: str, repeats: int) -> list[Record]:
    """The records of one family and wave."""
    modes = [mode for kind, mode in family.curves if kind == wave]
    names = available(family.models[0])
    scores = {name: Score([]) for name in names}
    in_a_batch(family, wave, modes)  # compiles whatever these models need
    for mode in modes:
        for name in names:
            CURVES[name](family.models[0], family.periods, wave, mode)
        for model in family.models:
            spent: dict[str, list[float]] = {name: [] for name in names}
            for _ in range(repeats):
                for name in names:
                    seconds, values = timed(CURVES[name], model, family.periods, wave, mode)
                    spent[name].append(seconds)
                    if len(spent[name]) == repeats:
                        scores[name].judge(model, family.periods, wave, mode, values)
            for name in names:
                scores[name].seconds.append(float(np.median(spent[name])))
    batch = np.median([in_a_batch(family, wave, modes) for _ in range(repeats)])
    alone = float(np.median(scores["surfgrad"].seconds))
    return [record(family, wave, name, scores[name], alone, float(batch)) for name in names]


def in_a_batch(family: Family, wave: str, modes: list[int]) -> float:
    """Seconds a curve when surfgrad gets BATCH models in one call a mode."""
    chosen = np.arange(BATCH) % len(family.models)
    stacked = [np.stack(columns)[chosen] for columns in zip(*family.models, strict=True)]
    start = time.process_time()
    for mode in modes:
        phase_velocity(*stacked, family.periods, wave=wave, mode=mode, threads=1)
    return (time.process_time() - start) / (BATCH * len(modes))


def record(family: Family, wave: str, name: str, score: Score, alone: float, batch: float) -> Record:
    """One line of the table; of surfgrad itself `over_batch` is what a batch gains."""
    own = float(np.median(score.seconds))
    share = 1e4 / score.asked
    found = {"models": family.name, "wave": wave, "solver": name, "ms": 1e3 * own}
    found |= {"over_alone": own / alone, "over_batch": own / batch}
    found |= {"no_value_per_10000": share * score.missing, "wrong_per_10000": share * score.wrong}
    deviations = [0.0] if name == "surfgrad" else score.deviations
    return found | {"values": score.asked, "median": np.median(deviations), "largest": np.max(deviations)}  # type: ignore[arg-type]


def compare_kernels(family: Family, wave: str) -> list[Record]:
    """The records of the kernels' table: vs kernels, fundamental mode, three periods, a few models."""
    names = available(family.models[0])
    spent: dict[str, list[float]] = {name: [] for name in names}
    errors: dict[str, list[float]] = {name: [] for name in names}
    for name in names:
        KERNELS[name](family.models[0], KERNEL_PERIODS[-1:], wave, 0)
    for model in family.models[:KERNEL_MODELS]:
        exact = KERNELS["surfgrad"](model, KERNEL_PERIODS, wave, 0)
        for name in names:
            seconds, given = timed(KERNELS[name], model, KERNEL_PERIODS, wave, 0)
            spent[name].append(seconds)
            errors[name] += list(np.linalg.norm(given - exact, axis=1) / np.linalg.norm(exact, axis=1))
    alone = float(np.median(spent["surfgrad"]))
    found = []
    for name in names:
        own = float(np.median(spent[name]))
        facts = {"models": family.name, "wave": wave, "solver": name, "ms": 1e3 * own, "over": own / alone}
        found.append(facts | {"median": np.median(errors[name]), "largest": np.max(errors[name])})
    return found


def compare_whole_curves(family: Family, wave: str, repeats: int) -> Record:
    """Kernels of all four parameters at every period, beside dispcal's of vs alone and our own curve."""
    tasks = {"curve": CURVES["surfgrad"], "surfgrad": KERNELS["surfgrad"], "dispcal": KERNELS["dispcal"]}
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for model in family.models[:KERNEL_MODELS]:
        for name, task in tasks.items():
            task(model, family.periods[-1:], wave, 0)
            spent[name].append(min(timed(task, model, family.periods, wave, 0)[0] for _ in range(repeats)))
    curve, own, other = (float(np.median(spent[name])) for name in tasks)
    facts = {"models": family.name, "wave": wave, "curve_ms": 1e3 * curve, "ms": 1e3 * own, "over_curve": own / curve}
    return facts | {"dispcal_ms": 1e3 * other, "dispcal_over": other / own}


def main(count: int, repeats: int, only: str, kept: bool) -> None:
    """Measure; print the tables, or keep them. `only`: what the names of the families begin with."""
    everything = families(count)
    tasks = [(family, wave) for family in everything if family.name.startswith(only) for wave in WAVES]
    found: dict[str, list[Record]] = {"curves": [], "kernels": [], "whole_curves": []}
    for family, wave in tasks:
        print(f"{family.name}, {wave}", file=sys.stderr)
        found["curves"] += compare(family, wave, repeats)
        found["kernels"] += compare_kernels(family, wave) if family in everything[:3] else []
    if "dispcal" in available(everything[0].models[0]):
        found["whole_curves"] = [compare_whole_curves(*task, repeats) for task in tasks if task[0] in everything[:2]]
    if kept and not only:
        command = f"python -m benchmarks.peers {count} {repeats}"
        keep("peers", command, found, ("disba", "pysurf96", "dispcal"))
        pages.fill()
        return
    print("\n\n".join([curves(found["curves"]), kernels(found["kernels"]), whole_curves(found["whole_curves"])]))


if __name__ == "__main__":
    given = [argument for argument in sys.argv[1:] if argument != "--keep"]
    models, repeats, only = [*given, *("6", "3", "")[len(given) :]]
    main(int(models), int(repeats), only, "--keep" in sys.argv)
