"""A store against the engine: some of its samples, drawn and solved again."""

import json
from dataclasses import dataclass

import numpy as np

from surfgrad.earth.priors import Prior, get_prior
from surfgrad.ensembles.further import Further
from surfgrad.ensembles.job import Job, Solve
from surfgrad.ensembles.schema import TOLERANCE, SampleArray, curves_of
from surfgrad.ensembles.sources import PriorSource, Source, StoredModels
from surfgrad.ensembles.store import Ensemble
from surfgrad.errors import FormatError, UsageError

_TOLERANCE = {"velocity": 10 * TOLERANCE}
"""Relative difference allowed between two machines; models and codes must be equal."""
_FURTHER_TOLERANCE = 1e-3
"""Labels are stored rounded, and divided by what may be small: relative to the largest entry of their row."""


@dataclass(frozen=True)
class Recomputed:
    """`count` samples were computed again; `identical`: how many of them agree bit for bit; `worst`: the largest
    relative difference of a velocity."""

    count: int
    identical: int
    worst: float

    def words(self) -> str:
        """One line."""
        same = f"{self.identical} identical bit for bit"
        return f"{self.count} models recomputed: {same}, velocities within {self.worst:.1e}"


def recompute_sample(
    store: Ensemble,
    count: int,
    seed: int = 0,
    *,
    prior: Prior | None = None,
    threads: int | None = 1,
    solve: Solve | None = None,
) -> Recomputed:
    """Draw `count` samples of the store (all, where it has fewer) again and compare; FormatError naming the first that
    differs. `prior`: where it is not one that `get_prior` knows."""
    rows = np.sort(np.random.default_rng(seed).choice(store.count, min(count, store.count), replace=False))
    job = Job(
        source_of(store, prior),
        curves_of(store.periods, store.waves, store.card["mode"]),
        store.card["arrays"]["vs"]["dtype"],
        further_of(store, prior),
        solve,
    )
    identical, worst = 0, 0.0
    for row in rows:
        block = job.compute(int(row), int(row) + 1, threads)
        found = {name: array.stored(slice(row, row + 1)) for name, array in store.arrays().items()}
        for announced in job.arrays:
            worst = max(worst, _difference(store, announced, found[announced.name], block[announced.name], int(row)))
        identical += all(found[name].tobytes() == block[name].tobytes() for name in found)
    return Recomputed(len(rows), identical, worst)


def _difference(store: Ensemble, row: SampleArray, found: np.ndarray, again: np.ndarray, index: int) -> float:
    """Relative difference of a velocity, 0 for other arrays; FormatError where it is more than it may be."""
    if row.dims and row.floating and row.dims != ("layer",):
        scale = np.abs(again) if row.name == "velocity" else np.nanmax(np.abs(again), initial=0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            relative = np.abs(found - again) / scale
        relative = np.where((found == again) | (np.isnan(found) & np.isnan(again)), 0.0, relative)
        worst = float(relative.max(initial=0.0))
        if worst <= _TOLERANCE.get(row.name, _FURTHER_TOLERANCE):  # False for NaN
            return worst if row.name == "velocity" else 0.0
    elif np.array_equal(found, again, equal_nan=row.floating):
        return 0.0
    raise FormatError(f"{store.path}: {row.name} of sample {index} is not what the engine computes again")


def source_of(store: Ensemble, prior: Prior | None) -> Source:
    """Where a store's models come from; FormatError where they cannot be drawn again."""
    card = store.card
    if card["prior"] is None:
        return StoredModels(store)
    if prior is None:
        try:
            prior = get_prior(str(card["prior"].get("name")))
        except UsageError as error:
            raise FormatError(f"{store.path}: cannot be recomputed ({error})") from None
    source = PriorSource(prior, card["seed"], store.count, store.first)
    if json.loads(json.dumps(source.card()["prior"])) != card["prior"]:
        raise FormatError(f"{store.path}: the card's prior is not what this version calls {prior.name}")
    return source


def further_of(store: Ensemble, prior: Prior | None) -> Further | None:
    """What a store's further arrays are computed by, None where it has none; FormatError where that is not known."""
    card = store.card["further"]
    if card is None:
        return None
    if card.get("kind") != "derivatives":
        raise FormatError(f"{store.path}: further arrays of kind {card.get('kind')!r} cannot be recomputed")
    from surfgrad.ensembles.labels import Labels, open_labels

    labels = open_labels(store, prior)
    return Labels(labels.plan, int(card["seed"]), labels.pool)
