"""`surfgrad train`: a checkpoint from a store, and its refusals."""

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from surfgrad.cli.app import main
from surfgrad.ensembles import Ensemble
from surfgrad.errors import UsageError


def test_a_checkpoint_is_written_and_described(
    store: Ensemble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import surfgrad as sg

    out = tmp_path / "ckpt"
    command = ["train", "--data", str(store.path), "--out", str(out), "--steps", "5", "--threads", "1"]
    assert main(command) == 0
    assert "grid, 5 steps on 1900 models" in capsys.readouterr().out
    assert sg.load_surrogate(out).waves == ("rayleigh", "love")
    assert main(command) == 2
    assert "exists" in capsys.readouterr().err
    assert main([*command, "--resume"]) == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (["--data", "absent.zarr"], "absent.zarr: no such store"),
        (["--architecture", "oracle"], "oracle"),
        (["--loss", "hope"], "hope"),
        (["--steps", "0"], "steps"),
        (["--budget-minutes", "-1"], "--budget-minutes: -1.0 given"),
        (["--clock", "sand"], "clock: 'sand' given; allowed are wall and cpu"),
        (["--threads", "0"], "threads"),
        (["--threads", "9999999"], "--threads: 9999999 given; at most 1024 is allowed"),
        (["--seed", "99999999999999999999"], "--seed: 99999999999999999999 given; 0 to 9223372036854775807 is allowed"),
        (["--size", "huge"], "--size: 'huge' given"),
        (["--out", ""], ".: exists; remove it or choose another --out"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(
    store: Ensemble, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: list[str], word: str
) -> None:
    command = ["train", "--data", str(store.path), "--out", str(tmp_path / "ckpt"), "--steps", "5", *change]
    assert main(command) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, "no progress bar of what never began"
    assert word in lines[0]
    assert not list(tmp_path.iterdir())


def test_without_torch_the_extra_is_named(
    store: Ensemble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = importlib.util.find_spec

    def hide(name: str, *rest: Any) -> Any:
        return None if name == "torch" else real(name, *rest)

    for name in [name for name in sys.modules if name.split(".")[:2] == ["surfgrad", "surrogates"]]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(importlib.util, "find_spec", hide)
    with pytest.raises(UsageError, match=r"pip install \"surfgrad\[torch\]\"") as caught:
        importlib.import_module("surfgrad.surrogates.checkpoint")
    assert isinstance(caught.value, ImportError)
    assert main(["train", "--data", str(store.path), "--out", str(tmp_path / "ckpt")]) == 2
    assert "surfgrad[torch]" in capsys.readouterr().err
