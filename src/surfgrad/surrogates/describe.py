"""The card of a network that has just been trained."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from surfgrad.ensembles.domain.card import domain_to_card
from surfgrad.ensembles.domain.fit import LEAST, domain_of
from surfgrad.ensembles.store import Ensemble
from surfgrad.surrogates.architectures import architecture, sizes_of
from surfgrad.surrogates.card import CARD_SCHEMA, UNITS, Card, DomainCard, versions
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluation import Evaluation
from surfgrad.surrogates.losses import masked_share
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.state import State

_NORMALISATION = "the scales of inputs and outputs are among the tensors of weights.safetensors"


def describe(state: State, plan: Plan, store: Ensemble, data: TrainingData, found: Evaluation) -> Card:
    """Everything but the weights' hash, which is known when they are written. `found`: the best weights, judged."""
    sizes: Any = state.network.settings
    grid = np.asarray(store.thickness).tolist() if architecture(plan.architecture).fixed_grid else []
    ranges = data.vs_range if grid else [(data.vs_range.min(), data.vs_range.max())]
    return Card(
        schema_version=CARD_SCHEMA,
        architecture=plan.architecture,
        sizes=sizes_of(sizes),
        normalisation=_NORMALISATION,
        weights_sha256="",
        data={"content_sha256": store.card["content_sha256"], "card": store.card},
        prior=store.card["prior"],
        seed=plan.seed,
        units=UNITS,
        waves=list(store.waves),
        kind=store.card["kind"],
        domain=DomainCard(
            periods=store.card["periods"],
            vs_range=[(float(low), float(high)) for low, high in ranges],
            thickness=grid,
            trained=_trained(store, data) if grid else None,
        ),
        training=_training(state, plan, store, data, found),
        versions=versions(),
    )


def _trained(store: Ensemble, data: TrainingData) -> dict[str, Any] | None:
    if len(data.train) < LEAST:
        return None
    return domain_to_card(domain_of(store, data.parts.train))


def _training(state: State, plan: Plan, store: Ensemble, data: TrainingData, found: Evaluation) -> dict[str, Any]:
    """How it went, and the errors on the held-out part; None for a wave that has no value there."""
    parts = {"training": data.train, "validation": data.validation}
    validation: dict[str, Any] = {"loss": found.loss, "mae_km_s": _named(store.waves, found.mae, found.mae_all)}
    if found.kernel:
        validation["kernel_error"] = _named(store.waves, found.kernel, found.kernel_all)
    return {
        "plan": plan.card(),
        "parameters": sum(each.numel() for each in state.network.parameters()),
        "samples": {name: len(part) for name, part in parts.items()},
        "derivatives": {name: 0 if part.picks is None else len(part.picks) for name, part in parts.items()},
        "masked_share": {name: masked_share(part.target) for name, part in parts.items()},
        "steps": state.step,
        "seconds": round(state.seconds, 1),
        "best_step": state.best_step,
        "validation": validation,
        "history": state.history,
    }


def _named(waves: Sequence[str], by_wave: Sequence[float], of_all: float | None) -> dict[str, float | None]:
    values = {**dict(zip(waves, by_wave, strict=True)), "all": math.nan if of_all is None else of_all}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}
