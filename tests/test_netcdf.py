"""NetCDF files: what is written comes back, and what is damaged is one line."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from surfgrad.errors import FormatError
from surfgrad.netcdf import read_dataset, write_dataset, write_groups

DATA = xr.Dataset({"one": ("x", np.arange(3.0)), "other": ("y", [1, 2])}, {"x": [5, 6, 7]}, {"kept": "yes"})


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    write_dataset(DATA, tmp_path / "new" / "a.nc")
    xr.testing.assert_identical(read_dataset(tmp_path / "new" / "a.nc"), DATA)
    (tmp_path / "new" / "a.nc").unlink()  # nothing holds it open


def test_only_what_is_wanted_is_read(tmp_path: Path) -> None:
    write_dataset(DATA, tmp_path / "a.nc")
    xr.testing.assert_identical(read_dataset(tmp_path / "a.nc", wanted="one".__eq__), DATA[["one"]])
    assert read_dataset(tmp_path / "a.nc", wanted=lambda _: False).attrs == {"kept": "yes"}


def test_groups_come_back_each(tmp_path: Path) -> None:
    write_groups({"first": DATA, "second": DATA[["other"]]}, tmp_path / "a.nc")
    xr.testing.assert_identical(read_dataset(tmp_path / "a.nc", "first"), DATA)
    xr.testing.assert_identical(read_dataset(tmp_path / "a.nc", "second"), DATA[["other"]])
    with pytest.raises(FormatError, match=r"a\.nc: group third missing or damaged"):
        read_dataset(tmp_path / "a.nc", "third")


@pytest.mark.parametrize("damage", ["gone", "cut", "noise", "empty"])
def test_a_file_that_is_damaged_is_named_in_one_line(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "a.nc"
    write_dataset(DATA, path)
    content = path.read_bytes()
    path.write_bytes({"cut": content[: len(content) // 2], "noise": b"no file", "empty": b""}.get(damage, b""))
    if damage == "gone":
        path.unlink()
    with pytest.raises(FormatError, match=r"a\.nc: missing or damaged") as caught:
        read_dataset(path)
    assert "\n" not in str(caught.value)
