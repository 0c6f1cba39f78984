"""Simulation-based calibration: are posteriors, over many simulated inversions, as wide as they say?

Talts et al. (2018, arXiv:1804.06788): when a truth is drawn from the prior and data from the truth, the rank of the
truth among independent draws from the posterior is uniform. Coverage is read off the same ranks: between the order
statistics a and b of L draws lie exactly (b - a)/(L + 1) of the truths.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from scipy.stats import beta

from surfgrad.errors import FormatError, UsageError
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.target import Target
from surfgrad.inversion.trial_log import TrialLog, read_log

Array = np.ndarray

DRAWS = 99
"""Draws that a truth is ranked among: 100 ranks, so that 68 % and 90 % are whole numbers of them."""


@dataclass(frozen=True, eq=False)
class Trial:
    """One simulated inversion. `truth`: (Q,); `draws`: (S, Q), in the order in which a chain made them.

    `facts`: numbers to keep with it, such as effective sample size or seconds.
    """

    truth: Array
    draws: Array
    facts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Ranks:
    """Of N trials: `ranks` (N, Q), how many of `draws` lie below the truth; `facts` by name, (N,)."""

    names: tuple[str, ...]
    draws: int
    ranks: Array
    facts: Mapping[str, Array]

    def histogram(self) -> Array:
        """(Q, draws + 1): how often each rank occurred."""
        return np.stack([np.bincount(each, minlength=self.draws + 1) for each in self.ranks.T])

    def covered(self, level: float) -> Array:
        """(Q,): in how many trials the truth lay in the central interval of `level`; see `interval_ranks`."""
        first, last = interval_ranks(level, self.draws)
        return np.asarray(((self.ranks >= first) & (self.ranks <= last)).sum(axis=0))


def trial_of(target: Target, truth: Array, samples: SampleSet, facts: Mapping[str, float] | None = None) -> Trial:
    """The coordinates of a posterior, and its log density.

    The density sees what coordinates alone cannot: a posterior that ignores its data is calibrated in each of them
    (Modrak et al. 2023, Bayesian Analysis 20).
    """
    value = target.log_density(truth[None])[0]
    draws = np.concatenate([samples.x, samples.log_density[..., None]], axis=-1)
    return Trial(np.append(truth, value), draws.reshape(-1, draws.shape[-1]), dict(facts or {}))


def simulate(
    trial: Callable[[np.random.Generator], Trial],
    names: Sequence[str],
    count: int,
    *,
    seed: int,
    draws: int = DRAWS,
    log: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Ranks:
    """Ranks of `count` trials of the quantities `names` (Q,).

    Trial n has a generator of its own, made from `seed` and n, so it is the same whenever it is run. `log`: a file to
    which each trial is added when it is done; those that are in it already are not run again, and one that was cut off
    while it was written is. A log of another seed, other names or other `draws` is refused.
    """
    book = TrialLog(log, {"names": list(names), "seed": seed, "draws": draws})
    for number in range(count):
        if number not in book.rows:
            rng = np.random.default_rng(np.random.SeedSequence((seed, number)))
            book.add(number, _row(trial(rng), len(names), draws, rng))
        if progress is not None:
            progress(number + 1, count)
    return _ranks(tuple(names), draws, [book.rows[number] for number in range(count)], log)


def logged(log: str | Path) -> Ranks:
    """The trials that are in a log, in their order. Raises FormatError for what is none."""
    header, rows = read_log(log)
    try:
        names, draws = tuple(header["names"]), int(header["draws"])
    except (KeyError, TypeError, ValueError):
        raise FormatError(f"{log}: no log of simulated inversions") from None
    return _ranks(names, draws, [rows[number] for number in sorted(rows)], log)


def rank(truth: Array, draws: Array, rng: np.random.Generator) -> Array:
    """(Q,): how many of `draws` (L, Q) lie below `truth` (Q,); a tie is below by the toss of a coin."""
    below, level = (draws < truth).sum(axis=0), (draws == truth).sum(axis=0)
    return np.asarray(below + rng.integers(0, level + 1))


def thinned(draws: Array, count: int) -> Array:
    """`count` of the draws (S, Q), evenly spaced; UsageError where there are fewer."""
    if len(draws) < count:
        raise UsageError(f"draws: {len(draws)} given; at least {count} are needed")
    return np.asarray(draws[((np.arange(count) + 0.5) * len(draws) / count).astype(int)])


def interval_ranks(level: float, draws: int) -> tuple[int, int]:
    """Ranks, both ends included, that mean that the truth lies in the central interval; it holds exactly `level`.

    UsageError where no order statistics of `draws` draws do.
    """
    outside = (1.0 - level) * (draws + 1) / 2.0
    first = round(outside)
    if not 0 < level < 1 or abs(outside - first) > 1e-9 * (draws + 1):
        raise UsageError(f"level: {level:g} is no whole number of ranks on both sides, with {draws} draws")
    return first, draws - first


def binomial_interval(hits: Array, count: int, confidence: float = 0.99) -> tuple[Array, Array]:
    """Clopper & Pearson's (1934) interval for a share of which `hits` of `count` trials were seen."""
    tail = (1.0 - confidence) / 2.0
    hits = np.asarray(hits, dtype=np.float64)
    low = np.where(hits > 0, beta.ppf(tail, np.maximum(hits, 1), count - hits + 1), 0.0)
    high = np.where(hits < count, beta.ppf(1.0 - tail, hits + 1, np.maximum(count - hits, 1)), 1.0)
    return low, high


def _row(trial: Trial, size: int, draws: int, rng: np.random.Generator) -> dict:
    if trial.truth.shape != (size,) or trial.draws.shape[1:] != (size,):
        raise ValueError(f"trial: {size} names, but truth {trial.truth.shape} and draws {trial.draws.shape}")
    found = rank(trial.truth, thinned(trial.draws, draws), rng)
    return {"ranks": [int(each) for each in found], "facts": {k: float(v) for k, v in trial.facts.items()}}


def _ranks(names: tuple[str, ...], draws: int, rows: Sequence[dict], log: str | Path | None) -> Ranks:
    try:
        told = sorted({name for row in rows for name in row["facts"]})
        facts = {name: np.array([row["facts"].get(name, np.nan) for row in rows], dtype=float) for name in told}
        ranks = np.array([row["ranks"] for row in rows], dtype=np.int64).reshape(len(rows), len(names))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise FormatError(f"{log}: no log of simulated inversions") from None
    return Ranks(names, draws, ranks, facts)
