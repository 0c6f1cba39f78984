"""Labels as what an ensemble computes beside its curves: see `surfgrad.ensembles.further.Further`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from surfgrad.earth.priors.base import Prior
from surfgrad.earth.stack import stack_models
from surfgrad.ensembles.labels.block import Context, label_block
from surfgrad.ensembles.labels.plan import VERSION, Plan, parse_plan
from surfgrad.ensembles.labels.pool import fingerprint, models_pool, prior_pool
from surfgrad.ensembles.labels.rows import arrays
from surfgrad.ensembles.schema import Card, Curves, SampleArray
from surfgrad.ensembles.sources import Models

Array = np.ndarray

_AT_ONCE = 2**25  # bytes of kernels


@dataclass(frozen=True)
class Labels:
    """The labels that `plan` asks for, drawn under `seed`; `pool`: log models (P, 3, L), see `pool`."""

    plan: Plan
    seed: int
    pool: Array = field(repr=False)

    def card(self) -> Card:
        """See `Further.card`."""
        return {
            "kind": "derivatives",
            "version": VERSION,
            "plan": str(self.plan),
            "seed": self.seed,
            "pool": fingerprint(self.pool),
        }

    def arrays(self, curves: Curves, layers: int) -> Sequence[SampleArray]:
        """See `Further.arrays`; UsageError where the curves have fewer periods than the plan."""
        self.plan.check(len(curves.waves), len(curves.periods), layers)
        return arrays(self.plan, len(curves.waves), layers)

    def compute(self, models: Models, velocity: Array, status: Array, curves: Curves, first: int) -> dict[str, Array]:
        """See `Further.compute` and `label_block`; some samples at a time, because all kernels at once fill memory."""
        context = Context(curves.waves, np.array(curves.periods), self.pool)
        kernels = self.plan.periods * len(curves.waves) * 3 * models[2].shape[1] * 8
        step = max(1, _AT_ONCE // kernels)
        parts = []
        for start in range(0, len(velocity), step):
            part = slice(start, start + step)
            some = (models[0][part], models[1][part], models[2][part], models[3][part])
            chosen = (velocity[part], status[part], self.plan, self.seed, first + start)
            parts.append(label_block(some, *chosen, context=context))
        return {name: np.concatenate([each[name] for each in parts]) for name in parts[0]}


def prior_labels(prior: Prior, seed: int, plan: Plan | str) -> Labels:
    """Labels for samples of a prior: give them to `generate` as `further`, with the same prior and seed."""
    return Labels(_plan(plan), seed, prior_pool(prior, seed))


def models_labels(models: Any, plan: Plan | str, seed: int = 0) -> Labels:
    """Labels for given models, as `from_models` takes them: give them to it as `further`."""
    stack = stack_models(models)
    return Labels(_plan(plan), seed, models_pool(stack.vp, stack.vs, stack.rho))


def _plan(plan: Plan | str) -> Plan:
    return parse_plan(plan) if isinstance(plan, str) else plan
