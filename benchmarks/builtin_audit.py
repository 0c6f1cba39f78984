"""The audit that comes with the built-in surrogate: made again when its weights change.

Run from the repository root: `python -m benchmarks.builtin_audit [--models 60]`. Writes the audit's tables for each set
of models, none of them seen in training, into `src/surfgrad/surrogates/builtin/audit/`, and last `summary.json`: the
weights that were judged, on what, the verdicts under the audit's own limits, and value errors inside and outside by the
surrogate's score.
"""

import argparse
import json
import os
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.strict_scores import drawn_models

import surfgrad as sg
from surfgrad.audit.tables import metric_rows, value_rows, write_csv
from surfgrad.files import replacing
from surfgrad.surrogates.checkpoint import _SHIPPED

SETS = ("decorrelated", "weak", "tectonic", "litho1")
PERIODS = np.geomspace(2.0, 60.0, 24).round(3)
SEED = 903


def main() -> None:
    """Judge and write."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=60)
    given = parser.parse_args()
    torch.set_num_threads(1)
    surrogate, folder = sg.load_surrogate("builtin"), _SHIPPED / "audit"
    verdicts, values = {}, {}
    for source in SETS:
        models = drawn_models(source, given.models, SEED)
        record = sg.audit(surrogate, models, PERIODS)
        (folder / source).mkdir(parents=True, exist_ok=True)
        write_csv(metric_rows(record.summary), folder / source / "metrics.csv")
        write_csv(value_rows(record.summary), folder / source / "values.csv")
        verdicts[source] = record.summary["verdict"]
        values[source] = by_score(surrogate, models)
        print(f"{source}: {record.verdict}, {values[source]}", flush=True)
    about = {"weights_sha256": surrogate.card.weights_sha256, "models": given.models, "seed": SEED}
    about |= {"periods_s": PERIODS.tolist(), "surfgrad": sg.__version__, "verdicts": verdicts, "values": values}
    with replacing(folder / "summary.json") as temporary:
        temporary.write_text(json.dumps(about, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def by_score(surrogate: Any, models: Any) -> dict[str, float]:
    """Share of values inside, and the mean absolute error inside and outside, km/s (0 where nothing is outside)."""
    error = np.abs(surrogate.predict(models, PERIODS) - sg.ExactForward(threads=1).predict(models, PERIODS))
    inside, known = surrogate.score(models, PERIODS) <= 1, np.isfinite(error)
    sides = {"inside_km_s": known & inside, "outside_km_s": known & ~inside}
    means = {name: float(error[side].mean()) if side.any() else 0.0 for name, side in sides.items()}
    return {"inside": float(inside[known].mean()), **means}


if __name__ == "__main__":
    main()
