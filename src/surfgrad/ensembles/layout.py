"""An empty store: its Zarr group with every array laid out, coordinates written, samples still missing."""

import numpy as np
import zarr
from zarr.codecs import BloscCodec, Crc32cCodec

from surfgrad.ensembles.schema import LONG_NAMES, UNITS, Card, SampleArray
from surfgrad.ensembles.work import Work
from surfgrad.status import Status

INNER = 100
"""Samples decoded at once inside a shard: what reading a single one costs."""


def lay_out(group: zarr.Group, work: Work, chunk: int) -> None:
    """Create all arrays of a store in an empty group: one shard (one file) for `chunk` samples of each array."""
    _coordinate(group, "wave", np.array(work.curves.waves, dtype=object), "string")
    _coordinate(group, "period", np.array(work.curves.periods), "float64")
    if work.grid is not None:
        _coordinate(group, "thickness", work.grid, "float64", "layer")
    for row in work.arrays:
        group.create_array(
            row.name,
            shape=(work.count, *row.shape),
            shards=(chunk, *row.shape),
            chunks=(INNER if chunk % INNER == 0 else chunk, *row.shape),
            dtype=row.dtype,
            # Any damaged byte is found when it is read: the checksum comes last.
            compressors=(_codec(row), Crc32cCodec()),
            # A chunk that is missing on disk must not look like results.
            fill_value=_fill(row),
            dimension_names=("sample", *row.dims),
            attributes=_attributes(row),
            config={"write_empty_chunks": True},
        )


def _codec(row: SampleArray) -> BloscCodec:
    """Bytes of equal weight side by side, then zstd: the smallest of those tried, at a tenth of a percent of the time
    that the curves take (docs/scale.md)."""
    return BloscCodec(cname="zstd", clevel=5, shuffle="shuffle", typesize=np.dtype(row.dtype).itemsize)


def _fill(row: SampleArray) -> float | int:
    if row.floating:
        return float("nan")
    return int(Status.NOT_CONVERGED) if row.name == "status" else 0


def _coordinate(group: zarr.Group, name: str, values: np.ndarray, dtype: str, dim: str | None = None) -> None:
    attributes: Card = {"long_name": LONG_NAMES[name]} | ({"units": UNITS[name]} if name in UNITS else {})
    array = group.create_array(
        name,
        shape=values.shape,
        chunks=values.shape,
        dtype=dtype,
        dimension_names=(dim or name,),
        attributes=attributes,
        config={"write_empty_chunks": True},
    )
    array[:] = values


def _attributes(row: SampleArray) -> Card:
    attributes: Card = {"long_name": row.long_name}
    if row.units is not None:
        attributes["units"] = row.units
    if row.name == "status":
        attributes["flag_values"] = [int(code) for code in Status]
        attributes["flag_meanings"] = " ".join(code.name for code in Status)
    return attributes
