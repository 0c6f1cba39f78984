"""Why a sample (model, wave, period) was not judged: every one that is left out carries one of these reasons."""

from enum import IntEnum

import numpy as np

from surfgrad.records import Array
from surfgrad.status import Status


class Exclusion(IntEnum):
    """Reasons, the first that applies in this order; JUDGED means that the sample counts."""

    JUDGED = 0
    INVALID_MODEL = 1
    NO_MODE = 2
    NOT_CONVERGED = 3
    OUTSIDE_DOMAIN = 4
    VALUE_NAN = 5
    NOT_PROVIDED = 6
    KERNEL_NAN = 7
    ZERO_KERNEL = 8

    @property
    def sentence(self) -> str:
        """What the reason means."""
        return _SENTENCES[self]

    @property
    def is_fault(self) -> bool:
        """Whether the forward under judgement is to blame: it was asked inside its domain and gave no number."""
        return self in (Exclusion.VALUE_NAN, Exclusion.KERNEL_NAN)


_SENTENCES = {
    Exclusion.JUDGED: "The sample counts.",
    Exclusion.INVALID_MODEL: "The layered model is invalid; neither side was asked.",
    Exclusion.NO_MODE: "The exact engine says that the mode is not trapped at this period.",
    Exclusion.NOT_CONVERGED: "The exact engine found no certified root, or its kernel is not finite.",
    Exclusion.OUTSIDE_DOMAIN: "The model or the period lies outside the forward's stated domain; it was not asked.",
    Exclusion.VALUE_NAN: "The forward gave no finite velocity inside its domain.",
    Exclusion.NOT_PROVIDED: "The forward has no kernel for this parameter.",
    Exclusion.KERNEL_NAN: "The forward's kernel is not finite although its domain holds the sample.",
    Exclusion.ZERO_KERNEL: "The exact kernel and its yardstick are zero: there is nothing to compare with.",
}


def from_status(status: Array) -> Array:
    """Reasons (same shape, uint8) that follow from the exact engine's `Status` codes alone."""
    reason = np.full(status.shape, int(Exclusion.NOT_CONVERGED), dtype=np.uint8)
    for code in Status:
        if code.has_value:
            reason[status == code] = Exclusion.JUDGED
    reason[status == Status.NO_MODE] = Exclusion.NO_MODE
    reason[status == Status.INVALID_MODEL] = Exclusion.INVALID_MODEL
    return reason


def count_reasons(reason: Array) -> dict[str, int]:
    """How many samples each reason left out, by name; every reason is listed, zeros too."""
    counts = np.bincount(reason.ravel(), minlength=len(Exclusion))
    return {each.name: int(counts[each]) for each in Exclusion if each is not Exclusion.JUDGED}
