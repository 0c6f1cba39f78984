"""What a least-squares problem is, and what solving it returns."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import numpy as np

Array = np.ndarray


class Residuals(Protocol):
    """B problems of one shape: residuals r(x) whose sum of squares is to be small, with their derivatives."""

    def __call__(self, x: Array, rows: Array) -> tuple[Array, Array]:
        """r (b, D) and dr/dx (b, D, R) of the problems numbered `rows` (b,) at x (b, R).

        A NaN in r says that the problem has no value there; the solver does not go there.
        """
        ...


class FitStatus(IntEnum):
    """How a fit ended."""

    CONVERGED = 0
    OUT_OF_ITERATIONS = 1
    STALLED = 2
    NO_START = 3

    @property
    def sentence(self) -> str:
        """What it means, and what to do."""
        return _SENTENCES[self]


_SENTENCES = {
    FitStatus.CONVERGED: "The last step promised to lower the objective by less than the tolerance.",
    FitStatus.OUT_OF_ITERATIONS: "The iterations are used up; more of them, or another start, may help.",
    FitStatus.STALLED: "No step, however short, lowers the objective: the derivative is not that of the residuals.",
    FitStatus.NO_START: "The residuals have no value at the start; choose another.",
}


@dataclass(frozen=True, eq=False)
class Fit:
    """`x`: (B, R). `cost`: (B,), half the sum of squares, NaN without a start. `status`: (B,), `FitStatus` codes.

    `iterations`: (B,), steps that were tried. `residual`: (B, D) and `jacobian`: (B, D, R) at `x`.
    """

    x: Array
    cost: Array
    status: Array
    iterations: Array
    residual: Array
    jacobian: Array
