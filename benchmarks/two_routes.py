"""Kernels by the secular function against kernels by energy integrals; where they differ, 60 digits say which is right.

    python -m benchmarks.two_routes [--cases 2000] [--seed 0] [--sample 4] [--out FILE.md] [--keep]

Run from the repository root. `--keep` writes the results that the documentation quotes. Models are those of
`benchmarks.truth`. Prints tables and a verdict; exit code 1 if kernels of the secular function differ from those of the
other route by more than 1e-8 and by more than the error estimate that they carry, unless 60 digits say that it is the
other route that is wrong; or if a sample differs from 60-digit differences by more than 1e-6 and its estimate. See
docs/accuracy.md.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from benchmarks import kernel_routes as routes
from benchmarks import pages
from benchmarks import two_routes_tables as tables
from benchmarks.kept import Record, keep
from benchmarks.kernel_routes import Array
from benchmarks.truth.families import FAMILIES
from benchmarks.truth.judge import Value, values
from benchmarks.truth.tally import Tally
from rich.console import Console
from rich.progress import track

import surfgrad as sg
from surfgrad.files import replacing
from surfgrad.waves.group_kernels import LIMIT

AGREE, DIFFERENCES = 1e-8, 1e-6
"""What two routes agree to; what kernels and high-precision differences agree to."""
MANY_LAYERS = 20
"""Models of more layers than this are not differentiated in 60 digits: it takes minutes."""
LEFT_OUT = ("1000 layers",)
QUANTITIES = ("phase", "group")


@dataclass
class Comparison:
    """One quantity in one family."""

    differences: list[float] = field(default_factory=list)
    judged: list[tuple[float, float]] = field(default_factory=list)
    """Errors of both routes, (implicit, energy), where they differ by more than AGREE."""
    refused: int = 0
    """Values that the engine does not give: its error estimate is too large."""
    alone: int = 0
    """Values without a second route: beside cut-offs and folds, differences along the branch are too uncertain."""
    stated: int = 0
    """Differences above AGREE within the estimate that the engine states."""
    other: int = 0
    """Differences beyond it that 60 digits lay at the second route's door."""
    unexplained: list[str] = field(default_factory=list)

    def take(self, value: Value, one: Array, two: Array, quantity: str, bound: float, leeway: float = 0.0) -> None:
        """One value by two routes; `bound`: what the first may be off by, `leeway`: what the second says of itself."""
        found = routes.difference(value, one, two)
        self.differences.append(found)
        if found <= AGREE:
            return
        errors = _errors(value, one, two, quantity)
        self.judged += errors
        if found <= bound:
            self.stated += 1
        elif (errors[0][0] if errors else found - leeway) <= bound:
            self.other += 1
        else:
            said = "".join(f", errors {implicit:.1e} and {energy:.1e}" for implicit, energy in errors)
            self.unexplained.append(f"{quantity}: {found:.1e} > {bound:.1e}{said}: {value}")


def _errors(value: Value, one: Array, two: Array, quantity: str) -> list[tuple[float, float]]:
    """Errors of both routes, if 60 digits can be had."""
    if len(value.model[2]) > MANY_LAYERS:
        return []
    try:
        exact = routes.exact(value, quantity)
    except ValueError:  # modes nearer than a double's c tells apart
        return []
    return [(routes.difference(value, exact, one), routes.difference(value, exact, two))]


@dataclass
class Family:
    """Everything about one family."""

    two: dict[str, Comparison] = field(default_factory=lambda: {name: Comparison() for name in QUANTITIES})
    sample: dict[str, list[float]] = field(default_factory=lambda: {"phase": [], "group": [], "ellipticity": []})
    far: list[str] = field(default_factory=list)


def drawn(family: str, seed: int) -> Iterator[Value]:
    """Values of a family without end: two a model, any mode, either wave."""
    rng = np.random.default_rng([seed, list(FAMILIES).index(family)])
    while True:
        model, periods = FAMILIES[family][0](rng)
        model = tuple(np.asarray(column, float) for column in model)
        found = [value for value in values(model, periods, Tally()) if np.isfinite(value.velocity)]
        yield from [found[i] for i in rng.permutation(len(found))[:2]]


def compare(value: Value, family: Family) -> None:
    """Both quantities of one value by both routes."""
    one, two = routes.phase_implicit(value), routes.phase(value, "energy")[1]
    family.two["phase"].take(value, one.kernels, two, "phase", max(AGREE, one.error))
    first, second = routes.group_implicit(value), routes.group_by_energy(value)
    if first.error > LIMIT:
        family.two["group"].refused += 1
        return
    if not second.error <= LIMIT:
        family.two["group"].alone += 1
        return
    bound = max(AGREE, first.error)
    family.two["group"].take(value, first.kernels, second.kernels, "group", bound, second.error)


def differentiate(value: Value, family: Family) -> None:
    """All kernels of one value against 60 digits."""
    asked = {"mode": value.mode, "threads": 1}
    found = {"phase": sg.phase_kernels(*value.model, [value.period], wave=value.wave, **asked)}
    found["group"] = sg.group_kernels(*value.model, [value.period], wave=value.wave, **asked)
    if value.wave == "rayleigh":
        found["ellipticity"] = sg.ellipticity_kernels(*value.model, [value.period], **asked)
    for name, kernels in found.items():
        if np.isnan(kernels.velocity[0]):
            continue  # refused
        own = np.array([kernels[parameter][0] for parameter in routes.PARAMETERS])
        error = routes.difference(value, routes.exact(value, name), own, float(kernels.velocity[0]))
        family.sample[name].append(error)
        if not error <= max(DIFFERENCES, float(kernels.error[0])):
            family.far.append(f"{name} kernels off by {error:.1e}: {value}")


def records(families: dict[str, Family]) -> dict[str, list[Record]]:
    """Two routes, then the sample."""
    routes = [{"family": n, **_record(what, two)} for n, f in families.items() for what, two in f.two.items()]
    sample = [
        {"family": name, **{what: [len(e), max(e, default=None)] for what, e in family.sample.items()}}
        for name, family in families.items()
    ]
    return {"routes": routes, "sample": sample}


def _record(quantity: str, two: Comparison) -> Record:
    spread = np.quantile(two.differences, [0.5, 0.99, 1.0]) if two.differences else [None] * 3
    worst = [max(errors) for errors in zip(*two.judged, strict=True)] or [None, None]
    counts = {"values": len(two.differences), "refused": two.refused, "alone": two.alone}
    judged = {"stated": two.stated, "other": two.other, "unexplained": len(two.unexplained)}
    spreads = dict(zip(("median", "q99", "largest"), spread, strict=True))
    return {"kernels": quantity, **counts, **spreads, **judged, "implicit": worst[0], "energy": worst[1]}


def main() -> int:
    """The command; returns its exit code."""
    options, start = _options(), time.perf_counter()
    families = {name: Family() for name in FAMILIES if name not in LEFT_OUT}
    each = -(-options.cases // len(families))
    for name, family in track(families.items(), total=len(families), console=Console(stderr=True)):
        source = drawn(name, options.seed)
        for number in range(each):
            value = next(source)
            compare(value, family)
            if number < options.sample and len(value.model[2]) <= MANY_LAYERS:
                differentiate(value, family)
    found = records(families)
    text = "\n\n".join([tables.routes(found["routes"]), tables.sample(found["sample"])]) + "\n"
    print(text)
    if options.out:
        with replacing(options.out) as path:
            path.write_text(text)
    bad = [f"{name}: {why}" for name, family in families.items() for why in family.far]
    bad += [f"{name}: {why}" for name, f in families.items() for two in f.two.values() for why in two.unexplained]
    if options.keep:
        keep("two_routes", f"python -m benchmarks.two_routes --cases {options.cases} --seed {options.seed}", found)
        pages.fill()
    print(f"seed {options.seed}, {each * len(families)} cases, {time.perf_counter() - start:.0f} s")
    print("\n".join(["FAIL", *bad]) if bad else "PASS: the routes agree, or what they differ by is explained")
    return 1 if bad else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.two_routes")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sample", type=int, default=4, help="values a family that are differentiated in 60 digits")
    parser.add_argument("--out", type=Path, help="a file for the tables")
    parser.add_argument("--keep", action="store_true", help="write the results that the documentation quotes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
