"""The forward under judgement and the exact one, side by side over the same models."""

import time
from typing import Any

import numpy as np

from surfgrad.audit.asking import Models, ask
from surfgrad.audit.chunk_scores import ChunkScores
from surfgrad.audit.depth import common_layering, sizes
from surfgrad.audit.domain import Reach, reach
from surfgrad.audit.measure import measure, measure_identities
from surfgrad.audit.options import Options
from surfgrad.audit.pace import Pace, Progress
from surfgrad.contracts import Forward
from surfgrad.records import Array, Kernels


def model_arrays(models: Any) -> tuple[Models, Array, Array]:
    """The four arrays (N, L), which layers are real (N, L), and which models are valid (N,)."""
    from surfgrad.earth.stack import stack_models
    from surfgrad.earth.validate import invalid_models

    stack = stack_models(models)
    return stack.arrays, stack.mask, ~invalid_models(*stack.arrays)


class BothSides:
    """Holds both forwards and all models; answers and measures for any subset of them."""

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
        self._seconds, self._samples = np.zeros(2), np.zeros(2)
        self.layering = common_layering(models[0][valid], mask[valid])

    def subset(self, rows: Array) -> tuple[Models, Array]:
        """The models at positions `rows` (n,), four arrays (n, L), and which of their layers are real (n, L)."""
        thickness, vp, vs, rho = self.models
        return (thickness[rows], vp[rows], vs[rows], rho[rows]), self.mask[rows]

    def answers(self, rows: Array) -> tuple[Kernels, Kernels]:
        """The forward's and the exact answers for the models at positions `rows`."""
        models, mask = self.subset(rows)
        every = np.ones(self.periods.size, dtype=bool)
        begun = time.monotonic()
        learned = ask(self.forward, models, mask, self.periods, self.asked[rows], self.reach.periods)
        between = time.monotonic()
        exact = ask(self.reference, models, mask, self.periods, self.valid[rows], every)
        self._seconds += (between - begun, time.monotonic() - between)
        self._samples += (self.asked[rows].sum() * self.reach.periods.sum(), self.valid[rows].sum() * every.size)
        return learned, exact

    def pace(self, progress: Progress | None) -> Pace:
        """How long either side has taken so far for a model at a period, velocities and kernels."""
        learned, exact = (self._seconds / np.maximum(self._samples, 1)).tolist()
        return Pace(progress, learned, exact)

    def chunk(self, rows: Array, tools: ChunkScores) -> dict[str, Any]:
        """Everything that is measured on the models at positions `rows`."""
        models, mask = self.subset(rows)
        learned, exact = self.answers(rows)
        outside = ~(self.asked[rows][:, None] & self.reach.periods[None, :])
        found, profile, paper = measure(learned, exact, models, mask, outside)
        waves, reason = tuple(self.forward.waves), found["value_reason"]
        result = {
            "status": exact.status,
            "exact_velocity": exact.velocity,
            "velocity": learned.velocity,
            "profile": profile,
            "paper": paper,
            "identities": measure_identities(learned, waves, models, self.periods, reason),
            "identity_floor": measure_identities(exact, waves, models, self.periods, reason),
            "by_chunk": tools.measure(learned, exact, models, mask, found["reason"]),
            **found,
        }
        held = rows < self.options.depth_models
        if self.layering.size and held.any():
            result["depth"] = tuple(each[held] for each in sizes(learned, exact))
        return result
