"""From a prior, or from given models, to a store of models and their curves: chunk by chunk, resumable."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from surfgrad.contracts import WAVES
from surfgrad.earth.priors import Prior, get_prior
from surfgrad.earth.stack import stack_models
from surfgrad.ensembles.further import Further
from surfgrad.ensembles.job import Job, Solve
from surfgrad.ensembles.schema import Card, curves_of, first_difference
from surfgrad.ensembles.sources import GivenModels, PriorSource
from surfgrad.ensembles.store import Ensemble, open_ensemble
from surfgrad.errors import FormatError, UsageError

PERIODS = tuple(float(period) for period in range(2, 61))
"""Default periods: 2 to 60 s, step 1 s."""

CHUNK = 500
"""Samples computed and written at once: seconds of work, a few megabytes."""

Progress = Callable[[int, int], None]
"""Called as progress(samples done, samples in all) after every chunk."""


def generate(
    prior: Prior | str,
    count: int,
    seed: int,
    out: str | Path,
    *,
    periods: Any = PERIODS,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    first: int = 0,
    precision: str = "float32",
    further: Further | None = None,
    chunk: int = CHUNK,
    workers: int | None = 2,
    progress: Progress | None = None,
    solve: Solve | None = None,
) -> Ensemble:
    """Draw samples first ... first + count - 1 of a prior, compute their curves, write the store `out`.

    `prior`: a name or a Prior. `periods`: (T,), s. `precision`: in which models are stored; curves, in float64, are
    those of the stored models exactly. `further`: more arrays per sample. `chunk`: samples per unit of work.
    `workers`: engine threads.
    Sample i depends on (prior, seed, i) only. The same call continues where an interrupted one stopped, and returns at
    once where the store exists. Raises UsageError where `out` holds something else.
    """
    if isinstance(prior, str):
        prior = get_prior(prior)
    curves = curves_of(periods, waves, mode)
    job = Job(PriorSource(prior, seed, count, first), curves, precision, further, solve)
    return _produce(job, Path(out), chunk, workers, progress)


def from_models(
    models: Any,
    out: str | Path,
    *,
    source: str | Mapping[str, Any],
    periods: Any = PERIODS,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    precision: str = "float64",
    further: Further | None = None,
    chunk: int = CHUNK,
    workers: int | None = 2,
    progress: Progress | None = None,
    solve: Solve | None = None,
) -> Ensemble:
    """The curves of given models: an EarthModel, a list of them, or four arrays (N, L); otherwise like `generate`.

    `source`: what the models are, for the card (a name, or a mapping that JSON can hold).
    """
    stack = stack_models(models)
    arrays = (stack.thickness, stack.vp, stack.vs, stack.rho)
    description = {"name": source} if isinstance(source, str) else dict(source)
    curves = curves_of(periods, waves, mode)
    job = Job(GivenModels(arrays, description), curves, precision, further, solve)
    return _produce(job, Path(out), chunk, workers, progress)


def _produce(job: Job, out: Path, chunk: int, workers: int | None, progress: Progress | None) -> Ensemble:
    from surfgrad.ensembles.writer import begin, clear_remains

    if chunk < 1:
        raise UsageError(f"chunk: {chunk} given; at least 1 sample is allowed")
    if workers is not None and workers < 1:
        raise UsageError(f"workers: {workers} given; at least 1 is allowed")
    if out.exists():
        found = _existing(out, job.identity)
        clear_remains(out)
        return found
    writer = begin(job, out, chunk)
    missing = set(writer.missing())
    for index in range(writer.chunks):
        start, stop = writer.span(index)
        if index in missing:
            writer.write(index, job.compute(start, stop, workers))
        if progress is not None:
            progress(stop, job.source.count)
    writer.finish()
    return open_ensemble(out)


def _existing(out: Path, card: Card) -> Ensemble:
    """The finished store at `out`, provided that it is the one asked for."""
    try:
        found = open_ensemble(out)
    except FormatError as error:
        raise UsageError(f"--out {out}: exists and is not a whole ensemble ({error})") from None
    difference = first_difference(card, {key: found.card.get(key) for key in card})
    if difference is not None:
        raise UsageError(f"--out {out}: holds another ensemble ({difference}); remove it or choose another --out")
    return found
