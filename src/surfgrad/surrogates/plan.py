"""How a surrogate is trained: everything that the result depends on besides the data."""

import math
from dataclasses import asdict, dataclass
from typing import Any

from surfgrad.errors import UsageError
from surfgrad.surrogates.clocks import CLOCKS

MOST_SEED = 2**63 - 1
"""torch's generators take no greater one."""


@dataclass(frozen=True)
class Plan:
    """One training run.

    It ends after `steps` or `budget_minutes`, whichever comes first (five minutes if neither is given); only runs that
    are limited by steps can be repeated to the last bit. Minutes are those of the `clock`: "wall", or "cpu", which
    stands still while others use the machine. `seed` sets the first weights and the order of the samples.
    `batch` samples a step, `learning_rate` at its peak, `weight_decay` as AdamW has it, gradients clipped to the norm
    `clip`; the share `validation` of the store is held out and judged every `evaluate_every` steps, the best weights
    are kept, and the run stops after `patience` judgements without a better one (None: never). `average`: judged and
    kept is the running mean of the weights with this memory (None: the weights themselves). `size`: one of the
    architecture's named sizes; `hidden`: widths; None for the architecture's own.

    `input_gain`: the first layer's initial weights have this standard deviation times 1/sqrt(inputs). Directions in
    model space that the training set does not explore keep the derivative that they were born with, so it is small:
    measured on the weak prior, docs/emergence.md.
    """

    architecture: str = "grid"
    loss: str = "value"
    steps: int | None = None
    budget_minutes: float | None = None
    clock: str = "wall"
    seed: int = 0
    batch: int = 128
    learning_rate: float = 1e-3
    weight_decay: float = 1e-2
    clip: float = 1.0
    validation: float = 0.05
    evaluate_every: int = 200
    patience: int | None = None
    average: float | None = 0.998
    size: str | None = None
    hidden: tuple[int, ...] | None = None
    input_gain: float = 0.05

    def __post_init__(self) -> None:
        """Refuse what cannot be run, naming it."""
        if self.steps is None and self.budget_minutes is None:
            object.__setattr__(self, "budget_minutes", 5.0)
        if self.clock not in CLOCKS:
            raise UsageError(f"clock: {self.clock!r} given; allowed are {' and '.join(CLOCKS)}")
        for name in ("steps", "batch", "evaluate_every", "patience"):
            _at_least(name, getattr(self, name), 1)
        _at_least("seed", self.seed, 0)
        if self.seed > MOST_SEED:
            raise UsageError(f"seed: {self.seed} given; 0 to {MOST_SEED} is allowed")
        for name in ("budget_minutes", "learning_rate", "clip", "input_gain"):
            value = getattr(self, name)
            if value is not None and not 0.0 < value < math.inf:
                raise UsageError(f"{name}: {value} given; a finite number above 0 is allowed")
        if self.average is not None and not 0.0 < self.average < 1.0:
            raise UsageError(f"average: {self.average} given; above 0 and below 1, or None, is allowed")
        if not 0.0 <= self.weight_decay < math.inf:
            raise UsageError(f"weight_decay: {self.weight_decay} given; a finite number, 0 or above, is allowed")

    def share(self, step: int, seconds: float) -> float:
        """How much of the run is over, 0 to 1."""
        shares = []
        if self.steps is not None:
            shares.append(step / self.steps)
        if self.budget_minutes is not None:
            shares.append(seconds / (60.0 * self.budget_minutes))
        return min(max(shares), 1.0)

    def card(self) -> dict[str, Any]:
        """The plan as JSON holds it."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def _at_least(name: str, value: int | None, least: int) -> None:
    if value is not None and value < least:
        raise UsageError(f"{name}: {value} given; {least} or above is allowed")
