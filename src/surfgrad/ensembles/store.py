"""Reading an ensemble: a frozen record whose arrays stay on disk until they are asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from surfgrad.ensembles.content import content_hash
from surfgrad.ensembles.schema import DIMENSIONS, Card
from surfgrad.ensembles.stored_array import StoredArray, one_line
from surfgrad.ensembles.stored_card import check_card
from surfgrad.errors import FormatError
from surfgrad.status import WITH_VALUE

Selection = int | slice | np.ndarray | list[int]


@dataclass(frozen=True)
class Ensemble:
    """N models with their curves, as `surfgrad.ensembles.generate` writes them.

    `card`: where they come from. `periods`: (T,), s. `waves`: names of the W waves. `thickness`: (L,), or (N, L) where
    models differ; `vp`, `vs`, `rho`: (N, L); `velocity` (km/s, NaN where there is none) and `status`: (N, W, T).
    """

    path: Path
    card: Card
    periods: np.ndarray
    waves: tuple[str, ...]
    thickness: np.ndarray | StoredArray
    vp: StoredArray
    vs: StoredArray
    rho: StoredArray
    velocity: StoredArray
    status: StoredArray

    @property
    def count(self) -> int:
        """Number of models N."""
        return len(self.vp)

    def __len__(self) -> int:
        return self.count

    @property
    def layers(self) -> int:
        """Number of layers L, the half-space included."""
        return self.vp.shape[1]

    def models(self, select: Selection = slice(None)) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """thickness, vp, vs, rho of the chosen samples, (n, L) each: what every Forward accepts."""
        if isinstance(select, (int, np.integer)):
            select = [int(select)]
        vp, vs, rho = self.vp[select], self.vs[select], self.rho[select]
        if isinstance(self.thickness, StoredArray):
            return self.thickness[select], vp, vs, rho
        return np.tile(self.thickness, (len(vp), 1)), vp, vs, rho

    def curves(self, select: Selection = slice(None)) -> tuple[np.ndarray, np.ndarray]:
        """Velocity and status of the chosen samples, (n, W, T) each."""
        if isinstance(select, (int, np.integer)):
            select = [int(select)]
        return self.velocity[select], self.status[select]

    def valued(self, select: Selection = slice(None)) -> np.ndarray:
        """Where a velocity stands: (n, W, T) bool."""
        return np.isin(self.status[select], WITH_VALUE)

    def verify(self) -> None:
        """Read everything and compare it with the card's content hash; FormatError where they differ."""
        found = content_hash({name: getattr(self, name) for name in ("thickness", *DIMENSIONS)})
        if found != self.card["content_sha256"]:
            raise FormatError(f"{self.path}: the values are not those that the card describes (content_sha256 differs)")


def open_ensemble(path: str | Path) -> Ensemble:
    """Open a store, checking its layout and that every chunk is there; values are read when they are asked for.

    Raises FormatError naming the path and what is wrong.
    """
    path = Path(path)
    group = _group(path)
    card = check_card(group.attrs.get("card"), path)
    stored = {name: _array(group, name, path) for name in ("thickness", "period", "wave", *DIMENSIONS)}
    count, layers = _shape(stored["vp"], path, 2)
    waves = tuple(str(wave) for wave in stored["wave"][:])
    periods = np.asarray(stored["period"][:], dtype=np.float64)
    curves = (count, len(waves), periods.size)
    expected = {
        "vp": (count, layers),
        "vs": (count, layers),
        "rho": (count, layers),
        "velocity": curves,
        "status": curves,
    }
    for name, shape in expected.items():
        _expect(stored[name], shape, "uint8" if name == "status" else "float64", path)
    if list(waves) != card["waves"] or periods.tolist() != card["periods"] or layers != card["layers"]:
        raise FormatError(f"{path}: the arrays' waves, periods or layers are not those of the card")
    thickness: np.ndarray | StoredArray = stored["thickness"]
    _expect(stored["thickness"], (layers,) if thickness.ndim == 1 else (count, layers), "float64", path)
    if thickness.ndim == 1:
        thickness = thickness[:]
    values = {name: stored[name] for name in DIMENSIONS}
    return Ensemble(path, card, periods, waves, thickness, **values)


def _group(path: Path) -> Any:
    import zarr

    if not path.exists():
        raise FormatError(f"{path}: no such store")
    try:
        return zarr.open_group(path, mode="r", zarr_format=3)
    except Exception as error:  # zarr raises many kinds for many kinds of damage
        raise FormatError(f"{path}: not a Zarr v3 group, so not an ensemble ({one_line(error)})") from None


def _array(group: Any, name: str, path: Path) -> StoredArray:
    import zarr

    try:
        array = group[name]
        whole = array.nchunks_initialized == array.nchunks if isinstance(array, zarr.Array) else None
    except KeyError:
        raise FormatError(f"{path}: the array {name} is missing") from None
    except Exception as error:  # damaged metadata
        raise FormatError(f"{path}: the array {name} cannot be opened ({one_line(error)})") from None
    if whole is None:
        raise FormatError(f"{path}: {name} is not an array")
    if not whole:
        raise FormatError(f"{path}: chunks of {name} are missing, the store is damaged")
    return StoredArray(path, name, array)


def _shape(array: StoredArray, path: Path, ndim: int) -> tuple[int, ...]:
    if array.ndim != ndim:
        raise FormatError(f"{path}: {array.name} has {array.ndim} dimensions; {ndim} are expected")
    return array.shape


def _expect(array: StoredArray, shape: tuple[int, ...], dtype: str, path: Path) -> None:
    if array.shape != shape or array.dtype != np.dtype(dtype):
        raise FormatError(f"{path}: {array.name} is {array.dtype} {array.shape}; {dtype} {shape} is expected")
