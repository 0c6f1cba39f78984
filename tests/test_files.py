"""Files and folders appear whole or not at all, with the permissions of any other."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from surfgrad.files import new_folder, replacing

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def write_file(path: Path, text: str = "new") -> None:
    with replacing(path) as temporary:
        temporary.write_text(text)


def write_folder(path: Path) -> None:
    with new_folder(path) as temporary:
        (temporary / "inside").write_text("new")


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    write_file(path)
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_appears_with_what_is_in_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_folder(tmp_path / "a")
    assert (tmp_path / "a" / "inside").read_text() == "new"
    assert list(tmp_path.iterdir()) == [tmp_path / "a"]


@pytest.mark.parametrize("make", [replacing, new_folder])
def test_what_fails_leaves_what_was_there(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    if make is replacing:
        path.write_text("old")
    before = list(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt), make(path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == before
    assert not before or path.read_text() == "old"


def test_a_folder_that_holds_something_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "mine").touch()
    with pytest.raises(OSError, match="a"):
        write_folder(tmp_path / "a")
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "mine"]


@posix
@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_permissions_are_those_of_any_new_file(mask: int, tmp_path: Path) -> None:
    with umask(mask):
        write_file(tmp_path / "file")
        write_folder(tmp_path / "folder")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o666 & ~mask
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o777 & ~mask


@posix
def test_a_writer_that_makes_the_file_anew_for_its_owner_alone_changes_no_permissions(tmp_path: Path) -> None:
    with umask(0o022), replacing(tmp_path / "file") as temporary:
        temporary.unlink()
        temporary.touch(0o600)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o644


def test_the_umask_of_the_process_is_never_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Other threads would meet it.
    monkeypatch.setattr(os, "umask", lambda mask: pytest.fail(f"umask {mask:o}"))
    write_file(tmp_path / "file")
    write_folder(tmp_path / "folder")
