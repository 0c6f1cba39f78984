"""How large a study is: its factors, counts, steps and seeds, nothing else."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.records import Array

TECTONIC, WEAK, DECORRELATED, MIXTURE = "tectonic", "weak", "decorrelated", "mixture"
PRIORS = (TECTONIC, WEAK, DECORRELATED, MIXTURE)
ARCHITECTURES = ("grid", "paper", "scale-free")
LOSSES = ("value", "sobolev")
REGIONS = ("craton", "orogen", "basin", "ocean")
SIDES = ("boundary", *(f"litho1-{region}" for region in REGIONS), "reference", "shared")
"""Test sets that are no prior's."""


@dataclass(frozen=True)
class Preset:
    """The size of a study.

    Factors: `priors` x `architectures` x `losses` x `seeds` (how many) trainings. `steps`: of one training, by
    "architecture-loss"; a training is counted in steps, so that it is the same however fast the machine is. `sizes`:
    an architecture's named size, its default where none is given. `device`: what trains. `looks`: judgements of the
    held-out part during a training. `train_count`: models a prior, with exact `derivatives` as the command line spells
    them.

    `tested`: priors that have a test set, of `test_count` models; `sides`: further test sets, of `side_count` models
    each. Audits ask at every `stride`-th period, and invert `inversions` models from `starts` points each on the sets
    of priors. `seed`: the study's own; every other seed follows from it in `plan.py`. `periods`: first, last, step, s,
    both ends included. `samples`: profiles drawn per set.
    """

    name: str
    purpose: str
    train_count: int
    test_count: int
    side_count: int
    steps: Mapping[str, int]
    priors: tuple[str, ...] = PRIORS
    architectures: tuple[str, ...] = ARCHITECTURES
    losses: tuple[str, ...] = LOSSES
    seeds: int = 3
    sizes: tuple[tuple[str, str], ...] = ()
    device: str = "cpu"
    tested: tuple[str, ...] = PRIORS
    sides: tuple[str, ...] = SIDES
    derivatives: str = "directional:0,periods:2,kernels:4"
    looks: int = 16
    stride: int = 2
    inversions: int = 8
    starts: int = 2
    seed: int = 1
    periods: tuple[float, float, float] = (2.0, 60.0, 1.0)
    samples: int = 60

    def period_array(self) -> Array:
        """(T,) periods, s."""
        first, last, step = self.periods
        return first + step * np.arange(round((last - first) / step) + 1)

    def card(self) -> dict[str, Any]:
        """The preset as JSON holds it; a folder made with another card is not continued."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


SCALE_FREE = ("scale-free",)
_ALL = (
    Preset(
        "smoke",
        "does everything work: at most three minutes on two cores",
        train_count=300,
        test_count=40,
        side_count=4,
        steps={"scale-free-value": 60, "scale-free-sobolev": 40},
        priors=(TECTONIC, DECORRELATED),
        architectures=SCALE_FREE,
        seeds=2,
        tested=(TECTONIC, DECORRELATED),
        looks=4,
        stride=4,
        inversions=2,
        starts=1,
        samples=8,
    ),
    Preset(
        "laptop",
        "a first answer: at most 25 minutes on two cores",
        train_count=8_000,
        test_count=40,
        side_count=20,
        steps={"scale-free-value": 2800, "scale-free-sobolev": 1350},
        priors=(TECTONIC, DECORRELATED),
        architectures=SCALE_FREE,
        tested=(TECTONIC, WEAK, DECORRELATED),
        inversions=6,
    ),
    Preset(
        "overnight",
        "the whole factorial: some two and a half hours on two cores",
        train_count=12_000,
        test_count=60,
        side_count=30,
        steps={
            "grid-value": 12_000,
            "grid-sobolev": 6_000,
            "paper-value": 2_750,
            "paper-sobolev": 1_750,
            "scale-free-value": 4_500,
            "scale-free-sobolev": 2_150,
        },
    ),
    Preset(
        "full",
        "the size of the paper, 100,000 models a prior: for a machine with a GPU",
        train_count=100_000,
        test_count=400,
        side_count=200,
        steps=dict.fromkeys((f"{architecture}-{loss}" for architecture in ARCHITECTURES for loss in LOSSES), 100_000),
        sizes=(("paper", "published"),),
        device="auto",
        looks=50,
        stride=1,
        inversions=32,
        starts=3,
    ),
)
PRESETS: Mapping[str, Preset] = {preset.name: preset for preset in _ALL}


def get_preset(name: str) -> Preset:
    """The preset of that name; UsageError names those that exist."""
    if name not in PRESETS:
        raise UsageError(f"--preset: {name!r} is unknown; allowed are {', '.join(PRESETS)}")
    return PRESETS[name]
