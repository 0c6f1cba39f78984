"""Regions of LITHO1.0 by a rule about the column itself, so that none needs a map of its own.

Crustal thickness, sediments and the base of the lid are what tells the regions of the continents apart in such
compilations (Mooney, Laske & Masters 1998, J. Geophys. Res. 103, 727-747; Pasyanos et al. 2014). A column belongs to at
most one region; many belong to none.
"""

from collections.abc import Callable

import numpy as np

from surfgrad.earth.litho1 import LAYERS, Litho1, load_litho1
from surfgrad.earth.model import EarthModel
from surfgrad.earth.regrid import regrid
from surfgrad.errors import UsageError

Array = np.ndarray

RULES = {
    "craton": "land; crust of 35 to 48 km, sediments of less than 1 km, base of the lid at 170 km or deeper",
    "orogen": "land; crust of 50 km or more",
    "basin": "land; sediments of 4 km or more, crust of less than 50 km",
    "ocean": "water of 2 km or more and no ice; crust of 4 to 15 km",
}


def in_region(data: Litho1, name: str) -> Array:
    """(N,) bool: which columns belong to the region; UsageError naming those there are."""
    if name not in RULES:
        raise UsageError(f"region: {name!r} given; {', '.join(RULES)} are allowed")
    return _TESTS[name](data)


def region_columns(name: str, count: int, seed: int) -> list[EarthModel]:
    """`count` different columns of a region at nodes drawn as `litho1_columns` draws them, on the priors' grid: the
    mantle of ak135 below the lid's base. An ocean's column has its water on top, as one more layer."""
    data = load_litho1()
    nodes = data.nodes_among(in_region(data, name), count, seed)
    return [_on_grid(data.column(int(node))) for node in nodes]


def _on_grid(column: EarthModel) -> EarthModel:
    """Water cannot be averaged with rock: it stays a layer of its own over the gridded solid column."""
    wet = int((column.vs == 0.0).sum())
    solid = regrid(_stacked(column, wet, None))
    return solid if not wet else _stacked(column, 0, wet, solid)


def _stacked(model: EarthModel, first: int, last: int | None, below: EarthModel | None = None) -> EarthModel:
    """Layers first ... last - 1 of a model, over another one where there is any."""
    parts = [each[first:last] for each in (model.thickness, model.vp, model.vs, model.rho)]
    if below is not None:
        deep = (below.thickness, below.vp, below.vs, below.rho)
        parts = [np.append(top, rest) for top, rest in zip(parts, deep, strict=True)]
    thickness, vp, vs, rho = parts
    return EarthModel(thickness, vp, vs, rho, name=model.name)


def _thickness(data: Litho1, *kinds: str) -> Array:
    """(N,), km, of all layers whose names begin so."""
    chosen = [number for number, layer in enumerate(LAYERS) if layer.startswith(kinds)]
    return np.where(data.present, data.bottom - data.top, 0.0)[:, chosen].sum(axis=1)


def _crust(data: Litho1) -> Array:
    """(N,), km, sediments included."""
    return _thickness(data, "crust", "seds")


def _craton(data: Litho1) -> Array:
    crust, lid = _crust(data), data.bottom[:, LAYERS.index("lid")]
    return data.land & (crust >= 35.0) & (crust <= 48.0) & (_thickness(data, "seds") < 1.0) & (lid >= 170.0)


def _orogen(data: Litho1) -> Array:
    return data.land & (_crust(data) >= 50.0)


def _basin(data: Litho1) -> Array:
    return data.land & (_thickness(data, "seds") >= 4.0) & (_crust(data) < 50.0)


def _ocean(data: Litho1) -> Array:
    crust, dry = _crust(data), ~data.present[:, LAYERS.index("ice")]
    return dry & (_thickness(data, "water") >= 2.0) & (crust >= 4.0) & (crust <= 15.0)


_TESTS: dict[str, Callable[[Litho1], Array]] = {
    "craton": _craton,
    "orogen": _orogen,
    "basin": _basin,
    "ocean": _ocean,
}
