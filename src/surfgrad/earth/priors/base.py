"""What a prior over Earth structure is, and how its i-th sample is drawn."""

import hashlib
from typing import Any, Protocol, runtime_checkable

import numpy as np

from surfgrad.errors import UsageError

Array = np.ndarray
Sample = tuple[Array, Array, Array, Array]


@runtime_checkable
class Prior(Protocol):
    """A distribution over layered models that says what varies and what is tied."""

    @property
    def name(self) -> str:
        """What it is called on the command line and on cards."""
        ...

    @property
    def version(self) -> int:
        """Raised whenever the same random numbers would give another model."""
        ...

    @property
    def interfaces(self) -> tuple[float, float] | None:
        """Depths, km, between which the prior puts sharp interfaces; None where it has none."""
        ...

    @property
    def periods(self) -> tuple[float, float]:
        """Shortest and longest period, s, that its models are meant for."""
        ...

    @property
    def grid(self) -> Array:
        """(L,), km: the thicknesses that all its models share; the half-space's is 0."""
        ...

    def card(self) -> dict[str, Any]:
        """What varies, what is tied, bounds, sources, version: plain values that JSON can hold."""
        ...

    def sample(self, rng: np.random.Generator) -> Sample:
        """thickness, vp, vs, rho of one model: four arrays (L,), km, km/s, km/s, g/cm3."""
        ...


def generator(prior: Prior, seed: int, index: int) -> np.random.Generator:
    """The random numbers of sample `index`: a function of the prior's name and version, `seed` and `index` only.

    The name enters by a hash that is the same in every process (Python's own is not).
    """
    if seed < 0 or index < 0:
        raise UsageError(f"seed, index: {seed}, {index} given; 0 and above are allowed")
    label = hashlib.sha256(f"{prior.name}:{prior.version}".encode()).digest()
    entropy = [int.from_bytes(label[:8], "little"), int(seed), int(index)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def draw(prior: Prior | str, seed: int, index: int) -> Sample:
    """Sample `index` of a prior (or of the prior of that name) under `seed`: thickness, vp, vs, rho, each (L,)."""
    if isinstance(prior, str):
        from surfgrad.earth.priors import get_prior

        prior = get_prior(prior)
    return prior.sample(generator(prior, seed, index))


def draw_many(prior: Prior | str, seed: int, count: int, first: int = 0) -> Sample:
    """Samples `first` ... `first` + `count` - 1 of a prior: thickness, vp, vs, rho, each (count, L)."""
    drawn = [draw(prior, seed, index) for index in range(first, first + count)]
    thickness, vp, vs, rho = (np.array([model[row] for model in drawn], dtype=np.float64) for row in range(4))
    return thickness, vp, vs, rho
