"""Observed curves as an inversion needs them: a standard deviation for every datum, and the branches to be solved."""

from dataclasses import dataclass

import numpy as np

from surfgrad.curves.observed import ObservedCurves
from surfgrad.errors import UsageError

Array = np.ndarray
Key = tuple[str, str, int]


@dataclass(frozen=True, eq=False)
class Branch:
    """One (wave, kind, mode) of the data: its distinct `periods` (T,), s, ascending, and for each of its data, `rows`
    (m,) of the table, the period's place in them, `at` (m,)."""

    wave: str
    kind: str
    mode: int
    periods: Array
    rows: Array
    at: Array

    @property
    def key(self) -> Key:
        """(wave, kind, mode)."""
        return self.wave, self.kind, self.mode


@dataclass(frozen=True, eq=False)
class Observations:
    """n data in the order of the file. `sigma`: (n,), all given and above 0, in the unit of the value."""

    curves: ObservedCurves
    sigma: Array
    branches: tuple[Branch, ...]

    def __len__(self) -> int:
        """n."""
        return len(self.curves)

    @property
    def value(self) -> Array:
        """(n,), km/s, or H/V."""
        return self.curves.value


def observations(
    curves: ObservedCurves,
    *,
    sigma: float | None = None,
    share: float | None = None,
    floor: float = 0.0,
    replace: bool = False,
) -> Observations:
    """Observed curves as an inversion needs them: every datum with a standard deviation.

    Periods may repeat and come in any order. Where the table gives no standard deviation, or everywhere for `replace`,
    it is `sigma`, in the unit of the value, or the `share` of the value. `floor`: no standard deviation counts as less,
    in the unit of the value. Raises UsageError for numbers that are not allowed, and where a datum is left without one.
    """
    if not len(curves):
        raise UsageError("curves: no observation given; at least one is allowed")
    for name, number in (("sigma", sigma), ("share", share)):
        if number is not None and not 0.0 < number < np.inf:
            raise UsageError(f"{name}: {number:g} given; a finite number above 0 is allowed")
    if sigma is not None and share is not None:
        raise UsageError("sigma: given as a number and as a share; one of them is allowed")
    if not 0.0 <= floor < np.inf:
        raise UsageError(f"sigma floor: {floor:g} given; a finite number of 0 and above is allowed")
    return Observations(curves, np.maximum(_filled(curves, sigma, share, replace), floor), _branches(curves))


def _filled(curves: ObservedCurves, sigma: float | None, share: float | None, replace: bool) -> Array:
    absent = np.isnan(curves.sigma) | replace
    if replace and sigma is None and share is None:
        raise UsageError("sigma: to be replaced by none given; a number or a share of the value is allowed")
    if absent.any() and sigma is None and share is None:
        i = int(np.argmax(absent))
        what = f"{curves.wave[i]} {curves.kind[i]} mode {curves.mode[i]} at {curves.period_s[i]:g} s"
        raise UsageError(
            f"sigma: not given for {absent.sum()} of {absent.size} data, the first {what}; give it in the table, or "
            "one for all that lack it, as a number or as a share of the value"
        )
    stand_in = np.full(len(curves), sigma) if share is None else share * np.abs(curves.value)
    return np.where(absent, stand_in, curves.sigma).astype(np.float64)


def _branches(curves: ObservedCurves) -> tuple[Branch, ...]:
    found = []
    for wave, kind, mode in curves.keys():  # noqa: SIM118 # no mapping
        rows = np.flatnonzero((curves.wave == wave) & (curves.kind == kind) & (curves.mode == mode))
        periods, at = np.unique(curves.period_s[rows], return_inverse=True)
        found.append(Branch(wave, kind, mode, periods, rows, at))
    return tuple(found)
