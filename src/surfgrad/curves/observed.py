"""Observed curves: one row an observation, all columns of one length."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.contracts import WAVES
from surfgrad.errors import ModelError
from surfgrad.masked import refuse_masked

Array = np.ndarray
KINDS = ("phase", "group", "ellipticity")


@dataclass(frozen=True, eq=False, repr=False)
class ObservedCurves:
    """Observations of surface waves, in the order in which they were given; periods may repeat and need not rise.

    All (n,), read-only copies; a single value stands for all. `wave`: "rayleigh" or "love". `kind`: "phase", "group"
    or "ellipticity". `mode`: 0 to 9999. `period_s`: s. `value`: velocity, km/s, or H/V (signed, Rayleigh waves only).
    `sigma`: standard deviation of `value`, in its unit; NaN: not given. Raises ModelError naming the first bad entry.
    """

    wave: Array
    kind: Array
    mode: Array
    period_s: Array
    value: Array
    sigma: Array = np.nan  # type: ignore[assignment] # a single value, as __post_init__ takes it

    def __post_init__(self) -> None:
        """Bring to one shape, check and freeze."""
        given = [self.wave, self.kind, self.mode, self.period_s, self.value, self.sigma]
        names = ("wave", "kind", "mode", "period_s", "value", "sigma")
        columns = [_column(name, each) for name, each in zip(names, given, strict=True)]
        try:
            shape = np.broadcast_shapes(*(column.shape for column in columns), (1,))
        except ValueError:
            shape = ()
        if len(shape) != 1:
            lengths = ", ".join(f"{name} {column.shape}" for name, column in zip(names, columns, strict=True))
            raise ModelError(f"curves: shapes {lengths} given; columns of one length are allowed")
        for name, column in zip(names, columns, strict=True):
            array = np.array(np.broadcast_to(column, shape))
            array.flags.writeable = False
            object.__setattr__(self, name, array)
        self._check()

    def _check(self) -> None:
        velocity = self.kind != "ellipticity"
        for name, bad, allowed in (
            ("wave", ~np.isin(self.wave, WAVES), " or ".join(WAVES)),
            ("kind", ~np.isin(self.kind, KINDS), " or ".join(KINDS)),
            ("wave", ~velocity & (self.wave != "rayleigh"), "rayleigh, for an ellipticity,"),
            ("mode", (self.mode < 0) | (self.mode > 9999), "0 to 9999"),
            ("period_s", ~((self.period_s > 0) & np.isfinite(self.period_s)), "a finite number above 0 s"),
            ("value", ~np.isfinite(self.value), "a finite number"),
            ("value", velocity & ~(self.value > 0), "a velocity above 0 km/s"),
            ("sigma", (self.sigma <= 0) | np.isinf(self.sigma), "a finite number above 0, or NaN (not given),"),
        ):
            if bad.any():
                i = int(np.argmax(bad))
                raise ModelError(f"{name}[{i}]: {getattr(self, name)[i]} given; {allowed} is allowed")

    def __len__(self) -> int:
        """Number of observations."""
        return int(self.value.size)

    def __eq__(self, other: object) -> bool:
        """Same observations in the same order, to the last bit."""
        if not isinstance(other, ObservedCurves):
            return NotImplemented
        pairs = zip(self._columns(), other._columns(), strict=True)
        return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in pairs)

    def __hash__(self) -> int:
        """Consistent with equality."""
        return hash((len(self), self.period_s.tobytes(), self.value.tobytes()))

    def __repr__(self) -> str:
        """One line: how many observations of what, and between which periods."""
        keys = ", ".join(f"{wave} {kind} {mode}" for wave, kind, mode in self.keys())
        span = f", {self.period_s.min():.4g} to {self.period_s.max():.4g} s" if len(self) else ""
        return f"ObservedCurves({len(self)} values: {keys}{span})"

    def keys(self) -> list[tuple[str, str, int]]:
        """(wave, kind, mode) of each curve, in the order in which they first occur."""
        triples = zip(self.wave.tolist(), self.kind.tolist(), self.mode.tolist(), strict=True)
        return list(dict.fromkeys(triples))

    def select(self, wave: str | None = None, kind: str | None = None, mode: int | None = None) -> "ObservedCurves":
        """The observations that agree with all that is given, in their order; possibly none."""
        keep = np.ones(len(self), dtype=bool)
        for column, wanted in ((self.wave, wave), (self.kind, kind), (self.mode, mode)):
            keep &= True if wanted is None else column == wanted
        return ObservedCurves(*(column[keep] for column in self._columns()))

    def curves(self) -> "Iterator[tuple[tuple[str, str, int], ObservedCurves]]":
        """Each (wave, kind, mode) with its observations."""
        return ((key, self.select(*key)) for key in self.keys())

    def _columns(self) -> tuple[Array, ...]:
        return self.wave, self.kind, self.mode, self.period_s, self.value, self.sigma


def _column(name: str, value: Any) -> Array:
    """The column as its type: text, whole numbers or float64."""
    refuse_masked(name, value)
    array = np.asarray(value)
    if name in ("wave", "kind"):
        right = array.dtype.kind in "UT" or all(isinstance(each, str) for each in array.flat)  # pandas: objects
        array = array.astype(np.str_) if right else array
    elif name == "mode":
        right = array.dtype.kind in "iu" or array.size == 0
        array = array.astype(np.int64) if right else array
    else:
        right = array.dtype.kind in "iuf"
        array = array.astype(np.float64) if right else array
    if not right:
        raise ModelError(f"{name}: {array.dtype} given; {'text' if name in ('wave', 'kind') else 'numbers'} is allowed")
    return array
