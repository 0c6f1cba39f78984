"""NetCDF files: written whole or not at all, read into memory and closed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.errors import FormatError
from surfgrad.files import replacing
from surfgrad.text import cause

if TYPE_CHECKING:
    import xarray as xr


def read_dataset(
    path: str | Path, group: str | None = None, *, wanted: Callable[[str], bool] | None = None
) -> "xr.Dataset":
    """A file, or one `group` of it; with `wanted`, only those of its variables whose name it accepts.

    Raises FormatError naming the file, and the group, where it is missing or damaged.
    """
    import xarray as xr

    try:
        with xr.open_dataset(path, group=group, engine="h5netcdf") as dataset:
            names = [name for name in dataset.data_vars if wanted is None or wanted(str(name))]
            return dataset[names].load()
    except Exception as error:  # every HDF5 layer has its own errors for damaged files
        what = "" if group is None else f"group {group} "
        raise FormatError(f"{path}: {what}missing or damaged ({cause(error)})") from error


def write_dataset(dataset: "xr.Dataset", path: Path) -> None:
    """Write a file of one dataset, into a folder that is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        dataset.to_netcdf(temporary, engine="h5netcdf")


def write_groups(groups: "Mapping[str, xr.Dataset]", path: str | Path) -> None:
    """Write datasets as the groups of one file, into a folder that is there."""
    with replacing(path) as temporary:
        for number, (name, dataset) in enumerate(groups.items()):
            dataset.to_netcdf(temporary, mode="a" if number else "w", group=name, engine="h5netcdf")
