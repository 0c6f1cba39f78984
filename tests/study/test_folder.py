"""A study's folder belongs to one preset and one version."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from surfgrad.errors import FormatError, UsageError
from surfgrad.study.folder import open_folder
from surfgrad.study.presets import PRESETS, get_preset

SMOKE = PRESETS["smoke"]


def test_the_same_preset_continues(tmp_path: Path) -> None:
    assert open_folder(tmp_path / "s", SMOKE) == open_folder(tmp_path / "s", SMOKE)


@pytest.mark.parametrize(
    ("other", "said"),
    [(PRESETS["laptop"], "preset 'smoke', asked for is 'laptop'"), (replace(SMOKE, seed=9), "other settings")],
)
def test_another_preset_is_refused_in_one_line(tmp_path: Path, other: object, said: str) -> None:
    open_folder(tmp_path, SMOKE)
    with pytest.raises(UsageError, match=said) as caught:
        open_folder(tmp_path, other)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


def test_another_version_is_refused(tmp_path: Path) -> None:
    folder = open_folder(tmp_path, SMOKE)
    folder.claim.write_text(json.dumps(json.loads(folder.claim.read_text()) | {"version": "0.0.1"}))
    with pytest.raises(UsageError, match=r"surfgrad 0\.0\.1"):
        open_folder(tmp_path, SMOKE)


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match="holds no study"):
        open_folder(tmp_path, SMOKE)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["thesis.tex"]


@pytest.mark.parametrize("content", ["{", "[]", '{"format": "other"}'])
def test_a_foreign_claim_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "study.json").write_text(content)
    with pytest.raises(FormatError, match=r"study\.json"):
        open_folder(tmp_path, SMOKE)


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(UsageError, match="is a file"):
        open_folder(tmp_path / "f", SMOKE)


def test_an_unknown_preset_is_named() -> None:
    with pytest.raises(UsageError, match=r"--preset: 'huge' is unknown; allowed are smoke, laptop, overnight, full"):
        get_preset("huge")
