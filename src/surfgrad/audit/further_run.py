"""Run the further tests of an audit and gather their scores."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from surfgrad.audit.both_sides import BothSides
from surfgrad.audit.chunk_scores import ChunkScores
from surfgrad.audit.consequence import invert_both, simulated
from surfgrad.audit.pace import Pace
from surfgrad.audit.runs import runs
from surfgrad.audit.scores import Score, imprint_scores, joint_scores, spectral_scores, wave_scores
from surfgrad.audit.spectrum import BY_RANK
from surfgrad.audit.statistics import median
from surfgrad.audit.taylor import STEPS
from surfgrad.audit.taylor_run import run_taylor
from surfgrad.earth.grid import tops
from surfgrad.inversion.log_kernels import NAMES
from surfgrad.inversion.whitening import Models
from surfgrad.records import Array

ITERATIONS = 10
"""Steps that an inversion takes, more or less: for an idea of how long many of them will."""
VALUES = 5
"""What the exact values of one direction take, in units of velocities and kernels at one model, likewise."""


@dataclass(frozen=True, eq=False)
class FurtherTests:
    """Scores of all parts, arrays for figures (dimensions in `arrays.FURTHER`), and plain facts about the tests."""

    scores: tuple[Score, ...] = ()
    arrays: Mapping[str, Array] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)


def run_further(sides: BothSides, tools: ChunkScores, by_chunk: Mapping[str, Array], pace: Pace) -> FurtherTests:
    """The tests of all parts: those measured `by_chunk` on every model, the others on a few models."""
    waves, parts = tuple(sides.forward.waves), tools.further.parts
    bands = sides.options.bands_for(sides.periods)
    scores: list[Score] = []
    arrays: dict[str, Array] = {}
    facts: dict[str, Any] = {"options": asdict(tools.further)}
    if "imprint" in parts:
        scores += imprint_scores(by_chunk, waves, sides.periods, bands)
        arrays |= {} if tools.prior is None else {"interface_share": tools.prior.interfaces}
        facts["prior"] = _prior_facts(tools)
    if "spectral" in parts:
        scores += spectral_scores(by_chunk, waves)
        arrays |= {f"rank_{name}": _by_rank(by_chunk[name]) for name in BY_RANK}
        arrays |= {f"model_{name}": by_chunk[name] for name in ("singular", "spectral_cosine")}
    if "taylor" in parts:
        found, curves = _taylor(sides, tools, pace)
        scores += wave_scores("taylor", found, waves)
        arrays |= curves
    if "consequence" in parts:
        values, facts["starts_lost"] = _consequence(sides, tools, pace)
        scores += joint_scores("consequence", values)
    return FurtherTests(tuple(scores), arrays, facts)


def _prior_facts(tools: ChunkScores) -> dict[str, Any]:
    prior = tools.prior
    if prior is None:
        return {"name": None}
    top = tops(prior.thickness)
    return {
        "name": prior.name,
        "directions": len(prior.subspace.directions),
        "share_of_variance": prior.subspace.share,
        "layers_liked": int(prior.liked.sum()),
        "depths_liked_km": [[float(top[a]), float(top[b])] for a, b in runs(prior.liked[:-1])],
    }


def _by_rank(samples: Array) -> Array:
    """Medians over models, (W, J), of (n, W, J)."""
    _, waves, ranks = samples.shape
    return np.array([[median(samples[:, w, j]) for j in range(ranks)] for w in range(waves)])


def _few(sides: BothSides, count: int) -> Models:
    """At most `count` of the models that the forward may be asked for, evenly spread."""
    asked = np.flatnonzero(sides.asked)
    chosen = asked[np.unique(np.linspace(0, max(asked.size - 1, 0), min(count, asked.size)).round().astype(int))]
    return sides.subset(chosen)[0]


def _taylor(sides: BothSides, tools: ChunkScores, pace: Pace) -> tuple[dict[str, Array], dict[str, Array]]:
    models, further = _few(sides, tools.further.taylor_models), tools.further
    periods = sides.periods[sides.reach.periods]
    if not len(models[0]) or not periods.size:
        return {}, {}
    rng = np.random.default_rng([further.seed, 1])
    samples = len(models[0]) * periods.size
    told = pace.begin("Taylor's test", further.directions, samples, VALUES * further.directions * samples)
    found, curves = run_taylor(
        sides.forward, sides.reference, models, periods, tools.whitenings, further.directions, rng, told
    )
    return found, curves | {"taylor_step": STEPS}


def _consequence(sides: BothSides, tools: ChunkScores, pace: Pace) -> tuple[dict[str, Array], int]:
    """Scores, and how many starts the forward gave no value at."""
    models, further = _few(sides, tools.further.consequence_models), tools.further
    periods = thinned(sides.periods[sides.reach.periods], further.inversion_periods)
    if not len(models[0]) or not periods.size:
        return {}, 0
    kernels = sides.forward.jacobian(tuple(each[:1] for each in models), periods)
    held = [name for name in NAMES if kernels[name] is None]
    priors = [tools.whitenings.of(h).holding(held) for h in models[0]]
    rng = np.random.default_rng([further.seed, 2])
    problem, start = simulated(sides.reference, models, periods, priors, further.noise, further.starts, rng)
    samples = ITERATIONS * len(start) * periods.size
    told = pace.begin("inversions", len(models[0]), samples, samples)
    found = invert_both(sides.forward, problem, start, further.starts, told)
    return found.values, int(found.lost.sum())


def thinned(periods: Array, count: int) -> Array:
    """At most `count` of the distinct periods (T,), about even in log period, rising."""
    distinct = np.unique(periods)
    if distinct.size <= count:
        return distinct
    wanted = np.linspace(np.log(distinct[0]), np.log(distinct[-1]), count)
    nearest = np.abs(np.log(distinct)[:, None] - wanted).argmin(axis=0)
    return distinct[np.unique(nearest)]
