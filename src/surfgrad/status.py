"""Status codes that travel beside every value: failure is a value with a sentence."""

from enum import IntEnum


class Status(IntEnum):
    """What is known about one value of a dispersion curve."""

    OK = 0
    NO_MODE = 1
    CLOSE_MODES = 2
    MULTIPLE = 3
    NOT_CONVERGED = 4
    INVALID_MODEL = 5

    @property
    def has_value(self) -> bool:
        """Whether a velocity stands beside this code (otherwise it is NaN)."""
        return self in (Status.OK, Status.CLOSE_MODES, Status.MULTIPLE)

    @property
    def advice(self) -> str:
        """One sentence for the reader of the code."""
        return _ADVICE[self]


_ADVICE = {
    Status.OK: "The mode count certifies the branch.",
    Status.NO_MODE: "The branch is not trapped at this period: it has no root below the half-space's vs.",
    Status.CLOSE_MODES: "The value is certified, but a neighbouring mode lies nearer than the certificate's distance; "
    "kernels lose digits in proportion.",
    Status.MULTIPLE: "The branch meets this period more than once (backward waves); the slowest root is given.",
    Status.NOT_CONVERGED: "No value could be certified, or its error estimate is too large "
    "(group and ellipticity kernels); please report the model.",
    Status.INVALID_MODEL: "The model is invalid; build an EarthModel from it to learn which entry is wrong.",
}

WITH_VALUE = tuple(int(code) for code in Status if code.has_value)
"""The codes beside which a velocity stands."""
