"""Random signs that are a function of a small number: noise that need not be stored."""

import numpy as np

Array = np.ndarray


def signs(seeds: Array, count: int) -> Array:
    """(n, count), -1 or 1 (int8): the same for the same seed on every machine. `seeds`: (n,) integers.

    The bits of splitmix64 (Steele, Lea & Flood 2014), 64 signs a word.
    """
    words = -(-count // 64)
    step = np.uint64(0x9E3779B97F4A7C15)
    place = np.arange(1, words + 1, dtype=np.uint64)
    # Wraps around, as it should. Odd multiples keep the words of one seed apart from those of the next.
    state = (np.asarray(seeds).astype(np.int64).astype(np.uint64)[:, None] * np.uint64(words) + place) * step
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state = state ^ (state >> np.uint64(31))
    bits = np.unpackbits(state.astype("<u8").view(np.uint8), axis=1, count=count, bitorder="little")
    return (2 * bits.astype(np.int8) - 1).astype(np.int8)
