"""Masked arrays, of which numpy hands on the numbers under the mask as if they were there."""

from typing import Any

import numpy as np

from surfgrad.errors import ModelError


def refuse_masked(name: str, value: Any) -> None:
    """ModelError naming the first masked entry of an array, if it has any."""
    if not isinstance(value, np.ndarray) or type(value) is np.ndarray:
        return
    masked = np.argwhere(np.ma.getmaskarray(value))
    if masked.size:
        index = ", ".join(str(i) for i in masked[0])
        raise ModelError(f"{name}[{index}]: a masked entry given; arrays without masked entries are allowed")
