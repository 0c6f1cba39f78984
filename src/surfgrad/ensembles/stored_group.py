"""The Zarr group of a store, checked before anything believes it: arrays that are there, whole, of the right form."""

from pathlib import Path
from typing import Any

import numpy as np

from surfgrad.ensembles.stored_array import StoredArray
from surfgrad.errors import FormatError
from surfgrad.text import cause


def open_group(path: Path) -> Any:
    """The group at `path`, to read; FormatError where there is none."""
    import zarr

    if not path.exists():
        raise FormatError(f"{path}: no such store")
    try:
        return zarr.open_group(path, mode="r", zarr_format=3)
    except Exception as error:  # zarr raises many kinds for many kinds of damage
        raise FormatError(f"{path}: not a Zarr v3 group, so not an ensemble ({cause(error)})") from None


def open_array(group: Any, name: str, path: Path, read_as: str | None = None) -> StoredArray:
    """One of its arrays, every file of which is there; FormatError otherwise."""
    import zarr

    try:
        array = group[name]
        lost = _lost_chunk(array, path / name) if isinstance(array, zarr.Array) else None
    except KeyError:
        raise FormatError(f"{path}: the array {name} is missing") from None
    except Exception as error:  # damaged metadata
        raise FormatError(f"{path}: the array {name} cannot be opened ({cause(error)})") from None
    if not isinstance(array, zarr.Array):
        raise FormatError(f"{path}: {name} is not an array")
    if lost is not None:
        raise FormatError(f"{path}: chunks of {name} are missing, the store is damaged (the first is {lost})")
    return StoredArray(path, name, array, read_as)


def expect(array: StoredArray, shape: tuple[int, ...], dtype: str, path: Path) -> None:
    """FormatError unless the array has this shape, and this type on disk."""
    if array.shape != shape or array.source.dtype != np.dtype(dtype):
        raise FormatError(f"{path}: {array.name} is {array.source.dtype} {array.shape}; {dtype} {shape} is expected")


def _lost_chunk(array: Any, folder: Path) -> str | None:
    """The first file that an array should have and has not. Files are named by their place: c/0/0, c/1/0, ..."""
    files = array.shards or array.chunks
    tail = ["0"] * (array.ndim - 1)
    for place in range(-(-array.shape[0] // files[0])):
        path = folder.joinpath("c", str(place), *tail)
        if not path.is_file():
            return str(path.relative_to(folder.parent))
    return None
