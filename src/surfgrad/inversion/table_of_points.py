"""The curves of many points side by side: one table of all that any of them has, and which of it each has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.curves.observed import ObservedCurves
from surfgrad.inversion.observations import Observations, observations

Array = np.ndarray
Row = tuple[str, str, int, float, int]


@dataclass(frozen=True, eq=False)
class TableOfPoints:
    """P points over the n rows of `rows` (an `Observations` whose own values mean nothing).

    `value`, `sigma`: (P, n), NaN where a point has no such datum.
    """

    names: tuple[str, ...]
    rows: Observations
    value: Array
    sigma: Array


def table_of_points(points: Sequence[tuple[str, Observations]]) -> TableOfPoints:
    """Put points side by side; a period that one curve has twice has two rows."""
    keys = [_rows(each) for _, each in points]
    every = sorted(set().union(*keys))
    place = {row: i for i, row in enumerate(every)}
    value, sigma = np.full((len(points), len(every)), np.nan), np.full((len(points), len(every)), np.nan)
    for i, ((_, observed), rows) in enumerate(zip(points, keys, strict=True)):
        at = [place[row] for row in rows]
        value[i, at], sigma[i, at] = observed.value, observed.sigma
    wave, kind, mode, period, _ = (list(each) for each in zip(*every, strict=True))
    table = ObservedCurves(wave, kind, mode, period, 1.0, 1.0)  # type: ignore[arg-type] # lists become arrays there
    return TableOfPoints(tuple(name for name, _ in points), observations(table), value, sigma)


def pooled(points: Sequence[tuple[str, Observations]]) -> Observations:
    """All data of all points as one table: what a prior that is common to them may be drawn from."""
    curves = [observed.curves for _, observed in points]
    wave, kind, mode, period, value = (
        np.concatenate([getattr(each, name) for each in curves])
        for name in ("wave", "kind", "mode", "period_s", "value")
    )
    return observations(ObservedCurves(wave, kind, mode, period, value, 1.0))  # type: ignore[arg-type] # one for all


def _rows(observed: Observations) -> list[Row]:
    curves, seen = observed.curves, Counter[tuple[str, str, int, float]]()
    rows = []
    for key in zip(
        curves.wave.tolist(), curves.kind.tolist(), curves.mode.tolist(), curves.period_s.tolist(), strict=True
    ):
        rows.append((*key, seen[key]))
        seen[key] += 1
    return rows
