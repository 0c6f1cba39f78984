"""The card of a checkpoint: what a surrogate is, where it is valid, and how it came about."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from surfgrad import __version__
from surfgrad.errors import FormatError
from surfgrad.json_files import write_json
from surfgrad.text import cause

CARD_SCHEMA = 2
UNITS = {"thickness": "km", "vp": "km/s", "vs": "km/s", "rho": "g/cm3", "velocity": "km/s", "period": "s"}
_LARGEST = 64 * 2**20  # bytes: a card is text that people read


class DomainCard(BaseModel):
    """Trained `periods` (s); range of vs (km/s), by layer (L, 2) with the grid `thickness` (L,) (km), or over
    all, (1, 2), where the network has no grid and `thickness` is empty. `trained`: what
    `surfgrad.ensembles.domain` says of the training set, for a network on a grid; None for another, or too few models.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    periods: list[float] = Field(min_length=1)
    vs_range: list[tuple[float, float]] = Field(min_length=1)
    thickness: list[float]
    trained: dict[str, Any] | None = None


class Card(BaseModel):
    """card.json. `data`: content hash and card of the training store. `training`: plan, history, held-out errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int
    architecture: str
    sizes: dict[str, Any]
    normalisation: str
    weights_sha256: str
    data: dict[str, Any]
    prior: dict[str, Any] | None
    seed: int
    units: dict[str, str]
    waves: list[str] = Field(min_length=1)
    kind: str
    domain: DomainCard
    training: dict[str, Any]
    versions: dict[str, str]


def versions() -> dict[str, str]:
    """Versions of what the numbers depend on."""
    import torch

    python = ".".join(map(str, sys.version_info[:3]))
    return {"surfgrad": __version__, "torch": str(torch.__version__), "numpy": np.__version__, "python": python}


def read_card(path: Path) -> Card:
    """Read and check card.json; FormatError naming the entry that is wrong."""
    try:
        if path.stat().st_size > _LARGEST:
            raise FormatError(f"{path}: larger than {_LARGEST} bytes; not a card")
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse)
        schema = found.get("schema_version") if isinstance(found, dict) else None
    except (FileNotFoundError, NotADirectoryError):
        raise FormatError(f"{path}: no such file; a checkpoint is a folder that surfgrad train wrote") from None
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"{path}: not a JSON card ({cause(error, 100)})") from None
    if schema != CARD_SCHEMA:
        raise FormatError(f"{path}: card schema {schema!r} given; this version reads schema {CARD_SCHEMA}")
    try:
        return Card.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise FormatError(f"{path}: {where}: {first['msg']}") from None


def write_card(card: Card, path: Path) -> None:
    """Write card.json."""
    write_json(path, card.model_dump())


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
