"""Homogeneous layers as samples in depth, for .nd and .tvel files."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from surfgrad.decimals import EXACT, plain
from surfgrad.errors import UsageError
from surfgrad.looks import EARTH_RADIUS

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def sample_rows(model: "EarthModel", bottom: float = EARTH_RADIUS) -> Iterator[str]:
    """The rows `depth vp vs rho` of a model: two samples a layer, the half-space down to `bottom`, km.

    TauP takes the last depth for the planet's radius.

    Depths are exact decimal sums, so that layers come back to the last bit. Raises UsageError for a layer without
    thickness, which samples cannot hold, and for a half-space that begins at `bottom` or below.
    """
    thickness, *columns = (array.tolist() for array in model.arrays)
    top = Decimal(0)
    for i, values in enumerate(zip(*columns, strict=True)):
        last = i == model.n_layers - 1
        below = Decimal(repr(bottom)) if last else EXACT.add(top, Decimal(repr(thickness[i])))
        if below <= top:
            where = f"half-space at {top} km" if last else f"layer {i} without thickness"
            raise UsageError(f"model: {where} given; layers above {bottom:g} km, each thicker than 0, are allowed here")
        text = " ".join(repr(value) for value in values)
        yield f"{plain(top)} {text}"
        yield f"{plain(below)} {text}"
        top = below
