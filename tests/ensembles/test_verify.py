"""`surfgrad verify`: what it must find."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import zarr
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.cli.app import main
from surfgrad.ensembles import from_models, generate, open_ensemble
from surfgrad.ensembles.verify import recompute_sample
from surfgrad.errors import FormatError


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store of the weak prior, with derivatives."""
    out = tmp_path_factory.mktemp("store") / "real.zarr"
    told = ["generate", "--prior", "weak", "--count", "6", "--seed", "4", "--out", str(out), "--periods", "5,20,50"]
    assert main([*told, "--chunk", "3", "--derivatives", "directional:2,periods:1,kernels:1"]) == 0
    return out


def test_a_sound_store_passes(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(real)]) == 0
    assert "6 models recomputed: 6 identical bit for bit" in capsys.readouterr().out


def flipped(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))


def edited(path: Path, change: Callable[[dict], object]) -> None:
    text = json.loads((path / "zarr.json").read_text())
    change(text["attributes"])
    (path / "zarr.json").write_text(json.dumps(text))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "card is not what was written": lambda path: edited(path, lambda found: found["card"].update(seed=5)),
    "metadata or coordinates": lambda path: flipped(path / "vs" / "zarr.json", _place(path)),
    "chunks of status are missing": lambda path: (path / "status" / "c" / "1" / "0" / "0").unlink(),
    "sample 3 of|the store is damaged": lambda path: flipped(path / "velocity" / "c" / "1" / "0" / "0", 30),
}


def _place(path: Path) -> int:
    """A letter of a unit: still JSON, other words."""
    return (path / "vs" / "zarr.json").read_bytes().index(b"km/s")


@pytest.mark.parametrize("message", DAMAGE)
def test_damage_is_found(real: Path, tmp_path: Path, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.zarr"
    shutil.copytree(real, copy)
    DAMAGE[message](copy)
    assert main(["verify", str(copy), "--recompute", "0"]) == 2
    error = capsys.readouterr().err.strip()
    assert any(part in error for part in message.split("|"))
    assert "\n" not in error


def test_any_flipped_byte_is_found(tmp_path: Path) -> None:
    out = tmp_path / "a.zarr"
    generate(ToyPrior(), 4, 1, out, periods=PERIODS[:2], chunk=2, solve=toy_solve)
    files = [path for path in sorted(out.rglob("*")) if path.is_file()]
    rng = np.random.default_rng(1)
    for path in files:
        for place in rng.integers(0, path.stat().st_size, 40 if path == out / "zarr.json" else 3):
            flipped(path, place)
            with pytest.raises(FormatError):
                open_ensemble(out).verify()
            flipped(path, place)
    open_ensemble(out).verify()


def forged(path: Path, name: str, row: int) -> None:
    """Change a value and let somebody recompute every hash: only the engine can tell."""
    from surfgrad.ensembles.content import add_sums, content_hash, digest_of, row_sums
    from surfgrad.ensembles.seal import seal

    array = zarr.open_group(path, mode="r+", zarr_format=3)[name]
    array[row] = array[row] * (1 + 1e-6)  # type: ignore[index]
    found = open_ensemble(path)
    card, blocks, size = dict(found.card), dict(found.attributes["blocks"]), found.blocks.size
    parts = [
        row_sums({key: value.stored(slice(start, start + size)) for key, value in found.arrays().items()}, start)
        for start in range(0, found.count, size)
    ]
    blocks["sha256"] = [digest_of(part) for part in parts]
    sums = {**add_sums(parts), **row_sums({"thickness": np.asarray(found.thickness)}, 0)}
    shapes = {"thickness": (found.layers,), **{key: value.shape for key, value in found.arrays().items()}}
    card["content_sha256"] = content_hash(sums, shapes)
    edited(path, lambda told: told.update(card=card, blocks=blocks, seal=seal(path, card, blocks)))


@pytest.mark.parametrize("name", ["velocity", "vs"])
def test_the_engine_finds_what_hashes_cannot(real: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy.zarr"
    shutil.copytree(real, copy)
    forged(copy, name, 4)
    open_ensemble(copy).verify()
    with pytest.raises(FormatError, match=rf"{name} of sample 4 is not what the engine computes"):
        recompute_sample(open_ensemble(copy), 6)


def test_given_models_are_solved_again(tmp_path: Path) -> None:
    drawn = [ToyPrior().sample(np.random.default_rng(i)) for i in range(5)]
    models = tuple(np.array([model[row] for model in drawn]) for row in range(4))
    found = from_models(models, tmp_path / "a.zarr", source="test", periods=PERIODS, solve=toy_solve)
    assert recompute_sample(found, 9, solve=toy_solve).identical == 5

    def slower(*arrays: object, **options: object) -> object:
        velocity, status = toy_solve(*arrays, **options)  # type: ignore[arg-type]
        return velocity * (1 - 1e-7), status

    with pytest.raises(FormatError, match="velocity of sample"):
        recompute_sample(found, 9, solve=slower)  # type: ignore[arg-type]


def test_an_unknown_prior_cannot_be_recomputed(tmp_path: Path) -> None:
    found = generate(ToyPrior(), 4, 1, tmp_path / "a.zarr", periods=PERIODS, solve=toy_solve)
    with pytest.raises(FormatError, match="cannot be recomputed"):
        recompute_sample(found, 2, solve=toy_solve)
    assert recompute_sample(found, 2, prior=ToyPrior(), solve=toy_solve).count == 2
    with pytest.raises(FormatError, match="prior is not"):
        recompute_sample(found, 2, prior=ToyPrior(version=2), solve=toy_solve)


def test_an_unfinished_store_is_said_to_be_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.zarr"
    calls = []

    def stopping(*arrays: object, **options: object) -> object:
        calls.append(1)
        if len(calls) > 4:
            raise KeyboardInterrupt
        return toy_solve(*arrays, **options)  # type: ignore[arg-type]

    with pytest.raises(KeyboardInterrupt):
        generate(ToyPrior(), 12, 1, out, periods=PERIODS, chunk=5, workers=1, solve=stopping)  # type: ignore[arg-type]
    assert main(["verify", str(out)]) == 2
    assert "unfinished, 2 of 3 blocks are there and sound" in capsys.readouterr().err
    flipped(tmp_path / "a.zarr.partial" / "store" / "vp" / "c" / "1" / "0", 40)
    assert main(["verify", str(out)]) == 2
    assert "samples 5 to 9 are not what was written" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "b.zarr")]) == 2
    assert "no such store" in capsys.readouterr().err
