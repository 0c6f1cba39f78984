"""What an ensemble costs: models per second into a store and out of it, beside disba, and where the time goes.

Run from the repository root: `python -m benchmarks.generation [models, default 4000] [workers, default 2]`.
Weak prior, 256 layers, 59 periods, both waves. Rates are of whole stores: draw, solve, hash, compress, write, finish;
compilation is left out by a warm-up, the start of processes is not. disba solves the same first models in as many
processes. Nothing is asserted.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.models import PERIODS, Arrays, weak_models
from benchmarks.solvers import disba

from surfgrad.earth.priors import get_prior
from surfgrad.ensembles import Ensemble, generate
from surfgrad.ensembles.content import row_sums
from surfgrad.ensembles.job import Job
from surfgrad.ensembles.labels import prior_labels
from surfgrad.ensembles.schema import curves_of
from surfgrad.ensembles.shuffled import Shuffled
from surfgrad.ensembles.sources import PriorSource
from surfgrad.ensembles.writer import begin

LABELS = "directional:8,periods:4"
WAVES = ("rayleigh", "love")
SEED = 1


def cpu_seconds() -> float:
    """Of this process with all its threads, and of its children that have ended."""
    return time.process_time() + sum(os.times()[2:4])


def timed(action: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds, core seconds, and what came of it. On a busy machine the second is the one to trust."""
    start, cpu = time.perf_counter(), cpu_seconds()
    result = action()
    return time.perf_counter() - start, cpu_seconds() - cpu, result


def store_rates(folder: Path, count: int, workers: int) -> Ensemble:
    """Print models per second for each way to make a store; returns the first."""
    labels = prior_labels(get_prior("weak"), SEED, LABELS)
    generate("weak", 20, SEED, folder / "warm.zarr", further=labels)
    fewer = max(50, count // 4)
    ways: list[tuple[str, int, dict[str, Any]]] = [
        (f"values, {workers} threads", count, {"workers": workers}),
        (f"values, {workers} processes", count, {"workers": workers, "pool": "processes"}),
        ("values, 1 thread", fewer, {"workers": 1}),
        (f"values and {LABELS}, {workers} threads", fewer, {"workers": workers, "further": labels}),
        (
            f"values and {LABELS}, {workers} processes",
            fewer,
            {"workers": workers, "pool": "processes", "further": labels},
        ),
    ]
    stores = []
    for number, (name, models, options) in enumerate(ways):
        out = folder / f"{number}.zarr"
        seconds, cpu, store = timed(lambda m=models, o=options, out=out: generate("weak", m, SEED, out, **o))
        size = sum(path.stat().st_size for path in store.path.rglob("*") if path.is_file()) / models
        rates = f"{models / seconds:6.0f} models/s {models / cpu:6.0f} a core second"
        print(f"  {name:50s} {rates} {size:6.0f} bytes a model", flush=True)
        stores.append(store)
    return stores[0]


def disba_curves(model: Arrays) -> np.ndarray:
    """Both waves of one model."""
    return np.array([disba(model, PERIODS, wave, 0) for wave in WAVES])


def disba_rate(store: Ensemble, workers: int, count: int = 60) -> None:
    """The same models by disba, in processes that have compiled before the clock starts."""
    models = list(zip(*store.models(slice(0, count)), strict=True))
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        list(pool.map(disba_curves, models[: 4 * workers]))
        seconds, _, curves = timed(lambda: np.array(list(pool.map(disba_curves, models))))
    ours = store.velocity[:count]
    apart = np.nanmax(np.abs(curves - ours))
    print(f"  {f'disba (dunkin), values only, {workers} processes':50s} {count / seconds:6.0f} models/s")
    missing = f"without value: disba {np.isnan(curves).sum()}, ours {np.isnan(ours).sum()}"
    print(f"    {missing}; largest difference {apart:.1e} km/s")


def stages(folder: Path, count: int = 200) -> None:
    """Where one thread's time goes, microseconds per model."""
    source, curves = PriorSource(get_prior("weak"), SEED, count), curves_of(PERIODS, WAVES, 0)
    job, labels = Job(source, curves), prior_labels(get_prior("weak"), SEED, LABELS)
    block = dict(job.compute(0, count))
    models = source.models(0, count)
    writer = begin(job, folder / "stages.zarr", count)
    actions: dict[str, Callable[[], Any]] = {
        "draw": lambda: source.models(0, count),
        "draw, round and solve": lambda: job.compute(0, count),
        f"labels ({LABELS})": lambda: labels.compute(models, block["velocity"], block["status"], curves, 0),
        "hash": lambda: row_sums(block, 0),
        "hash, compress, write": lambda: writer.write(0, block),
    }
    for name, action in actions.items():
        print(f"  {name:50s} {timed(action)[1] / count * 1e6:6.0f} core us a model")


def reading_rate(store: Ensemble, size: int = 512) -> None:
    """Shuffled batches out of the store."""
    reader = Shuffled([store], size)
    steps = 2 * reader.steps_per_epoch
    seconds, cpu, _ = timed(lambda: sum(len(batch["vs"]) for batch in islice(reader.from_step(0), steps)))
    total = steps * size
    print(f"  {f'shuffled batches of {size}':50s} {total / seconds:6.0f} models/s {total / cpu:6.0f} a core second")


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    print(f"weak prior, 256 layers, {PERIODS.size} periods, both waves; load {os.getloadavg()[0]:.1f}")
    weak_models(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = store_rates(folder, count, workers)
        disba_rate(store, workers)
        reading_rate(store)
        stages(folder)


if __name__ == "__main__":
    main()
