"""Errors of single models as rows of a table: what a rule is fitted to and tested on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surfgrad.records import Array
from surfgrad.study.questions.view import View

if TYPE_CHECKING:
    import xarray as xr

KERNEL, DIRECTION = "kernel", "direction"
"""The two errors: of a kernel (relative L2), and along a singular vector (the distance of two unit vectors)."""
FEATURES = {
    KERNEL: ("distance", "period", "period squared", "vp", "density", "love"),
    DIRECTION: ("distance", "singular value", "love"),
}


@dataclass(frozen=True, eq=False)
class Samples:
    """Rows of one error: `error` (n,) and `features` (n, F), logarithms to base ten but for the 0 and 1 of parameters
    and waves. `kind` (n,): number of the cell; `model` (n,): number of the test model, the same for all networks;
    `half` (n,): 0 for models that a rule is fitted to, 1 for those that it is tested on."""

    error: Array
    features: Array
    kind: Array
    model: Array
    half: Array


def gather(view: View, loss: str, what: str) -> Samples | None:
    """All rows of the networks with a loss; None where there are none. Every second model of a set is held back."""
    cells = [each for each in view.cells if each.loss == loss]
    first, parts, numbers = 0, [], {}
    for name in view.sets:
        numbers[name] = first
        distances = {cell.prior: view.distance(cell.prior, name) for cell in cells}
        first += max((len(each) for each in distances.values() if each is not None), default=0)
        for kind, cell in enumerate(cells):
            distance = distances[cell.prior]
            if distance is None:
                continue
            for network in view.of(cell):
                arrays = view.arrays(network.name, name)
                found = None if arrays is None else _rows(arrays, distance, what)
                if found is not None:
                    error, features, model = found
                    parts.append((error, features, np.full(len(error), kind), model + numbers[name], model % 2))
    if not parts:
        return None
    return Samples(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _rows(arrays: "xr.Dataset", distance: Array, what: str) -> tuple[Array, Array, Array] | None:
    """Error, features and the model's position in its set, of every sample with a number."""
    needed = "model_relative_l2" if what == KERNEL else "model_spectral_cosine"
    if needed not in arrays or arrays.sizes["model"] != len(distance):
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.log10(distance)
        parts = _kernel_rows(arrays, far) if what == KERNEL else _direction_rows(arrays, far)
        error, *columns = (np.stack(each) for each in zip(*parts, strict=True))
    model = columns.pop()
    known = np.isfinite(error) & np.isfinite(np.stack(columns)).all(axis=0)
    return error[known], np.stack([each[known] for each in columns], axis=1), model[known].astype(np.int64)


def _kernel_rows(arrays: "xr.Dataset", far: Array) -> Iterator[tuple[Array, ...]]:
    """A row a model for each wave, parameter and band; Love vp, which is zero, has none."""
    every, one = np.arange(far.size), np.ones(far.size)
    for wave in arrays["wave"].values:
        for parameter in arrays["parameter"].values:
            if (wave, parameter) == ("love", "vp"):
                continue
            for band in arrays["band"].values:
                error = arrays["model_relative_l2"].sel(wave=wave, parameter=parameter, band=band).values
                period = centre(str(band)) - 1.0  # around 10 s, so that the square is not the period again
                marks = [(parameter == "vp") * one, (parameter == "rho") * one, (wave == "love") * one]
                yield (np.log10(error), far, period * one, period**2 * one, *marks, every)


def _direction_rows(arrays: "xr.Dataset", far: Array) -> Iterator[tuple[Array, ...]]:
    """A row a model for each wave and singular vector above the noise."""
    every, one = np.arange(far.size), np.ones(far.size)
    for wave in arrays["wave"].values:
        here = arrays.sel(wave=wave)
        for rank in range(arrays.sizes["rank"]):
            cosine, singular = (here[f"model_{name}"].values[:, rank] for name in ("spectral_cosine", "singular"))
            chord = np.sqrt(np.maximum(2.0 * (1.0 - cosine), 0.0))
            yield np.log10(chord), far, np.log10(singular), (wave == "love") * one, every


def centre(band: str) -> float:
    """Logarithm to base ten of a band's geometric centre, s."""
    low, high = (float(each) for each in band.split("-"))
    return 0.5 * float(np.log10(low) + np.log10(high))
