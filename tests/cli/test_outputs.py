"""Where results may go: never over what they are made from, nor into a device; a link stays a link."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from surfgrad.files import replacing

Run = Callable[..., object]
CURVES = "wave,kind,mode,period_s,velocity_km_s,sigma_km_s\nrayleigh,phase,0,5,3.1,0.05\nrayleigh,phase,0,20,3.9,0.05\n"
FROM_A_MODEL = (
    ("dispersion", "--periods", "5"),
    ("ellipticity", "--periods", "5"),
    ("attenuation", "--periods", "5", "--qp", "600", "--qs", "300"),
    ("vs30",),
)


@pytest.mark.parametrize("command", FROM_A_MODEL, ids=lambda command: command[0])
def test_the_model_is_not_written_over(run: Run, write_model: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    model = write_model()
    before = model.read_bytes()
    code, out, err = run(command[0], model, *command[1:], "--out", tmp_path / "." / "crust.mod")
    assert (code, out) == (2, "")
    assert err == f"surfgrad {command[0]}: --out: {str(model)!r} is MODEL too; another name is allowed\n"
    assert model.read_bytes() == before


@pytest.mark.parametrize("command", ["kernels", "eigenfunctions"])
def test_nor_is_one_by_a_dataset(run: Run, write_model: Run, tmp_path: Path, command: str) -> None:
    model = write_model().rename(tmp_path / "crust.nc")
    for option, name in (("--out", model), ("--plot", tmp_path / "k.png")):
        if not name.exists():
            name.symlink_to(model)
        code, out, err = run(command, model, "--periods", "5", option, name)
        assert (code, out) == (2, "")
        assert err == f"surfgrad {command}: {option}: {str(name)!r} is MODEL too; another name is allowed\n"
    assert model.read_text().startswith("MODEL")


def test_nor_are_curves(run: Run, tmp_path: Path) -> None:
    curves = tmp_path / "c.csv"
    curves.write_text(CURVES)
    code, out, err = run("layering", curves, "--number", "2", "--out", curves)
    assert (code, out) == (2, "")
    assert err == f"surfgrad layering: --out: {str(curves)!r} is CURVES too; another name is allowed\n"
    assert curves.read_text() == CURVES


def test_results_of_many_points_do_not_go_among_their_curves(run: Run, tmp_path: Path) -> None:
    """The next run would take them for curves."""
    folder = tmp_path / "curves"
    folder.mkdir()
    (folder / "a.csv").write_text(CURVES)
    code, out, err = run("invert", folder, "--out", folder)
    assert (code, out) == (2, "")
    assert err == f"surfgrad invert: --out: {str(folder)!r} is CURVES too; another name is allowed\n"
    assert [path.name for path in folder.iterdir()] == ["a.csv"]


def test_errors_name_the_file_asked_for_not_the_temporary_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    for path, error in (
        (tmp_path / "folder", IsADirectoryError),
        (tmp_path / "no" / "a", FileNotFoundError),
        (tmp_path / "file" / "a", NotADirectoryError),
    ):
        with pytest.raises(error) as caught, replacing(path):
            pass
        assert caught.value.filename == str(path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_device_or_a_pipe_is_not_replaced_by_a_file(run: Run, write_model: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code, out, err = run("dispersion", write_model(), "--periods", "5", "--out", pipe)
    assert (code, out) == (2, "")
    assert err == f"surfgrad dispersion: --out: {str(pipe)!r} is a device or a pipe; give a file name\n"
    assert pipe.is_fifo()


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_one_and_its_file_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "runs").mkdir()
    target, link = tmp_path / "runs" / "a.csv", tmp_path / "latest.csv"
    if there:
        target.write_text("old")
    link.symlink_to(target)
    with replacing(link) as temporary:
        assert temporary.parent == target.parent
        temporary.write_text("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.csv", "latest.csv", "runs"]


def test_work_is_not_begun_for_a_place_that_cannot_be(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    code, out, err = run("audit", "exact", "--data", tmp_path / "no.zarr", "--out", file / "audit")
    assert (code, out) == (2, "")
    assert err == f"surfgrad audit: --out: {str(file)!r} is a file; give a folder\n"
    code, out, err = run("export", "builtin", "--out", tmp_path / "no" / "model.onnx")
    assert (code, out) == (2, "")
    assert err == f"surfgrad export: --out: there is no folder {str(tmp_path / 'no')!r}\n"
    assert list(tmp_path.iterdir()) == [file]


def test_a_store_is_not_made_within_its_parts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "part.zarr").mkdir()
    within = tmp_path / "part.zarr" / "whole.zarr"
    code, out, err = run("merge", tmp_path / "part.zarr", "--out", within)
    assert (code, out) == (2, "")
    part = str(tmp_path / "part.zarr")
    assert err == f"surfgrad merge: --out: {str(within)!r} lies in {part!r}; a place outside is allowed\n"
