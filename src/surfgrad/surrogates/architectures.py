"""The architectures by name: what `--architecture` accepts and what a checkpoint's card may ask for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, cast

import torch
from torch import nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.grid import GridNetwork, GridSettings
from surfgrad.surrogates.objectives import CurveObjective, Objective, PointObjective
from surfgrad.surrogates.paper import PRESETS, PaperNetwork, PaperSettings
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.scale_free import ScaleFreeNetwork, ScaleFreeSettings
from surfgrad.surrogates.scale_free_start import start as start_scale_free


@dataclass(frozen=True)
class Architecture:
    """A settings class (a frozen dataclass of sizes that JSON can hold) and the network that it describes.

    The network maps (thickness, vp, vs, rho, periods) to velocities (N, W, T), km/s. `fixed_grid`: it accepts the
    trained layering and periods only. `first(plan, data, sizes)`: a network with its first weights. `objective(data,
    loss)`: what its training makes small. `presets`: sizes by name.
    """

    settings: type[Any]
    network: Callable[[Any], nn.Module]
    fixed_grid: bool
    first: Callable[[Plan, TrainingData, Mapping[str, Any]], nn.Module]
    objective: Callable[[TrainingData, str], Objective]
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def start(self, plan: Plan, data: TrainingData) -> nn.Module:
        """The network of the plan's size, with the first weights of its seed. UsageError for a size that it has not."""
        if plan.size is not None and plan.size not in self.presets:
            known = ", ".join(self.presets) or "none for this architecture"
            raise UsageError(f"size: {plan.size!r} given; allowed are: {known}")
        sizes = dict(self.presets[plan.size]) if plan.size is not None else {}
        if plan.hidden is not None:
            if "hidden" not in {each.name for each in fields(self.settings)}:
                raise UsageError(f"hidden: {plan.hidden} given; {plan.architecture} has no such sizes")
            sizes["hidden"] = plan.hidden
        return self.first(plan, data, sizes)


def _first_on_grid(settings: Callable[..., Any], network: Callable[[Any], Any]) -> Callable[..., nn.Module]:
    """How a network that stands on one grid is begun."""

    def first(plan: Plan, data: TrainingData, sizes: Mapping[str, Any]) -> nn.Module:
        layers, periods = data.train.vs.shape[1], tuple(data.periods.tolist())
        begun = network(settings(layers, len(data.waves), periods, **sizes))
        begun.initialise(data.normalisation, torch.Generator().manual_seed(plan.seed), plan.input_gain)
        return cast(nn.Module, begun)

    return first


ARCHITECTURES = {
    "grid": Architecture(GridSettings, GridNetwork, True, _first_on_grid(GridSettings, GridNetwork), CurveObjective),
    "paper": Architecture(
        PaperSettings, PaperNetwork, True, _first_on_grid(PaperSettings, PaperNetwork), CurveObjective, PRESETS
    ),
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
