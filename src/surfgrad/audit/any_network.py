"""Any network as a Forward: its own depth nodes and periods on one side, layered models on the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.audit.differences import difference_kernels
from surfgrad.audit.network_answers import curves, node_slopes
from surfgrad.contracts import WAVES, Domain
from surfgrad.earth.nodes import at_nodes, check_nodes, node_shares, to_layers
from surfgrad.earth.stack import ModelStack, stack_models
from surfgrad.earth.validate import check_periods, invalid_models
from surfgrad.errors import UsageError
from surfgrad.records import Array, Kernels
from surfgrad.spline import spline_weights
from surfgrad.status import Status

Velocity = Callable[[Array, Array, Array, Array], Any]
Slopes = Callable[[Array, Array, Array, Array], Any]
PARAMETERS = ("vp", "vs", "rho")


@dataclass(frozen=True, eq=False)
class NetworkForward:
    """A Forward made of `velocity(depth, vp, vs, rho)`, a function of numpy arrays.

    It is given `depth` (D,), km, and vp, vs, rho (N, D), km/s, km/s, g/cm3, and returns (N, W, K) or (N, W K)
    velocities, km/s, of `waves` (W) at `periods` (K,), s. Models of any layering are averaged onto the nodes as
    `surfgrad.earth.nodes` says (`average`: "below", "around" or "point"); asked periods that are not among `periods`
    come from a cubic spline in log period.

    Kernels, per layer, are exact derivatives of what `predict` returns where `slopes` is given: the same arguments, and
    three arrays (N, W, K, D) or (N, W K, D), the derivatives of `velocity` with respect to vp, vs and rho at the nodes
    (None for one that it does not have). Without `slopes` they are central differences that move each layer's
    parameters by `step`, a share of their value: 6 L evaluations a model, and of a network in single precision mere
    rounding unless `step` is about 1e-2.

    `vs`: the range, km/s, in which the network may be asked; `note`: a sentence for the record; `batch`: models that
    `velocity` is given at once. A model that is invalid or has water on top has NaN and INVALID_MODEL; where the
    network gives no finite number, NaN and NOT_CONVERGED. Raises UsageError for settings that cannot be, and for a
    network that fails or answers in another shape.
    """

    velocity: Velocity
    depth: Any
    periods: Any
    waves: tuple[str, ...] = WAVES
    kind: str = "phase"
    slopes: Slopes | None = None
    step: float = 1e-3
    average: str = "below"
    vs: tuple[float, float] = (0.0, np.inf)
    note: str = ""
    batch: int = 32

    def __post_init__(self) -> None:
        """Refuse what cannot be; nodes and periods become arrays."""
        object.__setattr__(self, "depth", check_nodes(self.depth, self.average))
        object.__setattr__(self, "periods", check_periods(self.periods))
        object.__setattr__(self, "waves", _check_waves(self.waves))
        if np.unique(self.periods).size < self.periods.size:
            raise UsageError("periods: one is given twice; a network has one output for each wave and period")
        if self.kind not in ("phase", "group"):
            raise UsageError(f"kind: {self.kind!r} given; allowed are 'phase' and 'group'")
        if not 0.0 < self.step < 0.1:
            raise UsageError(f"step: {self.step!r} given; a share of the value above 0 and below 0.1 is allowed")
        if self.batch < 1:
            raise UsageError(f"batch: {self.batch!r} given; 1 model or more is allowed")

    @property
    def domain(self) -> Domain:
        """The network's periods, the stated range of vs, any layering."""
        how = f"central differences of {self.step:g}" if self.slopes is None else "the network's own"
        seen = f"{self.depth.size} nodes to {self.depth[-1]:g} km, layers averaged {self.average!r}; derivatives: {how}"
        note = f"{self.note}; {seen}" if self.note else seen
        return Domain((float(self.periods.min()), float(self.periods.max())), self.vs, None, note)

    def predict(self, models: Any, periods: Any) -> Array:
        """Velocities (N, W, T), km/s; UsageError for periods outside the network's."""
        stack, times = stack_models(models), check_periods(periods)
        velocity = np.full((len(stack), len(self.waves), times.size), np.nan)
        for rows, _, nodes in self._parts(stack):
            velocity[rows] = self._at(times, self._curves(nodes))
        return velocity

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Kernels (N, W, T, L) per layer of vp, vs and rho; NaN where there is no velocity, and at padding."""
        stack, times = stack_models(models), check_periods(periods)
        kernels = (
            difference_kernels(self, stack, times, self.step) if self.slopes is None else self._exact(stack, times)
        )
        velocity = kernels.velocity
        there = np.isfinite(velocity)[..., None] & stack.mask[:, None, None, :]
        vp, vs, rho = (None if each is None else np.where(there, each, np.nan) for each in _three(kernels))
        status = np.where(np.isfinite(velocity), Status.OK, Status.NOT_CONVERGED).astype(np.uint8)
        status[~_readable(stack)] = Status.INVALID_MODEL
        return Kernels(velocity, status, None, vp, vs, rho)

    def _exact(self, stack: ModelStack, times: Array) -> Kernels:
        """By the network's own derivatives and the chain rule."""
        shape = (len(stack), len(self.waves), times.size)
        velocity = np.full(shape, np.nan)
        kernels = [np.full((*shape, stack.vs.shape[1]), np.nan) for _ in PARAMETERS]
        missing: set[int] = set()
        for rows, shares, nodes in self._parts(stack):
            assert self.slopes is not None
            velocity[rows] = self._at(times, self._curves(nodes))
            given = node_slopes(self.slopes, self.depth, nodes, (len(self.waves), self.periods.size))
            missing |= {which for which, each in enumerate(given) if each is None}
            blank = np.zeros((rows.size, len(self.waves), self.periods.size, self.depth.size))
            full = [self._at(times, blank if each is None else each) for each in given]
            layers = to_layers((full[0], full[1], full[2]), stack.vp[rows], stack.vs[rows], shares)
            for whole, part in zip(kernels, layers, strict=True):
                whole[rows] = part
        vp, vs, rho = (None if which in missing else each for which, each in enumerate(kernels))
        return Kernels(velocity, np.zeros(shape, dtype=np.uint8), None, vp, vs, rho)

    def _parts(self, stack: ModelStack) -> Iterator[tuple[Array, Array, tuple[Array, Array, Array]]]:
        """Positions of the models that can be read, some at a time, with their shares and their values at the nodes."""
        readable = np.flatnonzero(_readable(stack))
        for start in range(0, readable.size, self.batch):
            rows = readable[start : start + self.batch]
            distinct, which = np.unique(stack.thickness[rows], axis=0, return_inverse=True)
            shares = node_shares(distinct, self.depth, self.average)
            shares = shares if len(distinct) == 1 else shares[which]
            yield rows, shares, at_nodes(stack.vp[rows], stack.vs[rows], stack.rho[rows], shares)

    def _curves(self, nodes: tuple[Array, Array, Array]) -> Array:
        return curves(self.velocity, self.depth, nodes, (len(self.waves), self.periods.size))

    def _at(self, times: Array, answers: Array) -> Array:
        """(n, W, T, ...) from answers (n, W, K, ...) at the network's own periods."""
        same = np.isclose(times[:, None], self.periods, rtol=1e-9, atol=0.0)
        if same.any(axis=1).all():  # not by the matrix: one NaN among the network's periods would be in every sum
            return answers[:, :, same.argmax(axis=1)]
        weights = spline_weights(self.periods, times)
        return np.moveaxis(np.tensordot(weights, answers, axes=(1, 2)), 0, 2)


def _check_waves(waves: Any) -> tuple[str, ...]:
    given = (waves,) if isinstance(waves, str) else tuple(waves)
    if not given or set(given) - set(WAVES) or len(set(given)) < len(given):
        raise UsageError(f"waves: {waves!r} given; allowed are rayleigh, love or both, each once")
    return given


def _readable(stack: ModelStack) -> Array:
    """(N,): valid, and without water, whose slowness has no average."""
    return ~invalid_models(*stack.arrays) & (stack.vs > 0).all(axis=1)


def _three(kernels: Kernels) -> tuple[Array | None, Array | None, Array | None]:
    return kernels.vp, kernels.vs, kernels.rho
