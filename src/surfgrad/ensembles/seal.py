"""The seal of a store: hashes of its card and its small files (metadata, coordinates), which block hashes leave out."""

import hashlib
import json
from pathlib import Path

from surfgrad.ensembles.schema import Card
from surfgrad.errors import FormatError


def seal(store: Path, card: Card, blocks: Card) -> Card:
    """What is written beside the card, as the group's attribute `seal`."""
    return {"card_sha256": _card_hash({"card": card, "blocks": blocks}), "files_sha256": _files_hash(store, card)}


def check_seal(found: object, store: Path, card: Card, blocks: Card) -> None:
    """FormatError where the store's card or small files are not those that were sealed."""
    group = json.loads((store / "zarr.json").read_bytes())
    if (group.get("zarr_format"), group.get("node_type")) != (3, "group"):
        raise FormatError(f"{store}: metadata are not what was written (zarr.json does not say that this is a group)")
    expected = seal(store, card, blocks)
    for key, what in (("card_sha256", "the card is"), ("files_sha256", "metadata or coordinates are")):
        if not isinstance(found, dict) or found.get(key) != expected[key]:
            raise FormatError(f"{store}: {what} not what was written ({key} differs)")


def _card_hash(card: Card) -> str:
    return hashlib.sha256(json.dumps(card, sort_keys=True, allow_nan=False).encode()).hexdigest()


def _files_hash(store: Path, card: Card) -> str:
    """SHA-256 over name, length and bytes of every file but the group's own and the samples' shards."""
    digest = hashlib.sha256()
    for folder in sorted(path for path in store.iterdir() if path.is_dir()):
        samples = folder.name in card["arrays"]
        files = [folder / "zarr.json"] if samples else sorted(path for path in folder.rglob("*") if path.is_file())
        for path in files:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(store).as_posix()} {len(content)};".encode())
            digest.update(content)
    return digest.hexdigest()
