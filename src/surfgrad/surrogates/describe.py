"""The card of a network that has just been trained."""

from typing import Any

import numpy as np
import torch
from torch import nn

from surfgrad.ensembles.store import Ensemble
from surfgrad.surrogates.architectures import sizes_of
from surfgrad.surrogates.card import CARD_SCHEMA, UNITS, Card, DomainCard, versions
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluate import evaluate
from surfgrad.surrogates.losses import loss_function, masked_share
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.state import State

_NORMALISATION = (
    "inputs (log x - input_mean) / input_std for x = vp, vs, rho; outputs output_mean + output_std y (km/s); "
    "the four tensors are in weights.safetensors"
)


def describe(network: nn.Module, state: State, plan: Plan, store: Ensemble, data: TrainingData) -> Card:
    """Everything but the weights' hash, which is known when they are written."""
    sizes: Any = network.settings
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
            vs_range=[(float(low), float(high)) for low, high in data.vs_range],
            thickness=np.asarray(store.thickness).tolist(),
        ),
        training=_training(network, state, plan, store, data),
        versions=versions(),
    )


def _training(network: nn.Module, state: State, plan: Plan, store: Ensemble, data: TrainingData) -> dict[str, Any]:
    """How it went, and the errors on the held-out part; None for a wave that has no value there."""
    scale = torch.as_tensor(data.normalisation.output_std.astype(np.float32))
    found = evaluate(network, data.validation, loss_function(plan.loss), scale)
    mae = {**dict(zip(store.waves, found.mae, strict=True)), "all": found.mae_all}
    parts = {"training": data.train, "validation": data.validation}
    return {
        "plan": plan.card(),
        "samples": {name: len(part) for name, part in parts.items()},
        "masked_share": {name: masked_share(part.target) for name, part in parts.items()},
        "steps": state.step,
        "seconds": round(state.seconds, 1),
        "best_step": state.best_step,
        "validation": {
            "loss": found.loss,
            "mae_km_s": {name: value if np.isfinite(value) else None for name, value in mae.items()},
        },
        "history": state.history,
    }
