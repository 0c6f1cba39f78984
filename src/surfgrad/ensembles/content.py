"""The content hash: one number for what a store says, however it is chunked or compressed."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

_ROWS = 1024  # rows hashed at once: bounds memory, leaves the hash as it is


def content_hash(arrays: Mapping[str, Any]) -> str:
    """SHA-256 over the arrays' names, shapes and little-endian values, in the order given."""
    digest = hashlib.sha256()
    for name, array in arrays.items():
        digest.update(f"{name} {tuple(array.shape)};".encode())
        for start in range(0, array.shape[0], _ROWS):
            values = np.asarray(array[start : start + _ROWS])
            digest.update(np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()
