"""Truncated, tampered and foreign checkpoints: one clear FormatError each."""

import hashlib
import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from surfgrad.cli.app import main
from surfgrad.ensembles import Ensemble
from surfgrad.errors import FormatError
from surfgrad.surrogates.checkpoint import load_surrogate


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "card.json"
    card = json.loads(path.read_text())
    change(card)
    path.write_text(json.dumps(card))


def rewrite(folder: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    """Other tensors under a card whose hash fits them."""
    path = folder / "weights.safetensors"
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)
    rehash(folder)


def rehash(folder: Path) -> None:
    digest = hashlib.sha256((folder / "weights.safetensors").read_bytes()).hexdigest()
    edit(folder, lambda card: card.update(weights_sha256=digest))


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-5] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8])


def foreign_weights(folder: Path) -> None:
    (folder / "weights.safetensors").write_bytes(b"\x80\x04not a pickle either")
    rehash(folder)


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "folder": ("not a checkpoint folder", shutil.rmtree),
    "no card": (
        "card.json: no such file; a checkpoint is a folder that surfgrad train wrote",
        lambda folder: (folder / "card.json").unlink(),
    ),
    "cut card": ("card.json: not a JSON card", lambda folder: truncate(folder / "card.json")),
    "list card": ("card schema None", lambda folder: (folder / "card.json").write_text("[1]")),
    "nested card": ("not a JSON card", lambda folder: (folder / "card.json").write_text("[" * 100_000)),
    "nan card": ("NaN is not JSON", lambda folder: (folder / "card.json").write_text('{"schema_version": NaN}')),
    "other schema": ("card schema 7", lambda folder: edit(folder, lambda card: card.update(schema_version=7))),
    "no waves": ("card.json: waves", lambda folder: edit(folder, lambda card: card.pop("waves"))),
    "strange wave": ("stoneley", lambda folder: edit(folder, lambda card: card.update(waves=["stoneley", "love"]))),
    "architecture": ("oracle", lambda folder: edit(folder, lambda card: card.update(architecture="oracle"))),
    "sizes": ("sizes", lambda folder: edit(folder, lambda card: card["sizes"].update(hidden=[10**12]))),
    "size types": ("sizes", lambda folder: edit(folder, lambda card: card["sizes"].update(hidden="wide"))),
    "size names": ("sizes", lambda folder: edit(folder, lambda card: card["sizes"].update(depth=3))),
    "grid": ("contradict", lambda folder: edit(folder, lambda card: card["domain"]["thickness"].pop())),
    "no weights": ("cannot be read", lambda folder: (folder / "weights.safetensors").unlink()),
    "cut weights": ("truncated or changed", lambda folder: truncate(folder / "weights.safetensors")),
    "one bit": ("truncated or changed", lambda folder: flip_a_bit(folder / "weights.safetensors")),
    "foreign": ("not a safetensors file", foreign_weights),
    "other shapes": (
        "not those of the card",
        lambda folder: rewrite(folder, lambda tensors: tensors.update({"linears.0.bias": torch.zeros(3)})),
    ),
    "claimed sizes": (
        "not those of the card",
        lambda folder: edit(folder, lambda card: card["sizes"].update(hidden=[90_000, 90_000])),
    ),
    "nan weights": (
        "not finite",
        lambda folder: rewrite(folder, lambda tensors: tensors["linears.0.bias"].fill_(float("nan"))),
    ),
    "integers": (
        "not finite",
        lambda folder: rewrite(
            folder, lambda tensors: tensors.update({"linears.0.bias": tensors["linears.0.bias"].long()})
        ),
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_one_clear_line(checkpoint: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ckpt"
    shutil.copytree(checkpoint, folder)
    load_surrogate(folder)
    message, damage = DAMAGE[name]
    damage(folder)
    with pytest.raises(FormatError, match=message) as caught:
        load_surrogate(folder)
    assert "\n" not in str(caught.value)
    assert "ckpt" in str(caught.value)


@pytest.mark.parametrize("name", ["cut weights", "one bit", "foreign"])
def test_a_command_says_it_in_one_line_too(
    checkpoint: Path, store: Ensemble, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = tmp_path / "ckpt"
    shutil.copytree(checkpoint, folder)
    message, damage = DAMAGE[name]
    damage(folder)
    assert main(["audit", str(folder), "--data", str(store.path), "--out", str(tmp_path / "audit")]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.strip()]
    assert message in line
    assert not (tmp_path / "audit").exists()


class Bomb:
    """Unpickled, it makes a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.mkdir, (self.path,)


def test_a_pickle_in_the_place_of_weights_is_not_run(checkpoint: Path, tmp_path: Path) -> None:
    folder, trace = tmp_path / "ckpt", tmp_path / "trace"
    shutil.copytree(checkpoint, folder)
    pickled = pickle.dumps(Bomb(trace))
    pickle.loads(pickled)
    trace.rmdir()  # it would have worked
    zipped = tmp_path / "network.pt"
    torch.save({"weights": Bomb(trace)}, zipped)
    for content in (pickled, zipped.read_bytes()):
        (folder / "weights.safetensors").write_bytes(content)
        rehash(folder)
        with pytest.raises(FormatError, match="not a safetensors file"):
            load_surrogate(folder)
        assert not trace.exists()


def test_the_folder_holds_three_files_and_no_pickle(checkpoint: Path) -> None:
    files = ["card.json", "learning_curve.csv", "weights.safetensors"]
    assert sorted(path.name for path in checkpoint.iterdir()) == files
    assert checkpoint.stat().st_mode & 0o777 == 0o755
    assert {(checkpoint / name).stat().st_mode & 0o444 for name in files} == {0o444}
