"""Structure that is piecewise linear in depth, and its cut into homogeneous layers.

The average of a layer is the one that keeps what waves feel of it when it is thin: the mass (density weighted by
thickness) and the vertical travel times of P and S (slowness weighted by thickness). The slowness average is also safe:
where vp > a vs everywhere, the averages obey it, so a layer made of rock is rock.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.errors import ModelError

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Profile:
    """vp, vs, rho, linear between knots.

    `depth`: (K,), km, from 0, never falling; a depth given twice is a discontinuity, first what lies above. `vp`, `vs`,
    `rho`: (K,), km/s, km/s, g/cm3. Below the last knot its values continue.
    """

    depth: Array
    vp: Array
    vs: Array
    rho: Array

    @classmethod
    def from_model(cls, model: "EarthModel") -> "Profile":
        """The steps of a layered model."""
        depth = np.repeat(model.depth_top, 2)[1:]
        vp, vs, rho = (np.repeat(values, 2)[:-1] for values in (model.vp, model.vs, model.rho))
        return cls(depth, vp, vs, rho)

    def replaced_below(self, base: float, other: "Profile") -> "Profile":
        """This profile down to `base`, km, and `other` from there on, with a discontinuity between them."""
        if base <= 0:
            return other
        above, below = self.depth < base, other.depth > base
        depth = np.concatenate((self.depth[above], [base, base], other.depth[below]))
        edge = np.array([base])
        ends = zip(self.values(edge, -1), other.values(edge, +1), strict=True)
        columns = ((self.vp, other.vp), (self.vs, other.vs), (self.rho, other.rho))
        joined = [
            np.concatenate((mine[above], end, start, theirs[below]))
            for (mine, theirs), (end, start) in zip(columns, ends, strict=True)
        ]
        return Profile(depth, *joined)

    def values(self, depth: Array, side: int) -> tuple[Array, Array, Array]:
        """vp, vs, rho at `depth` (M,), km; at a discontinuity those above it (`side` -1) or below it (+1)."""
        where = np.searchsorted(self.depth, depth, side="left" if side < 0 else "right") - 1
        return self._inside(where, depth)

    def layers(self, thickness: Any) -> tuple[Array, Array, Array]:
        """vp, vs, rho (L,) of layers of `thickness` (L,), km; the half-space has the values just below its top."""
        edges = tops(np.asarray(thickness, dtype=np.float64))
        cuts = np.union1d(edges, self.depth[self.depth < edges[-1]])
        upper, lower = cuts[:-1], cuts[1:]
        where = np.searchsorted(self.depth, 0.5 * (upper + lower), side="right") - 1
        first, last = self._inside(where, upper), self._inside(where, lower)
        layer = np.searchsorted(edges, upper, side="right") - 1
        weight = (lower - upper) / np.diff(edges)[layer]
        bottom = self.values(edges[-1:], +1)
        count = edges.size - 1

        def total(parts: Array) -> Array:
            return np.bincount(layer, weights=parts * weight, minlength=count)

        vp, vs = (1.0 / total(_mean_slowness(first[k], last[k])) for k in (0, 1))
        rho = total(0.5 * (first[2] + last[2]))
        return np.append(vp, bottom[0]), np.append(vs, bottom[1]), np.append(rho, bottom[2])

    def _inside(self, where: Array, depth: Array) -> tuple[Array, Array, Array]:
        """Values at `depth` in the segments that begin at the knots `where`."""
        i = np.clip(where, 0, self.depth.size - 1)
        j = np.minimum(i + 1, self.depth.size - 1)
        span = self.depth[j] - self.depth[i]
        share = np.divide(depth - self.depth[i], span, out=np.zeros_like(depth), where=span > 0)
        vp, vs, rho = (v[i] + np.clip(share, 0.0, 1.0) * (v[j] - v[i]) for v in (self.vp, self.vs, self.rho))
        return vp, vs, rho


def _mean_slowness(first: Array, last: Array) -> Array:
    """Mean of 1/v where v is linear from first to last: ln(last/first) / (last - first), by series where near."""
    if np.any(first <= 0) or np.any(last <= 0):
        raise ModelError("vs: 0 km/s (water) given; an average over layers is allowed in solid ground only")
    x = (last - first) / (last + first)
    # ln(last/first) = 2 atanh(x)
    near = np.abs(x) < 1e-3
    ratio = np.where(near, 1.0 + x * x / 3.0 + x**4 / 5.0, np.arctanh(x) / np.where(near, 1.0, x))
    return 2.0 * ratio / (first + last)
