"""What an ensemble store contains: variables, dimensions, units, and the card that says where it all comes from."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad import __version__
from surfgrad.contracts import PARAMETERS, WAVES
from surfgrad.errors import UsageError
from surfgrad.status import Status

SCHEMA = 2
"""Raised whenever a reader of the old layout would misread the new one."""

Card = dict[str, Any]

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
TOLERANCE = 1e-10
"""Relative error of a velocity at most, as the engine states it."""
PRECISIONS = ("float32", "float64")
"""How models may be stored; curves are float64 always."""


@dataclass(frozen=True)
class SampleArray:
    """An array of a store that has a row for every sample: `dims` and `shape` are those of one row.

    `units` None: a number without unit, or a code.
    """

    name: str
    dims: tuple[str, ...]
    shape: tuple[int, ...]
    dtype: str
    units: str | None = None
    long_name: str = ""

    def on_card(self) -> Card:
        """What the card says of it."""
        return {"dims": list(self.dims), "shape": list(self.shape), "dtype": self.dtype, "units": self.units}

    @property
    def floating(self) -> bool:
        """Whether a missing entry can be NaN."""
        return np.dtype(self.dtype).kind == "f"


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


def sample_arrays(
    layers: int, shared_grid: bool, curves: Curves, precision: str, further: Sequence[SampleArray] = ()
) -> tuple[SampleArray, ...]:
    """Every array with a row per sample, in the order in which a store holds and hashes them.

    `thickness` is among them only where models differ in it. `further`: what somebody adds (see `Further`).
    """
    if precision not in PRECISIONS:
        raise UsageError(f"precision: {precision!r} given; {', '.join(PRECISIONS)} are allowed")
    model = ("vp", "vs", "rho") if shared_grid else PARAMETERS
    rows = [SampleArray(name, ("layer",), (layers,), precision, UNITS[name], LONG_NAMES[name]) for name in model]
    shape = (len(curves.waves), len(curves.periods))
    for name, dtype in (("velocity", "float64"), ("status", "uint8")):
        rows.append(SampleArray(name, ("wave", "period"), shape, dtype, UNITS.get(name), LONG_NAMES[name]))
    rows.append(SampleArray("sample", (), (), "int64", None, LONG_NAMES["sample"]))
    taken = {row.name for row in rows} | set(LONG_NAMES)
    for row in further:
        if row.name in taken:
            raise UsageError(f"further arrays: {row.name!r} is in the store already; another name is allowed")
        taken.add(row.name)
    return (*rows, *further)


def identity(origin: Card, curves: Curves, layers: int, arrays: Sequence[SampleArray], further: Card | None) -> Card:
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
        "tolerance": TOLERANCE,
        "units": UNITS,
        "further": further,
        "arrays": {row.name: row.on_card() for row in arrays},
    }
    # As it will be read back: JSON knows no tuples.
    return dict(json.loads(json.dumps(card, allow_nan=False)))


def count_status(status: np.ndarray, waves: Sequence[str]) -> dict[str, dict[str, int]]:
    """How often each status code occurs, by wave, in an array (sample, wave, period)."""
    return {
        wave: {code.name: int(np.count_nonzero(status[:, row] == code)) for code in Status}
        for row, wave in enumerate(waves)
    }


def add_counts(parts: Iterable[dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    """Counts as `count_status` gives them, of several blocks together."""
    total: dict[str, dict[str, int]] = {}
    for part in parts:
        for wave, counts in part.items():
            sums = total.setdefault(wave, dict.fromkeys(counts, 0))
            for code, number in counts.items():
                sums[code] += number
    return total


def first_difference(mine: Card, theirs: Card) -> str | None:
    """The first entry in which two identities differ, in words; None when they agree."""
    for key in [*mine, *(key for key in theirs if key not in mine)]:
        if mine.get(key) != theirs.get(key):
            return f"{key}: {_short(theirs.get(key))} there, {_short(mine.get(key))} asked for"
    return None


def _short(value: Any, width: int = 60) -> str:
    text = str(value)
    return text if len(text) <= width else text[: width - 3] + "..."
