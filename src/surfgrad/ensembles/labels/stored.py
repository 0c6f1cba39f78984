"""The labels of a store, for whoever trains on them; needs no engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from surfgrad.earth.priors import Prior, get_prior
from surfgrad.ensembles.labels.directions import directions
from surfgrad.ensembles.labels.plan import VERSION, Plan, parse_plan
from surfgrad.ensembles.labels.pool import POOL, fingerprint, models_pool, prior_pool, same_pool
from surfgrad.ensembles.labels.rows import arrays
from surfgrad.ensembles.store import Ensemble, Selection
from surfgrad.errors import FormatError, UsageError

Array = np.ndarray


@dataclass(frozen=True)
class StoredLabels:
    """What a store says of derivatives. `pool`: (P, 3, L), log models that directions on the manifold refer to.

    By name, as `read` gives them: `label_period`, `label_status`, `dlnc`, `kernel_pick`, `kernel`.
    """

    store: Ensemble
    plan: Plan
    pool: Array = field(repr=False)
    block: Mapping[str, Array] | None = field(default=None, repr=False)

    def of(self, block: Mapping[str, Array]) -> "StoredLabels":
        """The same of other samples, whose arrays are in memory."""
        return replace(self, block=block)

    def read(self, name: str, select: Selection = slice(None)) -> Array:
        """Rows of one of the arrays, (n, ...)."""
        if self.block is not None:
            return self.block[name][select]
        return self.store.further[name][select]

    def directions(self, select: Selection = slice(None), dtype: type = np.float32) -> Array:
        """(n, D, 3, L): changes of ln vp, ln vs, ln rho, each of norm 1, along which `dlnc` is the derivative."""
        kind, weight, place = (self.read(f"direction_{name}", select) for name in ("kind", "weight", "place"))
        try:
            return directions(kind, weight, place, self.pool, self.store.layers, dtype)
        except ValueError as error:
            raise FormatError(f"{self.store.path}: {error}; the store is damaged") from None


def open_labels(store: Ensemble, prior: Prior | None = None) -> StoredLabels:
    """The labels of a store; `prior`: where it is not one that `get_prior` knows.

    Raises UsageError where the store has none, FormatError where they cannot be read or directions not be redrawn.
    """
    card = store.card.get("further")
    if not isinstance(card, dict) or card.get("kind") != "derivatives":
        raise UsageError(f"{store.path}: a store without derivatives given; generate it with --derivatives")
    if card.get("version") != VERSION:
        raise FormatError(f"{store.path}: derivatives of version {card.get('version')}; this one reads {VERSION}")
    plan = _plan(store, card)
    for row in arrays(plan, len(store.waves), store.layers):
        if row.name not in store.further or store.further[row.name].shape[1:] != row.shape:
            raise FormatError(f"{store.path}: derivatives ({plan}) without {row.name} of shape {row.shape}")
    return StoredLabels(store, plan, _pool(store, card, prior))


def _plan(store: Ensemble, card: Mapping[str, Any]) -> Plan:
    try:
        return parse_plan(str(card.get("plan")))
    except UsageError:
        raise FormatError(f"{store.path}: derivatives {card.get('plan')!r}; not a plan that can be read") from None


def _pool(store: Ensemble, card: Mapping[str, Any], prior: Prior | None) -> Array:
    """Drawn again from the prior, or taken from the given models; FormatError where that is not what was used."""
    recorded, seed = store.card.get("prior"), card.get("seed")
    try:
        if recorded is None:
            pool = models_pool(store.vp[:POOL], store.vs[:POOL], store.rho[:POOL])
        else:
            pool = prior_pool(prior or get_prior(str(recorded.get("name"))), int(str(seed)))
    except (UsageError, ValueError) as error:
        raise FormatError(f"{store.path}: the directions' pool cannot be drawn again ({error})") from None
    if not same_pool(fingerprint(pool), card.get("pool")):
        raise FormatError(
            f"{store.path}: the directions' pool cannot be drawn again (another prior, or a part of given models)"
        )
    return pool
