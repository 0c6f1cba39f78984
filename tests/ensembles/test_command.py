"""`surfgrad generate` with the real prior and the real engine: small, and its refusals."""

from pathlib import Path

import numpy as np
import pytest

from surfgrad.cli.app import main
from surfgrad.ensembles import open_ensemble
from surfgrad.waves.phase import phase_velocity


def test_the_store_holds_the_engine_s_velocities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "weak.zarr"
    command = ["generate", "--prior", "weak", "--count", "3", "--seed", "4", "--out", str(out), "--periods", "5,20,50"]
    assert main(command) == 0
    assert "3 models" in capsys.readouterr().out
    found = open_ensemble(out)
    for row, wave in enumerate(("rayleigh", "love")):
        expected = phase_velocity(*found.models(), [5.0, 20.0, 50.0], wave=wave)
        np.testing.assert_array_equal(found.velocity[:, row], expected)
    assert found.card["prior"]["name"] == "weak"
    assert main(command) == 0  # again: already there


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (["--prior", "flat-earth"], "flat-earth"),
        (["--count", "0"], "--count"),
        (["--seed", "-1"], "--seed: -1 given; 0 and above is allowed"),
        (["--first", "-1"], "--first: -1 given; 0 and above is allowed"),
        (["--first", "99999999999999999999"], "--first: 99999999999999999999 given; at most 1000000000000000000"),
        (["--count", "99999999999999999999"], "--count: 99999999999999999999 given; at most 1000000000 is allowed"),
        (["--periods", "2:0"], "--periods"),
        (["--wave", "stoneley"], "stoneley"),
        (["--workers", "0"], "--workers"),
        (["--mode", "-2"], "mode"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: list[str], word: str
) -> None:
    command = ["generate", "--prior", "weak", "--count", "2", "--periods", "9", "--out", str(tmp_path / "a.zarr")]
    assert main(command + change) == 2
    error = capsys.readouterr().err.strip()
    assert word in error
    assert len([line for line in error.splitlines() if line.startswith("surfgrad")]) == 1
    assert not list(tmp_path.iterdir())


def test_another_seed_does_not_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["generate", "--prior", "weak", "--count", "1", "--periods", "9", "--out", str(tmp_path / "a.zarr")]
    assert main([*command, "--seed", "1"]) == 0
    before = open_ensemble(tmp_path / "a.zarr").card
    assert main([*command, "--seed", "2"]) == 2
    assert "seed" in capsys.readouterr().err
    assert open_ensemble(tmp_path / "a.zarr").card == before
