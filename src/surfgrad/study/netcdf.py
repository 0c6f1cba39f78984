"""The study's arrays on disk, one NetCDF file a record."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.files import replacing
from surfgrad.records import Array

if TYPE_CHECKING:
    import xarray as xr

ENGINE: Any = "h5netcdf"


def write_record(dataset: "xr.Dataset", path: Path) -> None:
    """Write whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        dataset.to_netcdf(temporary, engine=ENGINE)


def read_record(path: Path) -> "xr.Dataset":
    """Read into memory and close the file."""
    import xarray as xr

    with xr.open_dataset(path, engine=ENGINE) as dataset:
        return dataset.load()


def quantiles(values: Array, shares: tuple[float, ...]) -> Array:
    """Quantiles over the first axis of the finite entries, (len(shares), ...); NaN where there are none."""
    flat = values.reshape(values.shape[0], -1)
    result = np.full((len(shares), flat.shape[1]), np.nan)
    for column, each in enumerate(flat.T):
        kept = each[np.isfinite(each)]
        if kept.size:
            result[:, column] = np.quantile(kept, shares)
    return result.reshape(len(shares), *values.shape[1:])
