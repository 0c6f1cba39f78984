"""The card of a store, checked before anything believes it."""

from pathlib import Path
from typing import Any

from surfgrad.ensembles.schema import SCHEMA, Card, SampleArray
from surfgrad.errors import FormatError

_ENTRIES: dict[str, tuple[type, ...]] = {
    "prior": (dict, type(None)),
    "source": (dict, type(None)),
    "seed": (int, type(None)),
    "index_range": (list,),
    "splits": (dict, type(None)),
    "layers": (int,),
    "arrays": (dict,),
    "further": (dict, type(None)),
    "waves": (list,),
    "periods": (list,),
    "mode": (int,),
    "kind": (str,),
    "engine_version": (str,),
    "tolerance": (float,),
    "units": (dict,),
    "status_counts": (dict,),
    "content_sha256": (str,),
}
"""What a card holds, and as what."""

_DTYPES = ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32")
_CURVES = ("wave", "period")
_BASE: dict[str, tuple[str, ...]] = {
    "vp": ("layer",),
    "vs": ("layer",),
    "rho": ("layer",),
    "velocity": _CURVES,
    "status": _CURVES,
    "sample": (),
}
"""The arrays that every store has, with the dimensions of a row."""


def check_card(card: Any, path: Path) -> Card:
    """The card of the store at `path`; FormatError naming the entry that is missing or of another kind."""
    if not isinstance(card, dict) or "schema" not in card:
        raise FormatError(f"{path}: a Zarr group without an ensemble card; not written by surfgrad generate")
    if card["schema"] != SCHEMA:
        raise FormatError(f"{path}: ensemble schema {card['schema']} given; this version reads schema {SCHEMA}")
    missing = [key for key in _ENTRIES if key not in card]
    if missing:
        raise FormatError(f"{path}: the card lacks {', '.join(missing)}")
    for key, kinds in _ENTRIES.items():
        if not isinstance(card[key], kinds):
            raise FormatError(f"{path}: the card's {key} is a {type(card[key]).__name__}, which it cannot be")
    for key, span in (("index_range", card["index_range"]), *(card["splits"] or {}).items()):
        if not _is_range(span):
            raise FormatError(f"{path}: the card's {key} is {span}; a first index and one after the last are expected")
    return dict(card)


def card_arrays(card: Card, path: Path) -> dict[str, SampleArray]:
    """The arrays with a row per sample that a checked card announces, by name; FormatError where it makes no sense."""
    rows = {name: _row(name, entry, path) for name, entry in card["arrays"].items()}
    sizes = {"layer": card["layers"], "wave": len(card["waves"]), "period": len(card["periods"])}
    for name, dims in _BASE.items():
        if name not in rows or rows[name].dims != dims:
            raise FormatError(f"{path}: the card's arrays lack {name} with dimensions {', '.join(('sample', *dims))}")
    for row in rows.values():
        if any(sizes.setdefault(dim, size) != size for dim, size in zip(row.dims, row.shape, strict=True)):
            raise FormatError(f"{path}: the sizes of {row.name} on the card are not those of the other arrays")
    return rows


def check_blocks(blocks: Any, count: int, path: Path) -> tuple[int, tuple[str, ...]]:
    """Samples per block, and the blocks' hashes; FormatError where they cannot be those of `count` samples."""
    size = blocks.get("size") if isinstance(blocks, dict) else None
    digests = blocks.get("sha256") if isinstance(blocks, dict) else None
    if type(size) is not int or size < 1 or not isinstance(digests, list) or len(digests) != -(-count // size):
        raise FormatError(f"{path}: the list of blocks is missing or of another length; the store is damaged")
    return size, tuple(str(digest) for digest in digests)


def _is_range(span: Any) -> bool:
    ends = isinstance(span, list) and len(span) == 2 and all(type(end) is int for end in span)
    return ends and 0 <= span[0] < span[1]


def _row(name: str, entry: Any, path: Path) -> SampleArray:
    dims, shape, dtype = (entry.get(key) if isinstance(entry, dict) else None for key in ("dims", "shape", "dtype"))
    if not (isinstance(dims, list) and isinstance(shape, list) and len(dims) == len(shape) and dtype in _DTYPES):
        raise FormatError(f"{path}: the card's arrays say of {name} what no array can be")
    if not all(isinstance(dim, str) for dim in dims) or not all(type(size) is int and size >= 0 for size in shape):
        raise FormatError(f"{path}: the card's arrays give {name} a shape that no array can have")
    return SampleArray(name, tuple(dims), tuple(shape), str(dtype))
