"""Quality factors and their reference period: from options, or from the columns of a model96 file."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.earth.formats.model96 import Model96


class Losses(NamedTuple):
    """`qp`, `qs`: (L,), inf for no loss. `reference_period`, s: where the layers' velocities hold."""

    qp: np.ndarray
    qs: np.ndarray
    reference_period: float


def read_losses(model: str, layers: int, qp: str, qs: str, reference_period: float | None) -> Losses:
    """Losses of the MODEL called `model`, with `layers` layers; an empty `qp` or `qs` means the file's column.

    Raises UsageError where neither an option nor the file says, and for what the engine does not solve: Q that changes
    with frequency, reference frequencies that differ.
    """
    record = _record(model)
    p, s = (
        _column(record, name, model) if text == "" else _given(text, f"--{name}", layers)
        for name, text in (("qp", qp), ("qs", qs))
    )
    if qp == qs == "" and np.isinf([p, s]).all():
        raise UsageError(f"--qp, --qs: {model} holds no loss (QP and QS are 0); give numbers")
    if reference_period is None:
        reference_period = 1.0 if qp and qs else _reference_period(record, model)
    if not 0.0 < reference_period < np.inf:
        raise UsageError(f"--reference-period: {reference_period:g} given; finite values above 0 s are allowed")
    return Losses(p, s, reference_period)


def _record(model: str) -> "Model96 | None":
    """What a model96 file holds; None for a CSV file or a reference Earth."""
    from surfgrad.earth.formats.model96 import parse_model96
    from surfgrad.text import read_lines

    lines = read_lines(model) if Path(model).exists() else []
    return parse_model96(lines, model) if lines and lines[0].strip().upper().startswith("MODEL") else None


def _column(record: "Model96 | None", name: str, model: str) -> np.ndarray:
    if record is None:
        raise UsageError(f"--{name}: {model} has no {name.upper()} column; give a number, or one a layer with commas")
    power = getattr(record, f"eta{name[1]}")
    quality: np.ndarray = getattr(record, name)
    changing = np.flatnonzero((power != 0.0) & np.isfinite(quality))
    if changing.size:
        i = changing[0]
        raise UsageError(
            f"--{name}: in {model} layer {i} has ETA{name[1].upper()} {power[i]:g}, a Q that changes with frequency; "
            f"0 is allowed (or give --{name})"
        )
    return quality


def _given(text: str, option: str, layers: int) -> np.ndarray:
    """(L,) from one number or L numbers with commas."""
    try:
        values = [float(part) for part in text.split(",")]
    except ValueError:
        raise UsageError(f"{option}: {text[:40]!r} given; a number, or one a layer with commas, is allowed") from None
    if len(values) not in (1, layers):
        raise UsageError(f"{option}: {len(values)} values given; 1 or {layers}, one a layer, is allowed")
    for value in values:
        if not value >= 1.0:
            raise UsageError(f"{option}: {value:g} given; values of 1 and above are allowed (inf: no loss)")
    return np.full(layers, values) if len(values) == 1 else np.array(values)


def _reference_period(record: "Model96 | None", model: str) -> float:
    """1/FREFP = 1/FREFS of every layer, as far as they attenuate."""
    if record is None:
        return 1.0
    frequencies = np.append(record.frefp[np.isfinite(record.qp)], record.frefs[np.isfinite(record.qs)])
    if np.ptp(frequencies) > 0.0 or frequencies[0] <= 0.0:
        raise UsageError(
            f"--reference-period: FREFP and FREFS of {model} are {frequencies.min():g} to {frequencies.max():g} Hz; "
            "give one period, s"
        )
    return float(1.0 / frequencies[0])
