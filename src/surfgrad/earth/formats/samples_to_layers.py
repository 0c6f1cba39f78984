"""Velocity models sampled in depth, linear in between (.nd and .tvel files), turned into homogeneous layers.

The rule. Between two samples of equal values lies one layer, exact to the printed digits. Between two of different
values lies a gradient: it is cut into equal layers no thicker than `step`, each with the mean that keeps mass and
vertical travel times (`surfgrad.earth.profile`), or refused where no `step` is given. The half-space has the values
just below `depth`; without `depth` the last sample's, from where those begin.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.decimals import EXACT
from surfgrad.earth.formats.layers import Row, checked_model
from surfgrad.earth.formats.samples import Sample
from surfgrad.earth.profile import Profile
from surfgrad.errors import ModelError, UsageError
from surfgrad.text import fail

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

MOST_LAYERS = 100_000
Pair = tuple[Sample, Sample]


@dataclass(frozen=True)
class Cut:
    """What of the samples becomes layers: down to `depth`, km (None: all), gradients by layers of `step`, km, at most.

    Raises UsageError for a depth or step that is not above 0.
    """

    depth: float | None = None
    step: float | None = None

    def __post_init__(self) -> None:
        """Check both."""
        for name, value in (("depth", self.depth), ("step", self.step)):
            if value is not None and not (value > 0.0 and math.isfinite(value)):
                raise UsageError(f"{name}: {value:g} km given; finite values above 0 km are allowed")


def model_of_samples(samples: Sequence[Sample], path: str | Path, name: str | None, cut: Cut) -> "EarthModel":
    """The layers of `samples`, by the rule above; FormatError names the line that does not allow it."""
    if not samples:
        fail(path, 1, "no samples given; at least one, the half-space's, is allowed")
    _check_depths(samples, path)
    pairs, half = _above(samples, cut.depth)
    _check_solid(pairs, half, path)
    rows: list[Row] = []
    for pair in pairs:
        rows.extend(_layers(pair, cut.step, path))
        if len(rows) > MOST_LAYERS:
            fail(path, pair[1].line, f"more than {MOST_LAYERS} layers given down to here; a larger step= is allowed")
    return checked_model([*rows, (half.line, (0.0, *half.values))], path, name)


def _check_depths(samples: Sequence[Sample], path: str | Path) -> None:
    first = samples[0]
    if first.depth != 0:
        fail(path, first.line, f"the first depth is {first.depth} km; 0 is allowed")
    at_depth = 1
    for upper, lower in pairwise(samples):
        if lower.depth < upper.depth:
            words = f"depth {lower.depth} km given after {upper.depth} km"
            fail(path, lower.line, f"{words}; depths that never fall are allowed")
        at_depth = at_depth + 1 if lower.depth == upper.depth else 1
        if at_depth > 2:
            words = f"depth {lower.depth} km given {at_depth} times"
            fail(path, lower.line, f"{words}; twice, for a discontinuity, is allowed")


def _above(samples: Sequence[Sample], depth: float | None) -> tuple[list[Pair], Sample]:
    """Neighbours with some thickness between them, and the sample that the half-space has the values of."""
    pairs = [(upper, lower) for upper, lower in pairwise(samples) if lower.depth > upper.depth]
    last = samples[-1]
    limit = None if depth is None else Decimal(repr(float(depth)))
    if limit is None or limit > last.depth:
        if pairs and pairs[-1][1] is last and pairs[-1][0].values == last.values:
            return pairs[:-1], pairs[-1][0]
        return pairs, last
    kept = [(upper, lower) for upper, lower in pairs if lower.depth <= limit]
    for upper, lower in pairs:
        if upper.depth <= limit < lower.depth:
            share = float(EXACT.divide(limit - upper.depth, lower.depth - upper.depth))
            vp, vs, rho = (
                a if a == b else a + share * (b - a) for a, b in zip(upper.values, lower.values, strict=True)
            )
            edge = Sample(lower.line, limit, (vp, vs, rho))
            return (kept if upper.depth == limit else [*kept, (upper, edge)]), edge
    return pairs, last


def _check_solid(pairs: Sequence[Pair], half: Sample, path: str | Path) -> None:
    """Refuse a fluid core: water stands on top only."""
    solid = False
    for sample in (*(each for pair in pairs for each in pair), half):
        solid = solid or sample.values[1] > 0.0
        if solid and sample.values[1] == 0.0:
            words = f"the medium is fluid (vs = 0) at {sample.depth} km, below solid ground, as in a core"
            fail(path, sample.line, f"{words}; depth= of less than {sample.depth} (km) is allowed")


def _layers(pair: Pair, step: float | None, path: str | Path) -> Iterator[Row]:
    upper, lower = pair
    thickness = float(EXACT.subtract(lower.depth, upper.depth))
    if upper.values == lower.values:
        yield lower.line, (thickness, *upper.values)
        return
    if step is None:
        words = f"a gradient between {upper.depth} and {lower.depth} km given"
        fail(path, lower.line, f"{words}; with step= (km, the thickest layer to cut it into) it is allowed")
    count = math.ceil(min(thickness / step, MOST_LAYERS + 1))
    for values in _means(pair, thickness, count, path):
        yield lower.line, (thickness / count, *values)


def _means(pair: Pair, thickness: float, count: int, path: str | Path) -> list[tuple[float, ...]]:
    """vp, vs, rho of `count` equal layers of a gradient."""
    upper, lower = pair
    vp, vs, rho = np.transpose([upper.values, lower.values])
    water = not vs.any()
    profile = Profile(np.array([0.0, thickness]), vp, np.ones(2) if water else vs, rho)
    try:
        columns = profile.layers(np.append(np.full(count, thickness / count), 0.0))
    except ModelError as error:
        fail(path, lower.line, str(error))
    if water:
        columns = columns[0], np.zeros(count + 1), columns[2]
    return list(zip(*(column[:-1].tolist() for column in columns), strict=True))
