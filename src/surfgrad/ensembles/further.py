"""What else a store may hold of every sample: the hook for data computed from its model and its curves."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from surfgrad.ensembles.schema import Card, Curves, SampleArray
from surfgrad.ensembles.sources import Models


class Further(Protocol):
    """Further arrays with a row per sample, for example derivative labels.

    A row depends on the sample's model, curves and index only, never on the block that it is computed in: then stores
    are the same however the work was cut. An object of this kind must survive being sent to another process.
    """

    def card(self) -> Card:
        """What the store's card says of them, under `further`: plain values that JSON can hold."""
        ...

    def arrays(self, curves: Curves, layers: int) -> Sequence[SampleArray]:
        """Their names, dimensions, shapes, types and units. Dimensions of their own need names that are not taken."""
        ...

    def compute(
        self, models: Models, velocity: np.ndarray, status: np.ndarray, curves: Curves, first: int
    ) -> dict[str, np.ndarray]:
        """The rows of samples first ... first + n - 1 (indices in the source): each array is (n, *shape).

        `models`: thickness, vp, vs, rho, (n, L) float64, exactly as the store holds them; `velocity`, `status`:
        (n, W, T). Never raises for a model without a curve: NaN stands where there is no value.
        """
        ...
