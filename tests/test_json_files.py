"""JSON files: what is written comes back, and what is none is one line."""

from pathlib import Path

import pytest

from surfgrad.errors import FormatError
from surfgrad.json_files import read_json, write_json


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    content = {"a": [1, 2.5, None], "b": {"c": "\N{GREEK SMALL LETTER RHO}"}}
    write_json(tmp_path / "new" / "x.json", content)
    assert read_json(tmp_path / "new" / "x.json") == content


@pytest.mark.parametrize("content", [{"a": float("nan")}, {"a": object()}])
def test_what_is_not_json_is_refused_and_leaves_what_was_there(content: object, tmp_path: Path) -> None:
    write_json(tmp_path / "x.json", 1)
    with pytest.raises((ValueError, TypeError), match="JSON"):
        write_json(tmp_path / "x.json", content)
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    assert read_json(tmp_path / "x.json") == 1


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 200_000, b"1" * 10_000])
def test_a_file_that_is_none_is_named_in_one_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(content)
    with pytest.raises(FormatError, match=r"x\.json: not a JSON file \(") as caught:
        read_json(tmp_path / "x.json")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < len(str(tmp_path)) + 200


def test_a_file_that_is_not_there_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"x\.json"):
        read_json(tmp_path / "x.json")
