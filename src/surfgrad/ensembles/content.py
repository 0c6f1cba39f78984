"""The content hash: one number for what a store says, however it was cut, compressed, or put together."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

Sums = dict[str, int]
"""Array name -> the sum of its rows' SHA-256, modulo 2^256."""

_MODULUS = 1 << 256


def row_sums(arrays: Mapping[str, np.ndarray], first: int) -> Sums:
    """For each array, the sum over its rows of SHA-256(index of the row, its little-endian values), modulo 2^256.

    `first`: index of row 0. A sum does not care how rows were grouped, so blocks can be hashed where they are made and
    stores merged without a second reading (Bellare & Micciancio 1997, AdHash). It is meant to find damage and mistakes;
    it does not withstand somebody who constructs 2^80 rows to deceive it.
    """
    return {name: _sum(np.asarray(values), first) for name, values in arrays.items()}


def add_sums(parts: Iterable[Sums]) -> Sums:
    """The sums of all parts together."""
    total: Sums = {}
    for part in parts:
        for name, value in part.items():
            total[name] = (total.get(name, 0) + value) % _MODULUS
    return total


def content_hash(sums: Sums, shapes: Mapping[str, Any]) -> str:
    """SHA-256 over names, shapes and sums, in the order of `shapes`."""
    digest = hashlib.sha256()
    for name, shape in shapes.items():
        digest.update(f"{name} {tuple(int(size) for size in shape)} {sums[name]:064x};".encode())
    return digest.hexdigest()


def digest_of(sums: Sums) -> str:
    """One SHA-256 for one block."""
    return content_hash(sums, dict.fromkeys(sorted(sums), ()))


def _sum(values: np.ndarray, first: int) -> int:
    values = np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<"))
    total = 0
    for index, row in enumerate(values, start=first):
        digest = hashlib.sha256(index.to_bytes(8, "little"))
        digest.update(row.tobytes())
        total += int.from_bytes(digest.digest(), "little")
    return total % _MODULUS
