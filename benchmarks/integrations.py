"""Guests' own set-ups, solved by surfgrad's adaptors and by what the guests use by default: time, and how far apart.

Run from the repository root: `python -m benchmarks.integrations [repeats, default 50] [--keep]`; `--keep` writes the
results that the documentation quotes, and fills in its table. One thread; both sides alternate in one process; the
least CPU time of all repeats, which other work on the machine stretches least. Guests that are not installed are left
out.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import importlib.util
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from benchmarks import pages
from benchmarks.integrations_table import gains
from benchmarks.kept import Record, keep

Array = np.ndarray
README_MODEL = np.column_stack(
    [[10.0] * 9, vs := np.array([3.5, 3.4, 3.5, 3.8, 4.2, 4.5, 4.7, 4.8, 4.75]), vs, [2.0] * 9]
) * [1.0, 2.0, 1.0, 1.0]
"""The model of disba's README."""
BLOCK = 0.005
"""CPU seconds that one side is called for before it is the other's turn."""


@dataclass(frozen=True)
class Row:
    """One thing that both sides did: CPU seconds, and a word on the difference of what came out."""

    what: str
    ours: float
    default: float
    difference: str

    def record(self) -> Record:
        """As it is kept."""
        times = {"surfgrad_us": 1e6 * self.ours, "default_us": 1e6 * self.default, "ratio": self.default / self.ours}
        return {"what": self.what, **times, "difference": self.difference}


def beside(what: str, ours: Callable[[], Any], default: Callable[[], Any], repeats: int) -> Row:
    """Blocks of calls of both in turns; the difference is the largest over the largest value, where both have one."""
    first, second = np.asarray(ours()), np.asarray(default())
    calls = [max(1, round(BLOCK / timed(function, 3))) for function in (ours, default)]
    seconds: list[list[float]] = [[], []]
    for _ in range(repeats):
        for function, count, times in zip((ours, default), calls, seconds, strict=True):
            times.append(timed(function, count))
    apart = np.nanmax(np.abs(first - second)) / np.nanmax(np.abs(first))
    return Row(what, min(seconds[0]), min(seconds[1]), f"{apart:.0e}")


def timed(function: Callable[[], Any], calls: int) -> float:
    """CPU seconds a call."""
    start = time.process_time()
    for _ in range(calls):
        function()
    return (time.process_time() - start) / calls


def run_twice(functions: Sequence[Callable[[], Any]]) -> tuple[list[float], list[Any]]:
    """CPU seconds of the second run of each, after a first one that loads and compiles, and its result."""
    seconds, results = [], []
    for function in functions:
        results.append(function())
        seconds.append(timed(function, 1))
    return seconds, results


def disba_rows(repeats: int) -> Iterator[Row]:
    """disba's README: 9 layers, 100 periods from 1 to 1000 s."""
    import disba

    from surfgrad.integrations import disba as ours

    periods = np.logspace(0.0, 3.0, 100)
    sides = ours, disba

    def curves(package: Any, name: str, **options: Any) -> Callable[[], Array]:
        return lambda: getattr(package, name)(*README_MODEL.T)(periods, **options)[1]

    def kernel(package: Any, name: str) -> Callable[[], Array]:
        return lambda: getattr(package, name)(*README_MODEL.T)(20.0, parameter="velocity_s").kernel

    for wave in ("rayleigh", "love"):
        pair = [curves(package, "PhaseDispersion", wave=wave) for package in sides]
        yield beside(f"disba: PhaseDispersion, {wave}, 100 periods", *pair, repeats)
    yield beside("disba: GroupDispersion, 100 periods", *[curves(each, "GroupDispersion") for each in sides], repeats)
    yield beside("disba: Ellipticity, 100 periods", *[curves(each, "Ellipticity") for each in sides], repeats)
    for name in ("PhaseSensitivity", "GroupSensitivity"):
        yield beside(f"disba: {name}, one period, vs", *[kernel(each, name) for each in sides], repeats)


def bayhunter_rows(repeats: int) -> Iterator[Row]:
    """BayHunter's tutorial, 4 layers and 21 periods; pysurf96 wraps the routine that BayHunter calls."""
    from pysurf96 import surf96

    from surfgrad.integrations.bayhunter import REFERENCES, DispersionPlugin

    vs = np.array([2.7, 3.6, 3.8, 4.4])
    model = (np.array([5.0, 23.0, 8.0, 0.0]), 1.73 * vs, vs, 0.32 * 1.73 * vs + 0.77)
    periods = np.linspace(1.0, 41.0, 21)
    for ref, (wave, velocity) in REFERENCES.items():
        plugin = DispersionPlugin(periods, ref)

        def ours(plugin: Any = plugin) -> Array:
            return plugin.run_model(*model)[1]

        def default(wave: str = wave, velocity: str = velocity) -> Array:
            return surf96(*model, periods, wave=wave, velocity=velocity)

        yield beside(f"BayHunter, pysurf96: {ref}, 21 periods", ours, default, repeats)


def bayesbay_rows(repeats: int, steps: int = 2000) -> Iterator[Row]:
    """BayesBay's tutorial, 9 to 10 layers and 20 periods on a spherical Earth; its default is pysurf96."""
    import bayesbay as bb
    from pysurf96 import surf96
    from tests.integrations.bayesbay_tutorial import NOISE, PERIODS, chains, on_pysurf96, true_state

    from surfgrad.integrations.bayesbay import DispersionForward

    truth, forwards = true_state(bb), (DispersionForward(PERIODS, earth="spherical"), on_pysurf96(bb, surf96))
    yield beside("BayesBay: forward of one state", *[lambda f=each: f(truth) for each in forwards], repeats)
    data = forwards[0](truth) + np.random.default_rng(1).normal(0.0, NOISE, PERIODS.size)
    seconds, runs = run_twice([lambda f=each: chains(bb, f, data, steps) for each in forwards])
    last = ["{:.2f}".format(np.mean((run["rayleigh.dpred"][-1] - data) ** 2) / NOISE**2) for run in runs]
    yield Row(f"BayesBay: two chains of {steps} steps", *seconds, "misfit of the last state " + ", ".join(last))


def cofi_rows(repeats: int) -> Iterator[Row]:
    """CoFI's tutorial, 17 parameters and 20 periods; its default is pysurf96 with one-sided differences."""
    import cofi
    from tests.integrations.cofi_tutorial import TRUE, OnPysurf96, Ridge, solve, tutorial

    from surfgrad.integrations.cofi import Objective, base_problem

    pair = tutorial(), tutorial(kind=OnPysurf96)
    yield beside("CoFI: forward", *[lambda p=each: p.forward(TRUE) for each in pair], repeats)
    yield beside("CoFI: forward and Jacobian", *[lambda p=each: p.forward(TRUE, True)[1] for each in pair], repeats)
    seconds, runs = run_twice([lambda p=each: solve(cofi, base_problem(p, Ridge())) for each in pair])
    exact = Objective(pair[0], (Ridge(),))
    ends = [f"gradient {np.abs(exact.gradient(run.model)).max():.0e} after {run.nit} steps" for run in runs]
    yield Row("CoFI: whole inversion, damped, trust-exact", *seconds, "; ".join(ends))


def pygimli_rows(repeats: int) -> Iterator[Row]:
    """Soil, 4 layers and 20 frequencies, in m; the default is pyGIMLi's brute-force Jacobian on disba."""
    import disba
    import pygimli as pg

    from surfgrad.integrations.pygimli import DispersionModelling

    pg.setLogLevel(40)
    periods = 1.0 / np.geomspace(50.0, 4.0, 20)
    true = np.array([4.0, 6.0, 10.0, 180.0, 250.0, 320.0, 600.0])

    class BruteForce(pg.frameworks.Block1DModelling):  # type: ignore[misc]
        def response(self, model: Any) -> Array:
            values = np.asarray(model) / 1000.0
            vp = 1.77 * values[3:]
            solver = disba.PhaseDispersion(np.append(values[:3], 0.0), vp, values[3:], 0.32 * vp + 0.77, dc=0.001)
            return 1000.0 * solver(periods).velocity

        def response_mt(self, model: Any, i: int = 0) -> Array:
            return self.response(model)

        def createStartModel(self, data: Any) -> Array:
            return exact.createStartModel(data)

    exact, brute = DispersionModelling(periods, 4), BruteForce(nPara=1, nLayers=4)
    brute.setMultiThreadJacobian(1)  # by default a process a column, which costs more than it gains on models so small

    def jacobian(operator: Any) -> Array:
        operator.createJacobian(pg.Vector(true))
        return pg.utils.gmat2numpy(operator.jacobian())

    yield beside("pyGIMLi: response", lambda: exact.response(true), lambda: brute.response(true), repeats)
    yield beside("pyGIMLi: Jacobian", lambda: jacobian(exact), lambda: jacobian(brute), repeats)
    data = exact.response(true) * (1.0 + 0.01 * np.random.default_rng(0).standard_normal(20))

    def invert(operator: Any) -> float:
        inversion = pg.Inversion(fop=operator)
        inversion.verbose = False
        inversion.run(data, relativeError=0.01, lam=20.0, maxIter=20)
        return inversion.chi2()

    seconds, chi2 = run_twice([lambda f=each: invert(f) for each in (exact, brute)])
    yield Row("pyGIMLi: whole inversion", *seconds, "chi2 {:.2f}, {:.2f}".format(*chi2))


GUESTS = {
    disba_rows: ("disba",),
    bayhunter_rows: ("pysurf96",),
    bayesbay_rows: ("bayesbay", "pysurf96"),
    cofi_rows: ("cofi", "pysurf96"),
    pygimli_rows: ("pygimli", "disba"),
}


PACKAGES = ("disba", "pysurf96", "bayesbay", "cofi", "pygimli")


def main(repeats: int, kept: bool) -> None:
    """Measure; print the table, or keep it, which takes all guests."""
    warnings.simplefilter("ignore")
    found, missing = [], []
    for rows, packages in GUESTS.items():
        absent = [package for package in packages if importlib.util.find_spec(package) is None]
        missing += absent
        for row in [] if absent else rows(repeats):
            print(row, file=sys.stderr, flush=True)
            found.append(row.record())
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
    if kept and not missing:
        keep("integrations", f"python -m benchmarks.integrations {repeats}", {"gains": found}, PACKAGES)
        pages.fill()
        return
    print(gains(found))


if __name__ == "__main__":
    repeats = [int(argument) for argument in sys.argv[1:] if argument != "--keep"] or [50]
    main(repeats[0], "--keep" in sys.argv)
