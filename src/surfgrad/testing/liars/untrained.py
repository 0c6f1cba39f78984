"""A network that has learned nothing: its derivative is exactly that of its own values, and neither is physics."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.contracts import WAVES, Domain, Forward
from surfgrad.records import Array, Kernels
from surfgrad.status import Status
from surfgrad.testing.liars.liar import Models, question

WIDTH = 32
TYPICAL = (6.3, 3.6, 2.8)
"""vp, vs, rho, km/s, km/s, g/cm3, at which the inputs are zero."""
MIDDLE, SPREAD = 3.5, 0.3
"""km/s, and in log c: outputs are velocities that nobody would stumble at."""


@dataclass(frozen=True)
class UntrainedNetwork:
    """c = MIDDLE exp(SPREAD a(T) tanh(W log(m / TYPICAL))) with random a and W, by wave."""

    waves: tuple[str, ...] = WAVES
    kind: str = "phase"
    seed: int = 0
    name: str = "random_weights"

    @property
    def domain(self) -> Domain:
        """Everywhere, as such networks have it."""
        return Domain(note="random weights")

    def predict(self, models: Any, periods: Any) -> Array:
        """Velocities (N, W, T), km/s."""
        arrays, times = question(models, periods)
        return self._velocity(self._hidden(arrays), times)

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Kernels (N, W, T, L) by the chain rule; no thickness kernel."""
        arrays, times = question(models, periods)
        hidden = self._hidden(arrays)
        velocity = self._velocity(hidden, times)
        slope = np.einsum("wth,nh,hpl->nwtpl", self._readout(times), 1.0 - hidden**2, self._weights(arrays))
        slope = SPREAD * velocity[..., None, None] * slope / np.stack(arrays[1:], axis=1)[:, None, None]
        status = np.where(np.isfinite(velocity), Status.OK, Status.INVALID_MODEL).astype(np.uint8)
        return Kernels(velocity, status, None, slope[..., 0, :], slope[..., 1, :], slope[..., 2, :])

    def _weights(self, models: Models) -> Array:
        layers = models[0].shape[1]
        drawn = np.random.default_rng([self.seed, layers]).standard_normal((WIDTH, 3, layers))
        return np.asarray(drawn * np.sqrt(1.0 / layers) * 2.0)

    def _hidden(self, models: Models) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            inputs = np.log(np.stack(models[1:], axis=1) / np.array(TYPICAL)[:, None])
        # one model at a time: a batched product rounds differently for batches of other sizes
        return np.tanh(np.stack([np.einsum("pl,hpl->h", each, self._weights(models)) for each in inputs]))

    def _readout(self, times: Array) -> Array:
        """(W, T, WIDTH)."""
        rng = np.random.default_rng([self.seed, 1])
        phase = rng.uniform(0.0, 2.0 * np.pi, (len(WAVES), 1, WIDTH))[: len(self.waves)]
        speed = rng.uniform(0.2, 1.0, WIDTH)
        return np.asarray(np.cos(phase + speed * np.log(times)[:, None]) * np.sqrt(2.0 / WIDTH))

    def _velocity(self, hidden: Array, times: Array) -> Array:
        return np.asarray(MIDDLE * np.exp(SPREAD * np.einsum("wth,nh->nwt", self._readout(times), hidden)))


def random_weights(honest: Forward, seed: int = 0) -> UntrainedNetwork:
    """An untrained network in the place of `honest`: everything is wrong, with nothing missing."""
    return UntrainedNetwork(tuple(honest.waves), honest.kind, seed)
