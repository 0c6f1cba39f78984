"""What data would be under a model, with derivatives: by the exact engine, or through any Forward."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from surfgrad.contracts import PARAMETERS, Forward
from surfgrad.earth.validate import invalid_models
from surfgrad.errors import UsageError
from surfgrad.inversion.nodes import MOST_NODES, Nodes, nodes_of
from surfgrad.inversion.observations import Branch, Observations
from surfgrad.records import Array, Kernels
from surfgrad.waves.ellipticity import ellipticity_kernels
from surfgrad.waves.flattening import check_earth
from surfgrad.waves.group_kernels import group_kernels
from surfgrad.waves.kernels import phase_kernels

Models = tuple[Array, Array, Array, Array]


class Physics(Protocol):
    """The n data of a table, under models (B, L)."""

    def slopes(self, models: Models, by: Array) -> tuple[Array, Array]:
        """Data (B, n) and their derivatives (B, n, D) by coordinates that move the models by `by` (B, 4, L, D).

        NaN where the model has no such mode, or is none.
        """
        ...

    def card(self) -> dict[str, Any]:
        """Which physics, in words and numbers."""
        ...


@dataclass(frozen=True, eq=False)
class ExactPhysics:
    """The engine: any wave, kind and mode, flat or spherical.

    A curve of more than `most` distinct periods is solved at so many, evenly spread in log period, and its data lie
    on the cubic spline between them (see `surfgrad.inversion.nodes`); 0: at every period.
    """

    observed: Observations
    earth: str = "flat"
    threads: int | None = 1
    most: int = MOST_NODES

    def __post_init__(self) -> None:
        """Check."""
        check_earth(self.earth)

    def slopes(self, models: Models, by: Array) -> tuple[Array, Array]:
        """See `Physics.slopes`."""
        return _asked_where_valid(self._slopes, models, by, len(self.observed))

    def card(self) -> dict[str, Any]:
        """See `Physics.card`."""
        solved = {" ".join(map(str, each.branch.key)): each.periods.size for each in self._nodes}
        return {"forward": "exact", "earth": self.earth, "periods_solved": solved}

    @cached_property
    def _nodes(self) -> list[Nodes]:
        return [nodes_of(branch, self.most) for branch in self.observed.branches]

    def _slopes(self, models: Models, by: Array) -> tuple[Array, Array]:
        kernels = [self.kernels(nodes.branch, nodes.periods, models) for nodes in self._nodes]
        return _gathered(self._nodes, kernels, by, len(self.observed))

    def kernels(self, branch: Branch, periods: Array, models: Models) -> Kernels:
        """Values and per-layer kernels (B, T, L) of a curve's kind, wave and mode at any `periods` (T,), s."""
        if branch.kind == "ellipticity":
            return ellipticity_kernels(*models, periods, mode=branch.mode, earth=self.earth, threads=self.threads)
        solve = phase_kernels if branch.kind == "phase" else group_kernels
        return solve(*models, periods, wave=branch.wave, mode=branch.mode, earth=self.earth, threads=self.threads)


@dataclass(frozen=True, eq=False)
class ForwardPhysics:
    """Any Forward, exact or learned, in the engine's place.

    It gives data of its kind, its waves and its mode, on a flat Earth, at periods of its domain; raises UsageError for
    others. `name`: what messages call it.
    """

    observed: Observations
    forward: Forward
    name: str = "forward"

    def __post_init__(self) -> None:
        """Check that it can give every datum."""
        mode = getattr(self.forward, "mode", 0)
        shortest, longest = self.forward.domain.periods
        for branch in self.observed.branches:
            if branch.wave not in self.forward.waves or branch.kind != self.forward.kind or branch.mode != mode:
                known = f"{' and '.join(self.forward.waves)} {self.forward.kind} velocities of mode {mode}"
                raise UsageError(f"{self.name}: {' '.join(map(str, branch.key))} asked for; it knows {known}")
            outside = (branch.periods < shortest * (1 - 1e-9)) | (branch.periods > longest * (1 + 1e-9))
            if outside.any():
                given = branch.periods[outside][0]
                raise UsageError(
                    f"{self.name}: a period of {given:g} s asked for; it knows {shortest:g} to {longest:g} s"
                )

    def slopes(self, models: Models, by: Array) -> tuple[Array, Array]:
        """See `Physics.slopes`."""
        return _asked_where_valid(self._slopes, models, by, len(self.observed))

    def card(self) -> dict[str, Any]:
        """See `Physics.card`."""
        return {"forward": self.name, "earth": "flat", "note": self.forward.domain.note}

    @cached_property
    def _nodes(self) -> list[Nodes]:
        return [nodes_of(branch, 0) for branch in self.observed.branches]

    @cached_property
    def _periods(self) -> Array:
        return np.unique(np.concatenate([branch.periods for branch in self.observed.branches]))

    def _slopes(self, models: Models, by: Array) -> tuple[Array, Array]:
        all_waves = self.forward.jacobian(models, self._periods)
        kernels = [self._part(all_waves, branch) for branch in self.observed.branches]
        return _gathered(self._nodes, kernels, by, len(self.observed))

    def _part(self, kernels: Kernels, branch: Branch) -> Kernels:
        wave = list(self.forward.waves).index(branch.wave)
        at = np.searchsorted(self._periods, branch.periods)
        each = (kernels[name] for name in PARAMETERS)
        thickness, vp, vs, rho = (None if values is None else values[:, wave, at] for values in each)
        return Kernels(kernels.velocity[:, wave, at], kernels.status[:, wave, at], thickness, vp, vs, rho)


def _asked_where_valid(
    ask: Callable[[Models, Array], tuple[Array, Array]], models: Models, by: Array, count: int
) -> tuple[Array, Array]:
    """`ask` of the models that are materials; NaN for the others."""
    bad = invalid_models(*models)
    if not bad.any():
        return ask(models, by)
    data = np.full((len(by), count), np.nan)
    slopes = np.full((len(by), count, by.shape[-1]), np.nan)
    good = ~bad
    if good.any():
        thickness, vp, vs, rho = (each[good] for each in models)
        data[good], slopes[good] = ask((thickness, vp, vs, rho), by[good])
    return data, slopes


def _gathered(nodes: list[Nodes], kernels: list[Kernels], by: Array, count: int) -> tuple[Array, Array]:
    """Data (B, n) and slopes (B, n, D) from the curves' kernels at their nodes."""
    data = np.empty((len(by), count))
    slopes = np.empty((len(by), count, by.shape[-1]))
    for each, kernel in zip(nodes, kernels, strict=True):
        data[:, each.branch.rows] = each.spread(kernel.velocity[..., None])[..., 0]
        slopes[:, each.branch.rows] = each.spread(_by_coordinates(kernel, by))
    return data, slopes


def _by_coordinates(kernels: Kernels, by: Array) -> Array:
    """(B, T, D), the chain rule; a parameter that the forward does not have is one that it does not depend on."""
    given = [(kernels[name], by[:, i]) for i, name in enumerate(PARAMETERS)]
    kept = [(kernel, slope) for kernel, slope in given if kernel is not None]
    flat = np.concatenate([kernel for kernel, _ in kept], axis=-1)
    return np.asarray(flat @ np.concatenate([slope for _, slope in kept], axis=-2))
