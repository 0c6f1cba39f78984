"""Real curves inverted with NUTS through the exact engine by the command line, one after the other.

Run from the repository root: `python -m benchmarks.real_curves DATA OUT [--only mirandola,seoul] [--docs docs]`, DATA
the folder of observed curves (not part of this project). Writes the tables that `surfgrad invert` reads, and its
results, into OUT; what is there is not made again. CPU is of the whole command, both cores.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.doc_tables import replace_between, table

from surfgrad.curves import ObservedCurves, read_curves, write_curves

LEAST_TEAMS = 3
"""Teams that must have given a velocity for their spread to be an error."""
NUTS = ("--method", "nuts")
HEAD = ("curve", "options", "data", "reduced chi-square", "rms", "R-hat", "bulk ESS", "divergent", "CPU")


@dataclass(frozen=True)
class Site:
    """`curves`: makes the observations from the folder of data. `options`: of `surfgrad invert`, beside the method."""

    title: str
    curves: Callable[[Path], ObservedCurves]
    options: str
    unit: str = "km/s"


def mirandola(data: Path) -> ObservedCurves:
    """The mean curve of 14 teams; their standard deviation at each frequency is its error."""
    folder, bare = data / "mirandola_interpacific", {"units": "si", "columns": "frequency_hz,velocity_m_s"}
    said: dict[str, Any] = {**bare, "wave": "rayleigh", "kind": "phase", "mode": 0, "missing": 0.0}
    mean = read_curves(folder / "Average_interp60_cuttoff.txt", **said)
    teams = [read_curves(each, **said) for each in sorted(folder.glob("*_cuttoff0.txt"))]
    sigma = np.full(len(mean), np.nan)
    for row, period in enumerate(mean.period_s):
        given = np.concatenate([each.value[np.isclose(each.period_s, period, rtol=1e-9)] for each in teams])
        if given.size >= LEAST_TEAMS:
            sigma[row] = given.std(ddof=1)
    return ObservedCurves("rayleigh", "phase", 0, mean.period_s, mean.value, sigma)


def china(number: int, *kinds: str) -> Callable[[Path], ObservedCurves]:
    """Velocities of one point, of these kinds; -1 is none, and no errors are given."""

    def read(data: Path) -> ObservedCurves:
        period, phase, group = np.loadtxt(data / "csrm_china" / f"CSRM_obs_{number}.txt").T
        given = {"phase": phase, "group": group}
        known = [given[kind] > 0 for kind in kinds]
        kind = np.repeat(kinds, [each.sum() for each in known])
        times = np.concatenate([period[each] for each in known])
        values = np.concatenate([given[kind][each] for kind, each in zip(kinds, known, strict=True)])
        return ObservedCurves("rayleigh", kind, 0, times, values, np.nan)

    return read


def seoul(data: Path) -> ObservedCurves:
    """As published."""
    return read_curves(data / "cps" / "observed_seoul_snu" / "nnall.dsp", zero_sigma=np.nan)


CRUST = "--sigma 0.02 --model spline:10 --draws 500 --tune 300"
SITES = {
    "mirandola": Site(
        "Mirandola, mean of 14 teams, their spread as errors",
        mirandola,
        "--model spline:8 --vp 2.5 --draws 400 --tune 300",
        "m/s",
    ),
    **{f"china-{n}": Site(f"China, point {n}", china(n, "phase"), CRUST) for n in (10704, 11304, 127)},
    **{
        f"china-{n}-both": Site(f"China, point {n}, group velocities too", china(n, "phase", "group"), CRUST)
        for n in (10704, 11304)
    },
    "seoul": Site(
        "Seoul",
        seoul,
        "--earth spherical --sigma 0.1 --replace-sigma --depth 4:500 --model spline:12 --draws 800 --tune 300",
    ),
}


def inverted(name: str, data: Path, out: Path) -> dict[str, Any]:
    """summary.json of a site, and what it took."""
    folder, curves = out / name, out / f"{name}.csv"
    kept = folder / "seconds.json"
    if not kept.exists():
        write_curves(SITES[name].curves(data), curves)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", "import sys; from surfgrad.cli.app import entry; entry()", "invert"]
        subprocess.run([*command, str(curves), *SITES[name].options.split(), *NUTS, "--out", str(folder)], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        kept.write_text(json.dumps(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return {**summary, "cpu": json.loads(kept.read_text())}


def line(site: Site, summary: dict[str, Any]) -> list[str]:
    """Of the table."""
    fit, sampling = summary["optimum"]["fit_by_the_exact_engine"], summary["sampling"]
    rms = f"{1000 * fit['rms']:.1f} m/s" if site.unit == "m/s" else f"{fit['rms']:.3g} km/s"
    return [
        site.title,
        f"`{site.options}`",
        str(fit["data"]),
        f"{summary['optimum']['reduced_chi_square']:.2f}",
        rms,
        f"{sampling['largest_r_hat']:.4f}",
        f"{sampling['least_bulk_ess']:.0f}",
        f"{sampling['divergences']} of {sampling['chains'] * sampling['draws']}",
        f"{summary['cpu']:.0f} s",
    ]


def main() -> None:
    """Invert what is not inverted, print or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default=",".join(SITES))
    parser.add_argument("--docs", type=Path)
    given = parser.parse_args()
    os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    given.out.mkdir(parents=True, exist_ok=True)
    text = table(HEAD, [line(SITES[name], inverted(name, given.data, given.out)) for name in given.only.split(",")])
    if given.docs is None:
        print(text)
    else:
        replace_between(given.docs / "inversion.md", "inversion: real curves", text)


if __name__ == "__main__":
    main()
