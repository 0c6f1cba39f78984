"""Arrays as JSON holds them: what is not a number is null, never 0."""

import json
import math
from typing import Any

import numpy as np

Array = np.ndarray


def plain(values: Array) -> list[Any]:
    """Nested lists of the array's numbers, None where one is not finite."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim > 1:
        return [plain(row) for row in array]
    return [value if math.isfinite(value) else None for value in array.tolist()]


def codes(status: Array) -> list[int]:
    """Status codes as whole numbers."""
    return [int(code) for code in status]


def to_json(answer: Any) -> str:
    """The answer as JSON; a NaN that has slipped through is an error, not a silent null."""
    return json.dumps(answer, allow_nan=False, separators=(",", ":"))
