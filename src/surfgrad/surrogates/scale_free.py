"""The `scale-free` architecture: one network a wave, for every period, depth grid and scale.

A wave network sees a model through windows of depth in wavelengths (`windows`), of the quantities that waves average
(`backus`), all measured in a trial velocity v: y = F(model, v T, v) = ln(c / v). The answer is the v at which F = 0, as
in a secular function; its kernel is -F_m / F_lnv, one backward pass. Depth enters only over wavelength, velocity only
over v, density only by ratios: the scaling identities of layered media hold exactly, whatever the weights. Love waves
see no vp. Thick layers, thin layers and the half-space are treated alike, and no grid is remembered.
"""

import math
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError
from surfgrad.surrogates.backus import LOVE, RAYLEIGH, invariants, medium
from surfgrad.surrogates.fixed_point import solve
from surfgrad.surrogates.sizes import check_sizes
from surfgrad.surrogates.travel_time import mean_velocity
from surfgrad.surrogates.windows import Windows

_DENSITY_DEPTH = 0.25
"""Wavelengths over which the reference density is averaged."""
_TOLERANCE = {torch.float64: 1e-10, torch.float32: 3e-5}
"""On ln c, before the last step of the secant: well above rounding, and after that step well below any use."""


@dataclass(frozen=True)
class ScaleFreeSettings:
    """Sizes: names of the `waves`, widths of the `hidden` layers, the `windows` (see `Windows`)."""

    waves: tuple[str, ...] = WAVES
    hidden: tuple[int, ...] = (320, 320, 320)
    windows: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be."""
        if not self.waves or not set(self.waves) <= set(WAVES) or len(set(self.waves)) < len(self.waves):
            raise UsageError(f"waves: {self.waves} given; allowed are {WAVES}, each once")
        check_sizes(hidden=self.hidden)
        # Written out, so that a card keeps its windows whatever the defaults become.
        object.__setattr__(self, "windows", asdict(Windows(**self.windows)))


class WaveNetwork(nn.Module):
    """F of one wave: standardised invariants -> SiLU layers, and a linear path beside them."""

    mean: Tensor
    std: Tensor
    weights: Tensor
    whiten: Tensor
    limit: Tensor

    def __init__(self, wave: str, hidden: tuple[int, ...], windows: Windows) -> None:
        super().__init__()
        self.wave, self.windows = wave, windows
        quantities = LOVE if wave == "love" else RAYLEIGH
        shape = (windows.count, quantities)
        self.register_buffer("mean", torch.zeros(shape))
        self.register_buffer("std", torch.ones(quantities))
        self.register_buffer("weights", torch.zeros(windows.count))
        widths = (shape[0] * shape[1], *hidden, 1)
        self.register_buffer("whiten", torch.zeros(widths[0], widths[0]))
        self.register_buffer("limit", torch.ones(()))
        self.linears = nn.ModuleList(nn.Linear(fan_in, fan_out, device="meta") for fan_in, fan_out in pairwise(widths))
        self.straight = nn.Linear(widths[0], 1, bias=False, device="meta")

    def initialise(self, generator: torch.Generator, input_gain: float) -> None:
        """He (2015) between the hidden layers; the first layer small by `input_gain`, the last one so that training
        starts from ln c = ln v."""
        depths = self.windows.depths()
        density = (depths + self.windows.nearest) * torch.exp(-depths / _DENSITY_DEPTH)
        self.weights.copy_(density / density.sum())
        gains = [input_gain, *[2.0**0.5] * (len(self.linears) - 2), 0.1]
        for linear, gain in zip(self.linears, gains, strict=True):
            assert isinstance(linear, nn.Linear)
            nn.init.normal_(linear.weight, std=gain / linear.in_features**0.5, generator=generator)
            nn.init.zeros_(linear.bias)
        nn.init.zeros_(self.straight.weight)

    def features(self, thickness: Tensor, quantities: Tensor, periods: Tensor, log_velocity: Tensor) -> Tensor:
        """(B, J, Q) invariants of models (B, L), (B, L, Q) at periods (B,), s, in the trial velocity, ln km/s (B,)."""
        shares = self.windows.shares(thickness, periods * torch.exp(log_velocity))
        return invariants(self.wave, shares.mT @ quantities, self.weights, log_velocity)

    def inputs(self, features: Tensor) -> Tensor:
        """(B, J Q), of order 1."""
        return ((features - self.mean) / self.std).flatten(-2)

    def score(self, features: Tensor) -> Tensor:
        """(B,): squared Mahalanobis distance of the inputs from the training set's, over what 1 % of it exceeds."""
        return (self.inputs(features) @ self.whiten).square().sum(dim=-1) / self.limit

    def forward(self, features: Tensor) -> Tensor:
        """(B,): ln(c / v)."""
        inputs = self.inputs(features)
        state = inputs
        for linear in self.linears[:-1]:
            state = nn.functional.silu(linear(state))
        return (self.linears[-1](state) + self.straight(inputs))[..., 0]

    def residual(
        self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor, periods: Tensor, log_velocity: Tensor
    ) -> Tensor:
        """(B,): ln(c / v) of models (B, L), km, km/s, g/cm3."""
        return self(self.features(thickness, medium(self.wave, vp, vs, rho), periods, log_velocity))


class ScaleFreeNetwork(nn.Module):
    """One `WaveNetwork` a wave, and the velocity at which each says 0."""

    def __init__(self, settings: ScaleFreeSettings) -> None:
        super().__init__()
        self.settings = settings
        windows = Windows(**settings.windows)
        self.by_wave = nn.ModuleList(WaveNetwork(wave, settings.hidden, windows) for wave in settings.waves)

    def initialise(self, generator: torch.Generator, input_gain: float) -> None:
        """Memory and first weights; the scales of the inputs are `fit_scales`'s."""
        self.to_empty(device="cpu")
        for part in self.by_wave:
            assert isinstance(part, WaveNetwork)
            for name, value in (("mean", 0.0), ("std", 1.0), ("whiten", 0.0), ("limit", 1.0)):
                getattr(part, name).fill_(value)
            part.initialise(generator, input_gain)

    def forward(self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor, periods: np.ndarray) -> Tensor:
        """Velocities (N, W, T), km/s, of models (N, L) at `periods` (T,), s; NaN where no velocity is found.

        Differentiable with respect to the models: the derivative of the implicit function, exactly.
        """
        count = len(periods)
        times = torch.as_tensor(np.asarray(periods), dtype=vs.dtype, device=vs.device).repeat(len(vs))
        models = tuple(array.repeat_interleave(count, dim=0) for array in (thickness, vp, vs, rho))
        logs = [log_velocity(part, models, times) for part in self.by_wave]
        return torch.exp(torch.stack(logs, dim=1)).unflatten(0, (len(vs), count)).transpose(1, 2)


def log_velocity(part: Any, models: tuple[Tensor, ...], periods: Tensor) -> Tensor:
    """ln c (B,), km/s, of models (B, L) at periods (B,), s, each its own; carries gradients to the models."""
    thickness, _, vs, _ = models
    with torch.no_grad():
        quantities = medium(part.wave, *models[1:])
        start = torch.log(mean_velocity(part.wave, thickness, vs, periods[:, None])[:, 0])

        def residual(x: Tensor, rows: Tensor) -> Tensor:
            return part(part.features(thickness[rows], quantities[rows], periods[rows], x))

        root = solve(residual, start, _TOLERANCE[vs.dtype])
    if not torch.is_grad_enabled():
        return root
    return _implicit(part, models, periods, root)


def _implicit(part: Any, models: tuple[Tensor, ...], periods: Tensor, root: Tensor) -> Tensor:
    """The root again, as a function of the models: d ln c = -dF / F_lnv at the root."""
    found = torch.isfinite(root)
    at = torch.where(found, root, 0.0).requires_grad_()
    value = part.residual(*models, periods, at)
    (slope,) = torch.autograd.grad(value.sum(), at, retain_graph=True)
    return torch.where(found, at.detach() - (value - value.detach()) / slope, math.nan)
