"""Where a curve of many periods is solved: curves are smooth in log period, and data are not that many.

Between nodes the not-a-knot cubic spline in log period (`surfgrad.spline`) is linear in its ordinates, so derivatives
go the same way as values. Its error is measured, not promised: the result's data are computed again at every period.
"""

from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.observations import Branch
from surfgrad.spline import spline_weights

Array = np.ndarray
MOST_NODES = 48
"""Periods of one curve that are solved; a curve with no more than these is solved at each."""


@dataclass(frozen=True, eq=False)
class Nodes:
    """`periods` (K,), s, at which `branch` is solved, and, or not, `weights` (m, K) of its m data."""

    branch: Branch
    periods: Array
    weights: Array | None

    def spread(self, values: Array) -> Array:
        """(..., m, k) at the data from (..., K, k) at the nodes."""
        if self.weights is not None:
            return np.asarray(self.weights @ values)
        same = self.branch.at.size == self.periods.size and bool((np.diff(self.branch.at) > 0).all())
        return values if same else values[..., self.branch.at, :]


def nodes_of(branch: Branch, most: int) -> Nodes:
    """At most `most` nodes (0: as many as periods), the shortest and the longest period among them."""
    if most == 0 or branch.periods.size <= most:
        return Nodes(branch, branch.periods, None)
    nodes = np.geomspace(branch.periods[0], branch.periods[-1], most)
    nodes[0], nodes[-1] = branch.periods[0], branch.periods[-1]
    return Nodes(branch, nodes, spline_weights(nodes.tolist(), branch.periods)[branch.at])
