"""The architectures by name: what `--architecture` accepts and what a checkpoint's card may ask for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.grid import GridNetwork, GridSettings
from surfgrad.surrogates.objectives import CurveObjective, Objective, PointObjective
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.scale_free import ScaleFreeNetwork, ScaleFreeSettings
from surfgrad.surrogates.scale_free_start import start as start_scale_free


@dataclass(frozen=True)
class Architecture:
    """A settings class (a frozen dataclass of sizes that JSON can hold) and the network that it describes.

    The network maps (thickness, vp, vs, rho, periods) to velocities (N, W, T), km/s. `fixed_grid`: it accepts the
    trained layering and periods only. `start(plan, data)`: a network with its first weights. `objective(data, loss)`:
    what its training makes small.
    """

    settings: Callable[..., Any]
    network: Callable[[Any], nn.Module]
    fixed_grid: bool
    start: Callable[[Plan, TrainingData], nn.Module]
    objective: Callable[[TrainingData, str], Objective]


def _start_grid(plan: Plan, data: TrainingData) -> nn.Module:
    layers, periods = data.train.vs.shape[1], tuple(data.periods.tolist())
    network = GridNetwork(GridSettings(layers, len(data.waves), periods, **plan.sizes()))
    network.initialise(data.normalisation, torch.Generator().manual_seed(plan.seed), plan.input_gain)
    return network


ARCHITECTURES = {
    "grid": Architecture(GridSettings, GridNetwork, True, _start_grid, CurveObjective),
    "scale-free": Architecture(ScaleFreeSettings, ScaleFreeNetwork, False, start_scale_free, PointObjective),
}


def architecture(name: str) -> Architecture:
    """The architecture of that name; UsageError listing the names where there is none."""
    if name not in ARCHITECTURES:
        raise UsageError(f"architecture: {name!r} given; allowed are {', '.join(sorted(ARCHITECTURES))}")
    return ARCHITECTURES[name]


def settings_from(name: str, sizes: Mapping[str, Any]) -> Any:
    """Settings from a card's or caller's sizes; lists become tuples. UsageError where they do not fit."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in sizes.items()}
    try:
        return architecture(name).settings(**values)
    except TypeError:
        raise UsageError(f"architecture {name}: the sizes {sorted(values)} are not those that it has") from None


def sizes_of(settings: Any) -> dict[str, Any]:
    """Settings as JSON holds them."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(settings).items()}
