"""The card of a store, checked before anything believes it."""

from pathlib import Path
from typing import Any

from surfgrad.ensembles.schema import SCHEMA, Card
from surfgrad.errors import FormatError

_ENTRIES: dict[str, tuple[type, ...]] = {
    "prior": (dict, type(None)),
    "source": (dict, type(None)),
    "seed": (int, type(None)),
    "index_range": (list,),
    "layers": (int,),
    "waves": (list,),
    "periods": (list,),
    "mode": (int,),
    "kind": (str,),
    "engine_version": (str,),
    "units": (dict,),
    "status_counts": (dict,),
    "content_sha256": (str,),
}
"""What a card holds, and as what."""


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
    return dict(card)
