"""What an ensemble store contains: variables, dimensions, units, and the card that says where it all comes from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad import __version__
from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError
from surfgrad.status import Status

SCHEMA = 1
"""Raised whenever a reader of the old layout would misread the new one."""

Card = dict[str, Any]

MODEL_VARIABLES = ("thickness", "vp", "vs", "rho")
DIMENSIONS = {
    "vp": ("sample", "layer"),
    "vs": ("sample", "layer"),
    "rho": ("sample", "layer"),
    "velocity": ("sample", "wave", "period"),
    "status": ("sample", "wave", "period"),
}
UNITS = {"thickness": "km", "vp": "km/s", "vs": "km/s", "rho": "g/cm3", "velocity": "km/s", "period": "s"}
LONG_NAMES = {
    "thickness": "layer thickness; the last layer is the half-space",
    "vp": "P velocity",
    "vs": "S velocity",
    "rho": "density",
    "velocity": "phase velocity",
    "status": "status code",
    "period": "period",
    "wave": "wave",
    "sample": "index of the sample in its source",
}


@dataclass(frozen=True)
class Curves:
    """What is computed for every model: `waves`, `periods` (s) and `mode` (0 is the fundamental)."""

    periods: tuple[float, ...]
    waves: tuple[str, ...] = WAVES
    mode: int = 0

    def __post_init__(self) -> None:
        """Refuse what no engine could compute."""
        if not self.periods or not all(0.0 < period < np.inf for period in self.periods):
            raise UsageError(f"periods: {self.periods} given; at least one, all finite and above 0 s, is allowed")
        if len(set(self.periods)) < len(self.periods):
            raise UsageError("periods: the same period is given twice; each may stand once in an ensemble")
        if not self.waves or len(set(self.waves)) < len(self.waves) or not set(self.waves) <= set(WAVES):
            raise UsageError(f"waves: {self.waves} given; allowed are {WAVES}, each once")
        if self.mode < 0:
            raise UsageError(f"mode: {self.mode} given; 0 (fundamental) and above are allowed")


def curves_of(periods: Any, waves: Sequence[str], mode: int) -> Curves:
    """A `Curves` from a caller's arrays and lists."""
    values = np.atleast_1d(np.asarray(periods, dtype=np.float64))
    if values.ndim != 1:
        raise UsageError(f"periods: an array of shape {values.shape} given; one dimension is allowed")
    return Curves(tuple(values.tolist()), tuple(waves), int(mode))


def identity(origin: Card, curves: Curves, layers: int) -> Card:
    """The part of the card that is known before any work: two runs with the same identity make the same store."""
    card = {
        "schema": SCHEMA,
        **origin,
        "layers": layers,
        "waves": list(curves.waves),
        "periods": list(curves.periods),
        "mode": curves.mode,
        "kind": "phase",
        "engine_version": __version__,
        "units": UNITS,
    }
    # As it will be read back: JSON knows no tuples.
    return dict(json.loads(json.dumps(card, allow_nan=False)))


def count_status(status: np.ndarray, waves: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each status code occurs, by wave, in an array (sample, wave, period)."""
    return {
        wave: {code.name: int(np.count_nonzero(status[:, row] == code)) for code in Status}
        for row, wave in enumerate(waves)
    }


def first_difference(mine: Card, theirs: Card) -> str | None:
    """The first entry in which two identities differ, in words; None when they agree."""
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        if mine.get(key) != theirs.get(key):
            return f"{key}: {_short(theirs.get(key))} there, {_short(mine.get(key))} asked for"
    return None


def _short(value: Any, width: int = 60) -> str:
    text = str(value)
    return text if len(text) <= width else text[: width - 3] + "..."
