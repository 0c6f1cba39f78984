"""A learned forward model, ready to be asked: fulfils `surfgrad.contracts.Forward`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.contracts import Domain, Forward
from surfgrad.earth.stack import stack_models
from surfgrad.earth.validate import check_periods, invalid_models
from surfgrad.errors import UsageError
from surfgrad.records import Kernels
from surfgrad.status import Status
from surfgrad.surrogates.architectures import architecture
from surfgrad.surrogates.card import Card
from surfgrad.surrogates.jacobian import CHUNK, jacobian
from surfgrad.surrogates.outside import answer_scores, check_policy, grid_scores
from surfgrad.surrogates.point_jacobian import point_jacobian

_ROWS = 4096  # models predicted at once
_NUMBERS = 2**17  # models x periods x layers at once, each with some dozen windows
_NO_WATER = 1e-6  # km/s: anything but water, whose vs is zero
_GRID_TOLERANCE = 1e-6  # km: a millimetre, far below any layer


@dataclass(frozen=True)
class Surrogate:
    """A trained network (in double precision) with its card.

    It cannot tell whether a mode is trapped: a value is given for every model that it can read, and its status says OK;
    whether the value may be trusted is for the domain and the audit to say. Invalid models, and water (vs = 0), which
    it cannot read, have NaN and INVALID_MODEL; where a `scale-free` network finds no velocity, NaN and NOT_CONVERGED.
    """

    network: nn.Module = field(repr=False)
    card: Card

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that it was trained on, in the order of its output."""
        return tuple(self.card.waves)

    @property
    def kind(self) -> str:
        """Phase or group velocity."""
        return self.card.kind

    @property
    def fixed_grid(self) -> bool:
        """Whether it accepts models on one grid only."""
        return architecture(self.card.architecture).fixed_grid

    @property
    def domain(self) -> Domain:
        """Trained periods, the range of vs over all depths (by depth: the card's domain), and the grid.

        A `scale-free` network has no scale of its own: any period, velocity and layering.
        """
        known = self.card.domain
        vs = np.array(known.vs_range)
        prior = (self.card.prior or {}).get("name", "given models")
        if not self.fixed_grid:
            span = f"{min(known.periods):g}-{max(known.periods):g} s, vs {vs.min():g}-{vs.max():g} km/s"
            return Domain(
                vs=(_NO_WATER, np.inf),
                note=f"{self.card.architecture} network trained on {prior}, {span}; scales with its input",
            )
        return Domain(
            periods=(min(known.periods), max(known.periods)),
            vs=(float(vs[:, 0].min()), float(vs[:, 1].max())),
            thickness=tuple(known.thickness),
            note=f"{self.card.architecture} network trained on {prior}",
        )

    def predict(
        self, models: Any, periods: Any, *, on_outside: str = "answer", exact: Forward | None = None
    ) -> np.ndarray:
        """Velocities (N, W, T), km/s, at periods (T,), s.

        `on_outside`: values whose `score` is above 1: "answer" them all the same, "flag" them by NaN, or
        ask the forward `exact` ("exact"), such as `surfgrad.ExactForward()`.

        A network on a grid: between trained periods the cubic spline in log period; UsageError for periods outside, and
        for models on another grid than the trained one. Raises ModelError for models that are none.
        """
        check_policy(on_outside, exact, self.waves)
        arrays, readable, _ = self._arrays(models)
        times = check_periods(periods)
        velocity = self._velocities(arrays, times)
        velocity[~readable] = np.nan
        if on_outside == "answer":
            return velocity
        outside = self._scores(arrays, readable, velocity, times) > 1.0
        velocity[outside] = np.nan
        asked = np.flatnonzero((outside & readable[:, None, None]).any(axis=(1, 2)))
        if exact is not None and asked.size:
            answers = exact.predict(tuple(array[asked].cpu().numpy() for array in arrays), times)
            velocity[asked] = np.where(outside[asked], answers, velocity[asked])
        return velocity

    def score(self, models: Any, periods: Any) -> np.ndarray:
        """(N, W, T): how far a value lies from the training set; up to 1 inside.

        Infinite where the model cannot be read. A network on a grid judges models, and periods not at all, so that 1 %
        of the training prior's own are outside; a `scale-free` one what it sees of a model at a period, whatever its
        scale, and whether its answers at neighbouring trial velocities agree.
        """
        arrays, readable, _ = self._arrays(models)
        times = check_periods(periods)
        return self._scores(arrays, readable, self._velocities(arrays, times), times)

    def _scores(
        self, arrays: tuple[Tensor, ...], readable: np.ndarray, velocity: np.ndarray, times: np.ndarray
    ) -> np.ndarray:
        if self.fixed_grid:
            found = grid_scores(self.card, tuple(array.cpu().numpy() for array in arrays), times)
        else:
            rows = self._rows(arrays, times)
            parts = zip(_parts(arrays, rows), range(0, len(velocity), rows), strict=True)
            found = np.concatenate(
                [answer_scores(self.network, part, velocity[at : at + rows], times) for part, at in parts]
            )
        found[~readable] = np.inf
        return found

    def _rows(self, arrays: tuple[Tensor, ...], times: np.ndarray) -> int:
        return _ROWS if self.fixed_grid else max(1, _NUMBERS // (arrays[0].shape[1] * len(times)))

    def _velocities(self, arrays: tuple[Tensor, ...], times: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            parts = [self.network(*part, times).cpu().numpy() for part in _parts(arrays, self._rows(arrays, times))]
        return np.concatenate(parts)

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Derivatives of what `predict` returns: kernels (N, W, T, L) by automatic differentiation.

        In physical units (km/s per km/s, km/s per g/cm3, km/s per km), per layer, the half-space included; NaN at a
        shorter model's padding. A network on a grid has vp, vs and rho kernels; its thickness is None.
        """
        arrays, readable, mask = self._arrays(models)
        times = check_periods(periods)
        kernels: list[np.ndarray]
        if self.fixed_grid:
            velocity, derivatives = jacobian(self.network, arrays, times, CHUNK)
            kernels = list(derivatives)
        else:
            velocity, kernels = point_jacobian(self.network, arrays, times)
        status = np.where(np.isfinite(velocity), Status.OK, Status.NOT_CONVERGED).astype(np.uint8)
        status[~readable] = Status.INVALID_MODEL
        for values in (velocity, *kernels):
            values[~readable] = np.nan
        if not mask.all():
            kernels = [np.where(mask[:, None, None, :], kernel, np.nan) for kernel in kernels]
        thickness, vp, vs, rho = (None, *kernels) if self.fixed_grid else kernels
        return Kernels(velocity, status, thickness, vp, vs, rho)

    def _arrays(self, models: Any) -> tuple[tuple[Tensor, ...], np.ndarray, np.ndarray]:
        """Four tensors (N, L), which models the network can read (the others are replaced by ones), and the mask."""
        stack = stack_models(models)
        if self.fixed_grid:
            self._check_grid(np.asarray(stack.thickness))
        arrays = stack.arrays
        readable = ~(invalid_models(*arrays) | (stack.vs <= 0).any(axis=1))
        keep = readable[:, None]
        device = next(self.network.parameters()).device
        tensors = tuple(
            torch.as_tensor(np.where(keep, each, 1.0), dtype=torch.float64, device=device) for each in arrays
        )
        return tensors, readable, stack.mask

    def _check_grid(self, thickness: np.ndarray) -> None:
        grid = np.array(self.card.domain.thickness)
        words = f"the surrogate's grid has {grid.size} layers over {grid[:-1].sum():g} km, the half-space included"
        if thickness.shape[1] != grid.size:
            raise UsageError(f"models: {thickness.shape[1]} layers given; {words}")
        off = np.abs(thickness[:, :-1] - grid[:-1]) > _GRID_TOLERANCE
        if off.any():
            model, layer = np.argwhere(off)[0]
            given, allowed = thickness[model, layer], grid[layer]
            raise UsageError(f"models: model {model}, layer {layer} is {given:g} km thick, not {allowed:g} km; {words}")


def _parts(arrays: tuple[Tensor, ...], rows: int) -> Iterator[tuple[Tensor, ...]]:
    for start in range(0, len(arrays[0]), rows):
        yield tuple(array[start : start + rows] for array in arrays)
