"""The architectures by name: what `--architecture` accepts and what a checkpoint's card may ask for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from torch import nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.grid import GridNetwork, GridSettings


@dataclass(frozen=True)
class Architecture:
    """A settings class (a frozen dataclass of sizes that JSON can hold) and the network that it describes.

    The network maps (thickness, vp, vs, rho, periods or None) to velocities (N, W, T), km/s, and has
    `initialise(normalisation, generator, input_gain)`. `fixed_grid`: it accepts the trained layering only.
    """

    settings: Callable[..., Any]
    network: Callable[[Any], nn.Module]
    fixed_grid: bool


ARCHITECTURES = {"grid": Architecture(GridSettings, GridNetwork, fixed_grid=True)}


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
