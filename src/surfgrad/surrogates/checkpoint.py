"""Checkpoints: a folder with weights.safetensors, card.json and learning_curve.csv. Nothing in it is ever executed."""

import hashlib
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save_file
from torch import Tensor, nn

from surfgrad.contracts import WAVES
from surfgrad.errors import FormatError, UsageError
from surfgrad.files import new_folder
from surfgrad.surrogates.architectures import ARCHITECTURES, architecture, settings_from
from surfgrad.surrogates.card import Card, read_card, write_card
from surfgrad.surrogates.devices import chosen_device
from surfgrad.surrogates.learning_curve import write_learning_curve
from surfgrad.surrogates.surrogate import Surrogate
from surfgrad.text import cause

WEIGHTS = "weights.safetensors"
CARD = "card.json"
CURVE = "learning_curve.csv"
BUILTIN = "builtin"
"""Name of the surrogate that comes with the package."""
_SHIPPED = Path(__file__).with_name(BUILTIN)


def save_checkpoint(folder: Path, network: nn.Module, card: Card) -> None:
    """Write the folder, whole or not at all; the weights' hash goes into the card. `folder` must not exist yet."""
    with new_folder(folder) as temporary:
        tensors = {name: value.detach().contiguous() for name, value in network.state_dict().items()}
        save_file(tensors, temporary / WEIGHTS)
        digest = hashlib.sha256((temporary / WEIGHTS).read_bytes()).hexdigest()
        write_card(card.model_copy(update={"weights_sha256": digest}), temporary / CARD)
        write_learning_curve(card, temporary / CURVE)
        (temporary / WEIGHTS).chmod((temporary / CARD).stat().st_mode)  # safetensors writes for its owner alone


def load_surrogate(folder: str | Path, *, device: str = "cpu") -> Surrogate:
    """Read a checkpoint folder, or the one that comes with the package ("builtin"). `device`: cpu, cuda or auto.

    Raises UsageError where that device is not there, FormatError, naming the file, where it is missing, damaged or
    foreign. A folder of your own that is called builtin is reached by its full path.
    """
    place = chosen_device(device)
    folder = _SHIPPED if Path(folder) == Path(BUILTIN) else Path(folder)
    if not folder.is_dir():
        raise FormatError(f"{folder}: not a checkpoint folder (none is there)")
    card = read_card(folder / CARD)
    _check_card(card, folder / CARD)
    network = _network(card, folder)
    network.load_state_dict(_weights(folder / WEIGHTS, card, network), assign=True)
    return Surrogate(network.to(place).double().eval().requires_grad_(False), card)


def _check_card(card: Card, path: Path) -> None:
    """What the card's types do not say."""
    if card.architecture not in ARCHITECTURES:
        known = ", ".join(sorted(ARCHITECTURES))
        raise FormatError(f"{path}: architecture {card.architecture!r} given; this version knows {known}")
    if not set(card.waves) <= set(WAVES) or len(set(card.waves)) < len(card.waves):
        raise FormatError(f"{path}: waves {card.waves} given; allowed are {list(WAVES)}, each once")
    domain, sizes = card.domain, card.sizes
    expected: tuple[Any, ...]
    found: tuple[Any, ...]
    if architecture(card.architecture).fixed_grid:
        expected = (len(domain.thickness), len(card.waves), domain.periods, len(domain.thickness))
        found = (sizes.get("layers"), sizes.get("waves"), sizes.get("periods"), len(domain.vs_range))
    else:
        expected, found = (card.waves, 0, 1), (sizes.get("waves"), len(domain.thickness), len(domain.vs_range))
    if found != expected:
        raise FormatError(f"{path}: sizes and domain contradict each other")


def _network(card: Card, folder: Path) -> nn.Module:
    """The network that the card describes, without memory for its weights: sizes in a card are only a claim."""
    try:
        settings = settings_from(card.architecture, card.sizes)
        with torch.device("meta"):
            return architecture(card.architecture).network(settings)
    except (UsageError, TypeError, ValueError, RuntimeError) as error:
        raise FormatError(f"{folder / CARD}: sizes: {cause(error)}") from None


def _weights(path: Path, card: Card, network: nn.Module) -> dict[str, Tensor]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FormatError(f"{path}: cannot be read ({error.strerror})") from None
    if hashlib.sha256(content).hexdigest() != card.weights_sha256:
        raise FormatError(f"{path}: truncated or changed since it was written (its hash is not the card's)")
    try:
        tensors = load(content)
    except (SafetensorError, ValueError, RuntimeError) as error:
        raise FormatError(f"{path}: not a safetensors file ({cause(error, 100)})") from None
    expected = {name: tuple(value.shape) for name, value in network.state_dict().items()}
    if {name: tuple(value.shape) for name, value in tensors.items()} != expected:
        raise FormatError(f"{path}: its tensors are not those of the card's architecture and sizes")
    if not all(value.dtype in (torch.float32, torch.float64) and value.isfinite().all() for value in tensors.values()):
        raise FormatError(f"{path}: weights that are not finite floating-point numbers")
    return tensors
