"""A domain as plain values that JSON can hold, and back, believing nothing."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from surfgrad.ensembles.domain.training_domain import LEVELS, STATISTICS, TrainingDomain
from surfgrad.errors import FormatError

Array = np.ndarray

SCHEMA = 1
"""Raised whenever an older reader would misjudge."""
_DIGITS = 5
_EXACT = ("periods", "edges")  # an edge off its interface by rounding would look like structure inside a bin
_ARRAYS = (
    "periods",
    "velocity",
    "edges",
    "quantiles",
    "rough",
    "mean",
    "scale",
    "directions",
    "deviation",
    "limits",
)


def domain_to_card(domain: TrainingDomain) -> dict[str, Any]:
    """Lists of numbers of five digits (None for NaN), 60 to 120 kB as JSON for a grid of 256 layers."""
    arrays = {name: _plain(getattr(domain, name), 17 if name in _EXACT else _DIGITS) for name in _ARRAYS}
    return {"schema": SCHEMA, "count": domain.count, "waves": list(domain.waves), **arrays}


def domain_from_card(card: Any) -> TrainingDomain:
    """The domain that `domain_to_card` wrote; FormatError names the entry that is missing or of another shape."""
    if not isinstance(card, Mapping) or card.get("schema") != SCHEMA:
        given = card.get("schema") if isinstance(card, Mapping) else type(card).__name__
        raise FormatError(f"domain: schema {given!r} given; this version reads schema {SCHEMA}")
    arrays = {name: _array(card, name) for name in _ARRAYS}
    waves, count = card.get("waves"), card.get("count")
    if not isinstance(waves, list) or not all(isinstance(wave, str) for wave in waves):
        raise FormatError("domain: waves: a list of names is allowed")
    if not isinstance(count, int):
        raise FormatError(f"domain: count: {count!r} given; a whole number is allowed")
    _check_shapes(arrays, len(waves))
    return TrainingDomain(count=count, waves=tuple(waves), **arrays)


def _plain(values: Array, digits: int) -> Any:
    if values.ndim:
        return [_plain(each, digits) for each in values]
    return float(f"{values:.{digits}g}") if np.isfinite(values) else None


def _array(card: Mapping[str, Any], name: str) -> Array:
    try:
        values = np.asarray(card[name], dtype=np.float64)
    except KeyError:
        raise FormatError(f"domain: {name} is missing") from None
    except (TypeError, ValueError):
        raise FormatError(f"domain: {name}: numbers in lists of one length are allowed") from None
    if name != "velocity" and not np.isfinite(values).all():
        raise FormatError(f"domain: {name}: a number that is not finite given; finite numbers are allowed")
    return values


def _check_shapes(arrays: Mapping[str, Array], waves: int) -> None:
    periods, edges, along = (arrays[name].size for name in ("periods", "edges", "deviation"))
    profile = (3, edges)
    expected = {
        "periods": (periods,),
        "velocity": (waves, periods, 2),
        "edges": (edges,),
        "quantiles": (len(LEVELS), *profile),
        "rough": profile,
        "mean": profile,
        "scale": profile,
        "directions": (along, *profile),
        "deviation": (along,),
        "limits": (len(STATISTICS),),
    }
    for name, shape in expected.items():
        if arrays[name].shape != shape:
            raise FormatError(f"domain: {name}: shape {arrays[name].shape} given; {shape} is allowed")
    for name in ("periods", "scale", "deviation", "limits"):
        if not (arrays[name].size and (arrays[name] > 0).all()):
            raise FormatError(f"domain: {name}: numbers above 0 are allowed")
    if edges < 2 or not (np.diff(arrays["edges"]) > 0).all():
        raise FormatError("domain: edges: two or more depths that rise are allowed")
