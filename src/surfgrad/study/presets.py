"""How large a study is: counts, seeds and budgets, nothing else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.records import Array


@dataclass(frozen=True)
class Preset:
    """The size of a study.

    `train_count`: models a prior. `test_count`: models a test set. `budget_minutes`: longest training of one surrogate.
    `steps`: training steps, or None for as many as the budget allows. `seed`: the study's own; every other seed follows
    from it in `plan.py`. `periods`: first, last, step, s, both ends included. `samples`: profiles drawn per set.
    `evaluate_every`: steps between two looks at the held-out part.
    """

    name: str
    purpose: str
    train_count: int
    test_count: int
    budget_minutes: float
    steps: int | None = None
    seed: int = 1
    periods: tuple[float, float, float] = (2.0, 60.0, 1.0)
    samples: int = 60
    evaluate_every: int = 200

    def period_array(self) -> Array:
        """(T,) periods, s."""
        first, last, step = self.periods
        return first + step * np.arange(round((last - first) / step) + 1)

    def card(self) -> dict[str, Any]:
        """The preset as plain data; a folder made with another card is not continued."""
        return asdict(self) | {"periods": list(self.periods)}


_ALL = (
    Preset(
        "smoke", "does everything work: at most two minutes on two cores", 400, 40, 0.25, samples=40, evaluate_every=50
    ),
    Preset("laptop", "a first answer: at most a quarter of an hour on two cores", 20_000, 200, 3.5),
    Preset("overnight", "a firmer answer: a few hours on a workstation", 50_000, 500, 60.0),
    Preset("full", "the size of the paper, 100,000 models a prior: for a bigger machine", 100_000, 1_000, 240.0),
)
PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in _ALL}


def get_preset(name: str) -> Preset:
    """The preset of that name; UsageError names those that exist."""
    if name not in PRESETS:
        raise UsageError(f"--preset: {name!r} is unknown; allowed are {', '.join(PRESETS)}")
    return PRESETS[name]
