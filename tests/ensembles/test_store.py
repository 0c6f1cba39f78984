"""Damaged, foreign and hostile stores: one clear FormatError each."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import zarr
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import generate, open_ensemble
from surfgrad.errors import FormatError


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("store") / "whole.zarr"
    generate(ToyPrior(), 12, 1, out, periods=PERIODS, chunk=5, solve=toy_solve)
    return out


def edit_card(path: Path, change: Callable[[dict], object]) -> None:
    text = path / "zarr.json"
    content = json.loads(text.read_text())
    change(content["attributes"])
    text.write_text(json.dumps(content))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9])


DAMAGE: dict[str, Callable[[Path], object]] = {
    "not a Zarr": lambda path: shutil.rmtree(path) or path.mkdir(),
    "without an ensemble card": lambda path: edit_card(path, dict.clear),
    "schema 99": lambda path: edit_card(path, lambda attributes: attributes["card"].update(schema=99)),
    "lacks seed": lambda path: edit_card(path, lambda attributes: attributes["card"].pop("seed")),
    "lacks kind": lambda path: edit_card(path, lambda attributes: attributes["card"].pop("kind")),
    "prior is a str": lambda path: edit_card(path, lambda attributes: attributes["card"].update(prior="weak")),
    "not those of the card": lambda path: edit_card(
        path, lambda attributes: attributes["card"].update(periods=[1.0] * 5)
    ),
    "sizes of velocity": lambda path: edit_card(path, lambda attributes: attributes["card"].update(periods=[1.0])),
    "index_range is": lambda path: edit_card(path, lambda attributes: attributes["card"].update(index_range=[3])),
    "card's test is": lambda path: edit_card(
        path, lambda attributes: attributes["card"].update(splits={"test": "all"})
    ),
    "what no array can be": lambda path: edit_card(path, lambda attributes: attributes["card"]["arrays"].update(vs=1)),
    "lack velocity": lambda path: edit_card(path, lambda attributes: attributes["card"]["arrays"].pop("velocity")),
    "list of blocks": lambda path: edit_card(path, lambda attributes: attributes.pop("blocks")),
    "vs is missing": lambda path: shutil.rmtree(path / "vs"),
    "chunks of velocity are missing": lambda path: (path / "velocity" / "c" / "1" / "0" / "0").unlink(),
    "rho cannot be opened": lambda path: truncate(path / "rho" / "zarr.json"),
    "not a Zarr v3 group": lambda path: truncate(path / "zarr.json"),
}


@pytest.mark.parametrize("message", DAMAGE)
def test_damage_is_found_on_opening(whole: Path, tmp_path: Path, message: str) -> None:
    copy = tmp_path / "copy.zarr"
    shutil.copytree(whole, copy)
    open_ensemble(copy)
    DAMAGE[message](copy)
    with pytest.raises(FormatError, match=message) as caught:
        open_ensemble(copy)
    assert "\n" not in str(caught.value)


def test_damaged_bytes_are_found_on_reading(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zarr"
    shutil.copytree(whole, copy)
    truncate(copy / "vs" / "c" / "1" / "0")
    found = open_ensemble(copy)
    assert np.isfinite(found.vs[:5]).all()
    with pytest.raises(FormatError, match="vs cannot be read, the store is damaged"):
        found.vs[:]


def test_a_changed_value_fails_verification(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.zarr"
    shutil.copytree(whole, copy)
    open_ensemble(copy).verify()
    array = zarr.open_group(copy, mode="r+", zarr_format=3)["velocity"]
    assert isinstance(array, zarr.Array)
    array[3, 0, 0] = 3.0
    with pytest.raises(FormatError, match=r"block 0 \(samples 0 to 4\)"):
        open_ensemble(copy).verify()


def test_a_card_of_another_store_fails_verification(whole: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.zarr", tmp_path / "other.zarr"
    shutil.copytree(whole, copy)
    generate(ToyPrior(), 12, 2, other, periods=PERIODS, chunk=5, solve=toy_solve)
    found = open_ensemble(other)
    edit_card(copy, lambda attributes: attributes.update(card=found.card))
    with pytest.raises(FormatError, match="card_sha256"):
        open_ensemble(copy).verify()
    edit_card(copy, lambda attributes: attributes.update(found.attributes))
    with pytest.raises(FormatError, match="block 0"):
        open_ensemble(copy).verify()


def test_a_file_is_not_a_store(tmp_path: Path) -> None:
    path = tmp_path / "a.zarr"
    path.write_text("hello")
    with pytest.raises(FormatError, match="not a Zarr"):
        open_ensemble(path)
