"""Draws from a posterior with the record of how they were made, in memory and on disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.errors import FormatError
from surfgrad.netcdf import read_dataset, write_groups
from surfgrad.text import cause

if TYPE_CHECKING:
    import xarray as xr

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class SampleSet:
    """Draws after tuning. `x`: (chains, draws, D), coordinates of which `names` (D,) says what they move.

    `log_density`: (chains, draws), up to one constant. `statistics`: by name, (chains, draws) or a scalar; the names
    are ArviZ's where it has one: `diverging`, `acceptance_rate`, `tree_depth`, `n_steps`, `step_size`. `method`: what
    drew them. `seconds`: tuning included.
    """

    names: tuple[str, ...]
    x: Array
    log_density: Array
    method: str
    seed: int
    seconds: float
    statistics: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.x.shape != (*self.log_density.shape, len(self.names)):
            raise ValueError(
                f"x: shape {self.x.shape} does not go with {len(self.names)} names, {self.log_density.shape}"
            )

    @property
    def chains(self) -> int:
        """How many chains."""
        return int(self.x.shape[0])

    @property
    def draws(self) -> int:
        """How many draws a chain has."""
        return int(self.x.shape[1])

    @property
    def pooled(self) -> Array:
        """(chains * draws, D): all draws, chain after chain."""
        return self.x.reshape(-1, len(self.names))

    @property
    def divergences(self) -> int:
        """Draws whose trajectory left the surface of constant energy; 0 where the sampler does not record it."""
        return int(np.sum(self.statistics.get("diverging", 0)))


def posterior_groups(samples: SampleSet) -> "dict[str, xr.Dataset]":
    """The groups `posterior` and `sample_stats` of ArviZ's InferenceData schema.

    `posterior` has one variable `x` (chain, draw, parameter); names are the labels of `parameter`.
    """
    import xarray as xr

    chain, draw = ("chain", np.arange(samples.chains)), ("draw", np.arange(samples.draws))
    labels = ("parameter", np.array(samples.names, dtype=str))
    made = {"inference_library": "surfgrad", "method": samples.method, "sampling_time": float(samples.seconds)}
    posterior = xr.Dataset(
        {"x": (("chain", "draw", "parameter"), samples.x)},
        {"chain": chain, "draw": draw, "parameter": labels},
        {**made, "seed": str(samples.seed)},  # text: a seed may be larger than a 64-bit number
    )
    values = {"lp": samples.log_density, **{name: np.asarray(each) for name, each in samples.statistics.items()}}
    each = {name: (("chain", "draw") if value.ndim else (), value) for name, value in values.items()}
    return {"posterior": posterior, "sample_stats": xr.Dataset(each, {"chain": chain, "draw": draw}, made)}


def write_samples(samples: SampleSet, path: str | Path, further: "Mapping[str, xr.Dataset] | None" = None) -> None:
    """Write a file that `arviz.from_netcdf` opens; `further`: more groups, such as `observed_data`."""
    write_groups({**posterior_groups(samples), **(further or {})}, path)


def read_samples(path: str | Path) -> SampleSet:
    """What `write_samples` wrote. Raises FormatError naming the file and what is wrong with it."""
    try:
        posterior, statistics = (read_dataset(path, name) for name in ("posterior", "sample_stats"))
        names = tuple(str(name) for name in posterior["parameter"].values)
        x = np.asarray(posterior["x"].transpose("chain", "draw", "parameter").values, dtype=np.float64)
        values = {str(name): _values(statistics[name]) for name in statistics.data_vars}
        log_density = np.asarray(values.pop("lp"), dtype=np.float64)
        made = posterior.attrs
        seed, seconds = int(made["seed"]), float(made["sampling_time"])
        return SampleSet(names, x, log_density, str(made["method"]), seed, seconds, values)
    except (FormatError, KeyError, ValueError) as reason:
        raise FormatError(f"{path}: no posterior samples of surfgrad ({cause(reason, 200)})") from None


def _values(variable: Any) -> Array:
    return np.asarray(variable.transpose("chain", "draw").values if variable.ndim else variable.values)
