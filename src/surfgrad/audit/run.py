"""Run an audit: ask the forward and the exact engine, and keep every sample's numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from surfgrad.audit.as_forward import as_forward, exact_forward
from surfgrad.audit.bands import bands_between, representative_periods
from surfgrad.audit.both_sides import BothSides, model_arrays
from surfgrad.audit.check import check
from surfgrad.audit.chunk_scores import ChunkScores
from surfgrad.audit.depth import depth_errors
from surfgrad.audit.examples import choose, make_examples
from surfgrad.audit.further_run import run_further
from surfgrad.audit.options import Options
from surfgrad.audit.pace import Pace, Progress
from surfgrad.audit.record import AuditRecord, Examples, Measurements
from surfgrad.audit.thresholds import Thresholds
from surfgrad.audit.training_prior import AUTO, TrainingPrior, find_prior
from surfgrad.audit.whitenings import Whitenings
from surfgrad.contracts import Forward
from surfgrad.errors import UsageError
from surfgrad.records import Array


def audit(
    forward: Forward,
    models: Any,
    periods: Any,
    *,
    reference: Forward | None = None,
    thresholds: Thresholds | Mapping[str, Any] | None = None,
    options: Options | None = None,
    bands: Sequence[float] | None = None,
    prior: Any = AUTO,
    test_set: str | None = None,
    surrogate_card: Mapping[str, Any] | None = None,
    data_card: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> AuditRecord:
    """Judge `forward` on `models` at `periods` against exact velocities and kernels.

    `models`: an EarthModel, a list of them, or four arrays (N, L), km, km/s, km/s, g/cm3. `periods`: (T,), s.
    `reference`: what is held to be true, an ExactForward of the same waves by default. `bands`: ends of the period
    bands, s, in place of those of `options`, which follow the periods. `thresholds`: also changes of the default ones,
    as `Thresholds.override` takes them. `prior`: what the forward was trained on (see `find_prior`), by default what
    its card says. `test_set`: what to call the models. The two cards are passed through to the record.
    `progress(done, total, what)` hears of every chunk of models, then of the further parts, with the time that they
    will take where that is more than some seconds. Raises UsageError for a forward that breaks the contract, ModelError
    for models or periods that no array can be made of; an invalid model among arrays is counted, not raised.
    """
    if bands is not None:
        options = replace(options or Options(), bands=bands_between(bands))
    limits = Thresholds.of(thresholds)
    found, why = find_prior(prior, surrogate_card)
    measurements = run(forward, models, periods, reference=reference, options=options, prior=found, progress=progress)
    cards = {"surrogate_card": surrogate_card, "data_card": data_card}
    return check(measurements, limits, test_set=test_set, prior_from=why, **cards)


def run(
    forward: Forward,
    models: Any,
    periods: Any,
    *,
    reference: Forward | None = None,
    options: Options | None = None,
    prior: TrainingPrior | None = None,
    progress: Progress | None = None,
) -> Measurements:
    """Measure every sample (model, wave, period); arguments as in `audit`, `prior` as `find_prior` gives it."""
    from surfgrad.earth.validate import check_periods

    forward, options = as_forward(forward), options or Options()
    times = check_periods(periods)
    reference = reference or exact_forward(forward.waves)
    _comparable(forward, reference)
    sides = BothSides(forward, reference, *model_arrays(models), times, options)
    tools = ChunkScores(options.further, prior, Whitenings(options.further.whitening, prior, sides.models, times))
    told = Pace(progress).begin("models", sides.count)
    chunks = []
    for start in range(0, sides.count, options.chunk):
        chunks.append(sides.chunk(np.arange(start, min(start + options.chunk, sides.count)), tools))
        told(min(start + options.chunk, sides.count))
    return _assemble(sides, chunks, tools, sides.pace(progress))


def _comparable(forward: Forward, reference: Forward) -> None:
    if forward.kind != reference.kind:
        raise UsageError(f"audit: the forward predicts {forward.kind} velocity; the reference gives {reference.kind}")
    if tuple(forward.waves) != tuple(reference.waves):
        raise UsageError(f"audit: the forward's waves are {forward.waves}; the reference's are {reference.waves}")


def _assemble(sides: BothSides, chunks: list[dict[str, Any]], tools: ChunkScores, pace: Pace) -> Measurements:
    together: dict[str, Any] = {}
    for name in ("status", "exact_velocity", "velocity", "value_reason", "reason", "invented"):
        together[name] = np.concatenate([each[name] for each in chunks])
    for name in ("profile", "paper", "identities", "identity_floor", "by_chunk"):
        keys = chunks[0][name]
        together[name] = {key: np.concatenate([each[name][key] for each in chunks]) for key in keys}
    by_chunk = together.pop("by_chunk")
    bands, periods = sides.options.bands_for(sides.periods), sides.periods
    depth = None
    parts = [each["depth"] for each in chunks if "depth" in each]
    if parts:
        error, signal = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        depth = depth_errors(error, signal, together["reason"][: len(error)], periods, bands)
    return Measurements(
        waves=tuple(sides.forward.waves),
        periods=periods,
        bands=bands,
        layering=sides.layering,
        depth=depth,
        examples=_examples(sides, together["profile"]["relative_l2"]),
        domain=_domain_card(sides),
        further=run_further(sides, tools, by_chunk, pace),
        **together,
    )


def _examples(sides: BothSides, relative_l2: Array) -> Examples | None:
    index, quantile = choose(relative_l2, sides.options.examples)
    if not index.size:
        return None
    models, mask = sides.subset(index)
    learned, exact = sides.answers(index)
    chosen = representative_periods(sides.periods, sides.options.bands_for(sides.periods))
    return make_examples(index, quantile, models, mask, learned, exact, sides.periods, chosen)


def _domain_card(sides: BothSides) -> dict[str, Any]:
    domain = sides.forward.domain
    return {
        "policy": sides.options.outside,
        "periods": [float(each) for each in domain.periods],
        "vs": [float(each) for each in domain.vs],
        "note": domain.note,
        "models_outside": int((sides.valid & ~sides.reach.models).sum()),
        "models_on_another_grid": int((sides.valid & ~sides.reach.grid).sum()),
        "periods_outside": int((~sides.reach.periods).sum()),
    }
