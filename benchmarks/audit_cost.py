"""What an audit costs by part, the ceiling of the published protocol, and what the builtin surrogate scores.

Run from the repository root: `python -m benchmarks.audit_cost [models, default 60]` (torch extra). The tables of
docs/audit.md. Times are the process's own, so that others on the machine do not count; one thread.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from benchmarks.models import PERIODS

import surfgrad as sg
from surfgrad.audit.check import check
from surfgrad.audit.further import PARTS, Further
from surfgrad.audit.options import Options
from surfgrad.audit.run import run
from surfgrad.audit.training_prior import prior_by_name
from surfgrad.earth.priors import draw_many

TRIALS = (("kernels, values, identities", ()), *((part, (part,)) for part in PARTS))
SHOWN = ("on_manifold", "off_manifold", "attraction", "spectral_cosine", "information_ratio", "taylor_error")
SHOWN += ("step_error", "misfit_ratio", "misfit_excess", "posterior_shift", "posterior_width")


def main(count: int = 60) -> None:
    """Print the three tables."""
    engine, builtin = sg.ExactForward(threads=1), sg.load_surrogate("builtin")
    print(f"{count} models of 256 layers, {PERIODS.size} periods, both waves, one thread\n")
    _costs({"the engine": engine, "builtin": builtin}, draw_many("weak", 7, count), engine)
    for prior in ("weak", "tectonic"):
        _ceiling(prior, draw_many(prior, 7, count), engine)
    for prior in ("weak", "tectonic"):
        _scores(builtin, prior, draw_many(prior, 7, count), engine)


def _costs(forwards: dict[str, Any], models: Any, engine: Any) -> None:
    print(f"| part | {' | '.join(forwards)} |\n|---|{'---|' * len(forwards)}")
    known, table = prior_by_name("weak"), {}
    for name, forward in forwards.items():
        run(forward, tuple(each[:2] for each in models), PERIODS, reference=engine)  # compiles
        for part, parts in TRIALS:
            options = Options(further=Further(parts=parts))
            table[part, name] = _seconds(
                lambda forward=forward, options=options: run(
                    forward, models, PERIODS, reference=engine, options=options, prior=known
                )
            )
    for part, parts in TRIALS:
        base = [table[TRIALS[0][0], name] if parts else 0.0 for name in forwards]
        cells = [f"{table[part, name] - less:.1f} s" for name, less in zip(forwards, base, strict=True)]
        print(f"| {part} | {' | '.join(cells)} |")


def _seconds(work: Callable[[], Any]) -> float:
    """Of the faster of two runs."""
    seconds = []
    for _ in range(2):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _ceiling(prior: str, models: Any, engine: Any) -> None:
    options = Options(further=Further(parts=()))
    record = check(run(engine, models, PERIODS, reference=engine, options=options))
    rows = [row for row in record.rows if row["parameter"] == "vs"]
    print(f"\npublished protocol, exact engine, {prior}: median cosine by band (95 % interval)")
    for row in rows:
        low, high = row["intervals"]["paper_ceiling"]
        print(f"  {row['wave']} {row['band']} s: {row['paper_ceiling']:.4f} ({low:.4f} to {high:.4f})")


def _scores(forward: Any, prior: str, models: Any, engine: Any) -> None:
    record = sg.audit(forward, models, PERIODS, reference=engine, prior=prior)
    print(f"\nbuiltin on {prior}: {record.summary['verdict']}")
    errors = [row["relative_l2"]["median"] for row in record.rows if row["n"]]
    print(f"  relative_l2: {np.min(errors):.3g} to {np.max(errors):.3g}")
    for name in SHOWN:
        found = [each for each in record.scores if each["metric"] == name and each["median"] is not None]
        medians = [each["median"] for each in found]
        if medians:
            verdicts = sorted({each["verdict"] for each in found})
            print(f"  {name}: {min(medians):.3g} to {max(medians):.3g} {', '.join(verdicts)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
