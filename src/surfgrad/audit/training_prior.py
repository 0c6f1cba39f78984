"""The prior that a surrogate learned from: where its models lie, and where it likes interfaces."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from surfgrad.audit.domain import GRID_TOLERANCE
from surfgrad.audit.interfaces import interface_share, liked_layers
from surfgrad.earth.priors.subspace import COUNT, Subspace, subspace_of
from surfgrad.errors import UsageError
from surfgrad.records import Array

AUTO = "auto"


@dataclass(frozen=True, eq=False)
class TrainingPrior:
    """What `COUNT` draws of a prior, or the training models themselves, say of it.

    `thickness`: (L,), km, the grid. `subspace`: of log vp, log vs, log rho, 99.9 % of the variance. `interfaces`:
    (L - 1,), share of the models with a sharp interface near the depth of each boundary.
    """

    name: str
    thickness: Array
    subspace: Subspace
    interfaces: Array

    @property
    def liked(self) -> Array:
        """(L,) bool: layers at depths that the prior likes interfaces at."""
        return liked_layers(self.thickness, self.interfaces)

    def fits(self, thickness: Array, mask: Array) -> Array:
        """(N,) bool: which models (N, L) stand on this prior's grid."""
        if thickness.shape[1] != self.thickness.size:
            return np.zeros(len(thickness), dtype=bool)
        close = np.isclose(thickness[:, :-1], self.thickness[:-1], rtol=0.0, atol=GRID_TOLERANCE)
        return np.asarray(close.all(axis=1) & mask.all(axis=1))


def prior_of_models(name: str, thickness: Array, vp: Array, vs: Array, rho: Array) -> TrainingPrior:
    """The prior that training models (N, L) on one grid, N >= 2, stand for."""
    if np.ptp(thickness[:, :-1], axis=0).max(initial=0.0) > GRID_TOLERANCE:
        raise UsageError("prior: models of different layerings given; one grid is allowed")
    if not (vs > 0).all():
        raise UsageError("prior: models with water given; vs above 0 is allowed, since logarithms are taken")
    return TrainingPrior(name, thickness[0], subspace_of(vp, vs, rho), interface_share(thickness[0], vs))


@lru_cache(maxsize=8)
def prior_by_name(name: str) -> TrainingPrior:
    """The prior of that name (mixtures too), from 4,000 draws; UsageError names those there are."""
    from surfgrad.earth.priors import draw_many, get_prior

    return prior_of_models(name, *draw_many(get_prior(name), 0, COUNT))


def find_prior(given: Any, surrogate_card: Mapping[str, Any] | None) -> tuple[TrainingPrior | None, str]:
    """The training prior and where it is from; None and why there is none.

    `given`: "auto" (what the surrogate's card says), None, a prior's name, a TrainingPrior, or four arrays (N, L) of
    training models.
    """
    if given is None:
        return None, "No training prior was asked for."
    if isinstance(given, TrainingPrior):
        return given, "Given."
    if isinstance(given, tuple) and len(given) == 4:
        return prior_of_models("given models", *(np.asarray(each, dtype=np.float64) for each in given)), "Given models."
    if not isinstance(given, str):
        allowed = "'auto', None, a prior's name, a TrainingPrior or four arrays (N, layers) are allowed"
        raise UsageError(f"prior: a {type(given).__name__} given; {allowed}")
    if given != AUTO:
        return prior_by_name(given), f"{given}, as given."
    return _of_card(surrogate_card or {})


def _of_card(card: Mapping[str, Any]) -> tuple[TrainingPrior | None, str]:
    place: Any = card
    for key in ("data", "card", "prior", "name"):
        place = place.get(key) if isinstance(place, Mapping) else None
    if not isinstance(place, str):
        return None, "The surrogate's card names no training prior."
    try:
        return prior_by_name(place), f"{place}, as the surrogate's card says."
    except UsageError:
        return None, f"The surrogate's card names the prior {place!r}, which is not known here."
