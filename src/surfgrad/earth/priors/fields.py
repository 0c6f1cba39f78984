"""Gaussian random functions of depth whose value at every depth has mean 0 and variance 1.

Weighted with shares that add up to 1 they stay so; `uniform` then gives each depth a uniform distribution over (-1, 1).
Each function takes the random numbers and what it needs of the grid, and returns (L,).
"""

import numpy as np

Array = np.ndarray


def level(rng: np.random.Generator, layers: int) -> Array:
    """One number for the whole column."""
    return np.full(layers, rng.standard_normal())


def waves_over(place: Array, count: int) -> Array:
    """(2, count, L): cosines and sines of 1 to `count` half-periods over `place` (L,), in [0, 1]."""
    phase = np.pi * np.arange(1, count + 1)[:, None] * place
    return np.array((np.cos(phase), np.sin(phase)))


def smooth(rng: np.random.Generator, waves: Array, exponent: float) -> Array:
    """A random sum of the `waves` of `waves_over`, amplitude ~ number^-exponent."""
    amplitude = _unit(np.arange(1, waves.shape[1] + 1, dtype=np.float64) ** -exponent)
    cosine, sine = amplitude * rng.standard_normal((2, amplitude.size))
    return cosine @ waves[0] + sine @ waves[1]


def blocks(rng: np.random.Generator, chance: Array) -> Array:
    """A staircase: a new value below each interface, which is there with `chance` (L - 1,)."""
    number = np.concatenate(([0], np.cumsum(rng.random(chance.size) < chance)))
    return rng.standard_normal(int(number[-1]) + 1)[number]


def rough(rng: np.random.Generator, layers: int, exponent: float) -> Array:
    """All wavelengths from two layers to twice the column, amplitude ~ wavenumber^-exponent; white noise for 0.

    A periodic function over twice the column, of which the first half is taken: its ends know nothing of each other.
    """
    amplitude = _unit(np.arange(1, layers + 1, dtype=np.float64) ** -exponent)
    parts = amplitude * (rng.standard_normal(layers) + 1j * rng.standard_normal(layers))
    # The shortest wavelength has no sine on the grid, and its cosine stands once in the transform, the others twice.
    parts[-1] = 2.0 * parts[-1].real
    return np.fft.irfft(np.concatenate(([0.0], parts)), 2 * layers)[:layers] * layers


def uniform(field: Array) -> Array:
    """A normal variable turned into one that is uniform over (-1, 1)."""
    from scipy.special import ndtr

    return 2.0 * ndtr(field) - 1.0


def _unit(amplitude: Array) -> Array:
    """The amplitudes, scaled so that their squares add up to 1."""
    return amplitude / np.sqrt(np.sum(amplitude**2))
