"""Run an audit: ask the forward and the exact engine, and keep every sample's numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.audit.asking import Models, ask
from surfgrad.audit.bands import BANDS, Band, representative_periods
from surfgrad.audit.check import check
from surfgrad.audit.depth import common_layering, depth_errors, sizes
from surfgrad.audit.domain import Reach, reach
from surfgrad.audit.examples import choose, make_examples
from surfgrad.audit.measure import measure, measure_identities
from surfgrad.audit.record import AuditRecord, Examples, Measurements
from surfgrad.audit.thresholds import Thresholds
from surfgrad.contracts import Forward
from surfgrad.errors import UsageError
from surfgrad.records import Array, Kernels

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """How to run: `outside` is "exclude" or "judge" (what to do with models outside the forward's stated vs range).

    `depth_models`: how many models the error by depth is taken from (they are held in memory at once); `examples`: how
    many models are kept with both kernels; `chunk`: models asked at a time.
    """

    outside: str = "exclude"
    depth_models: int = 100
    examples: int = 6
    chunk: int = 32
    bands: Sequence[Band] = BANDS

    def __post_init__(self) -> None:
        if self.outside not in ("exclude", "judge"):
            raise UsageError(f"outside is {self.outside!r}; allowed are 'exclude' and 'judge'")
        if self.chunk < 1 or self.depth_models < 0 or self.examples < 0:
            raise UsageError("chunk must be 1 or more, depth_models and examples 0 or more")


def audit(
    forward: Forward,
    models: Any,
    periods: Any,
    *,
    reference: Forward | None = None,
    thresholds: Thresholds | None = None,
    options: Options | None = None,
    surrogate_card: Mapping[str, Any] | None = None,
    data_card: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> AuditRecord:
    """Judge `forward` on `models` at `periods` against exact velocities and kernels.

    `models`: an EarthModel, a list of them, or four arrays (N, L), km, km/s, km/s, g/cm3. `periods`: (T,), s.
    `reference`: what is held to be true, an ExactForward of the same waves by default. The two cards are passed through
    to the record. `progress(done, total)` is called after every chunk of models. Raises UsageError for a forward that
    breaks the contract, ModelError for models or periods that no array can be made of; an invalid model among
    arrays is counted, not raised.
    """
    measurements = run(forward, models, periods, reference=reference, options=options, progress=progress)
    return check(measurements, thresholds, surrogate_card=surrogate_card, data_card=data_card)


def run(
    forward: Forward,
    models: Any,
    periods: Any,
    *,
    reference: Forward | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Measurements:
    """Measure every sample (model, wave, period); arguments as in `audit`."""
    from surfgrad.earth.validate import check_periods

    options = options or Options()
    times = check_periods(periods)
    reference = reference or _exact(forward.waves)
    _comparable(forward, reference)
    asker = _Asker(forward, reference, *_arrays(models), times, options)
    chunks = []
    for start in range(0, asker.count, options.chunk):
        chunks.append(asker.chunk(np.arange(start, min(start + options.chunk, asker.count))))
        if progress is not None:
            progress(min(start + options.chunk, asker.count), asker.count)
    return _assemble(asker, chunks)


def _exact(waves: tuple[str, ...]) -> Forward:
    from surfgrad.waves.forward import ExactForward

    return ExactForward(waves=waves)


def _comparable(forward: Forward, reference: Forward) -> None:
    if forward.kind != reference.kind:
        raise UsageError(f"audit: the forward predicts {forward.kind} velocity; the reference gives {reference.kind}")
    if tuple(forward.waves) != tuple(reference.waves):
        raise UsageError(f"audit: the forward's waves are {forward.waves}; the reference's are {reference.waves}")


def _arrays(models: Any) -> tuple[Models, Array, Array]:
    """The four arrays (N, L), which layers are real (N, L), and which models are valid (N,)."""
    from surfgrad.earth.stack import stack_models
    from surfgrad.earth.validate import invalid_models

    stack = stack_models(models)
    return stack.arrays, stack.mask, ~invalid_models(*stack.arrays)


class _Asker:
    """Holds both sides and all models; answers for any subset of them."""

    def __init__(
        self,
        forward: Forward,
        reference: Forward,
        models: Models,
        mask: Array,
        valid: Array,
        periods: Array,
        options: Options,
    ) -> None:
        self.forward, self.reference, self.options = forward, reference, options
        self.models, self.mask, self.valid, self.periods = models, mask, valid, periods
        self.count = mask.shape[0]
        self.reach: Reach = reach(forward.domain, models[0], models[2], mask, periods)
        self.asked = valid & (self.reach.models if options.outside == "exclude" else self.reach.grid)
        self.layering = common_layering(models[0][valid], mask[valid])

    def subset(self, rows: Array) -> tuple[Models, Array]:
        thickness, vp, vs, rho = self.models
        return (thickness[rows], vp[rows], vs[rows], rho[rows]), self.mask[rows]

    def both(self, rows: Array) -> tuple[Kernels, Kernels]:
        """The forward's and the exact answers for the models at positions `rows`."""
        models, mask = self.subset(rows)
        every = np.ones(self.periods.size, dtype=bool)
        learned = ask(self.forward, models, mask, self.periods, self.asked[rows], self.reach.periods)
        return learned, ask(self.reference, models, mask, self.periods, self.valid[rows], every)

    def chunk(self, rows: Array) -> dict[str, Any]:
        """Everything that is measured on the models at positions `rows`."""
        models, mask = self.subset(rows)
        learned, exact = self.both(rows)
        outside = ~(self.asked[rows][:, None] & self.reach.periods[None, :])
        found, profile, paper = measure(learned, exact, models[0], mask, outside)
        waves, reason = tuple(self.forward.waves), found["value_reason"]
        result = {
            "status": exact.status,
            "exact_velocity": exact.velocity,
            "velocity": learned.velocity,
            "profile": profile,
            "paper": paper,
            "identities": measure_identities(learned, waves, models, self.periods, reason),
            "identity_floor": measure_identities(exact, waves, models, self.periods, reason),
            **found,
        }
        held = rows < self.options.depth_models
        if self.layering.size and held.any():
            result["depth"] = tuple(each[held] for each in sizes(learned, exact))
        return result


def _assemble(asker: _Asker, chunks: list[dict[str, Any]]) -> Measurements:
    together: dict[str, Any] = {}
    for name in ("status", "exact_velocity", "velocity", "value_reason", "reason", "invented"):
        together[name] = np.concatenate([each[name] for each in chunks])
    for name in ("profile", "paper", "identities", "identity_floor"):
        keys = chunks[0][name]
        together[name] = {key: np.concatenate([each[name][key] for each in chunks]) for key in keys}
    bands, periods = asker.options.bands, asker.periods
    depth = None
    parts = [each["depth"] for each in chunks if "depth" in each]
    if parts:
        error, signal = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
        depth = depth_errors(error, signal, together["reason"][: len(error)], periods, bands)
    return Measurements(
        waves=tuple(asker.forward.waves),
        periods=periods,
        bands=bands,
        layering=asker.layering,
        depth=depth,
        examples=_examples(asker, together["profile"]["relative_l2"]),
        domain=_domain_card(asker),
        **together,
    )


def _examples(asker: _Asker, relative_l2: Array) -> Examples | None:
    index, quantile = choose(relative_l2, asker.options.examples)
    if not index.size:
        return None
    models, mask = asker.subset(index)
    learned, exact = asker.both(index)
    chosen = representative_periods(asker.periods, asker.options.bands)
    return make_examples(index, quantile, models, mask, learned, exact, asker.periods, chosen)


def _domain_card(asker: _Asker) -> dict[str, Any]:
    domain = asker.forward.domain
    return {
        "policy": asker.options.outside,
        "periods": [float(each) for each in domain.periods],
        "vs": [float(each) for each in domain.vs],
        "note": domain.note,
        "models_outside": int((asker.valid & ~asker.reach.models).sum()),
        "models_on_another_grid": int((asker.valid & ~asker.reach.grid).sum()),
        "periods_outside": int((~asker.reach.periods).sum()),
    }
