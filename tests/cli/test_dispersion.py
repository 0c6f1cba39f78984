"""`surfgrad dispersion`: the CSV's exact form, its numbers, its plot, and what it refuses."""

import csv
import io
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import surfgrad as sg

Run = Callable[..., object]


def test_csv_holds_what_the_engine_says(run: Run, write_model: Run, tmp_path: Path) -> None:
    path, out = write_model(), tmp_path / "c.csv"
    options = ("--wave", "love,rayleigh", "--modes", "0:1", "--periods", "2:40:2")
    assert run("dispersion", path, *options, "--out", out).code == 0
    assert out.read_text().splitlines()[0] == "wave,kind,mode,period_s,velocity_km_s,status"
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["wave"] for row in rows[:: 2 * 20]] == ["love", "rayleigh"]
    periods = np.arange(2.0, 41.0, 2.0)
    model = sg.EarthModel.from_file(path)
    for number, (wave, mode) in enumerate([("love", 0), ("love", 1), ("rayleigh", 0), ("rayleigh", 1)]):
        block = rows[20 * number : 20 * (number + 1)]
        curve = sg.dispersion(model.thickness, model.vp, model.vs, model.rho, periods, wave=wave, mode=mode)
        assert {(row["wave"], row["kind"], row["mode"]) for row in block} == {(wave, "phase", str(mode))}
        np.testing.assert_array_equal([float(row["period_s"]) for row in block], periods)
        np.testing.assert_array_equal([float(row["velocity_km_s"]) for row in block], curve.velocity)
        assert [row["status"] for row in block] == [sg.Status(code).name for code in curve.status]


def test_untrapped_modes_are_nan_with_their_status(run: Run, write_model: Run) -> None:
    outcome = run("dispersion", write_model(), "--modes", "1", "--periods", "4,200")
    trapped, untrapped = csv.DictReader(io.StringIO(outcome.out))
    assert (outcome.code, outcome.err) == (0, "")
    assert trapped["status"] == "OK"
    assert untrapped["status"] == "NO_MODE"
    assert untrapped["velocity_km_s"] == "nan"


def test_summary_tells_what_the_statuses_mean(run: Run, write_model: Run, tmp_path: Path) -> None:
    out = tmp_path / "c.csv"
    told = run("dispersion", write_model(), "--modes", "1", "--periods", "4,200", "--out", out).out
    assert "2 velocities" in told
    assert "1 NO_MODE: " + sg.Status.NO_MODE.advice in told


def test_the_end_names_every_file_that_was_written(run: Run, write_model: Run, tmp_path: Path) -> None:
    path, out, plot = write_model(), tmp_path / "c.csv", tmp_path / "c.png"
    both = run("dispersion", path, "--periods", "4,20", "--out", out, "--plot", plot)
    assert (both.out, both.err) == (f"{out} and {plot}: 2 velocities\n", "")
    figure = run("dispersion", path, "--periods", "4,20", "--plot", plot)
    assert figure.out.splitlines()[1:] == out.read_text().splitlines()[1:]  # a pipe gets the file's lines, no more
    assert figure.err == f"{plot}: 2 velocities\n"


def test_reference_earths_by_name(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("dispersion", "AK135", "--periods", "20").out)))
    assert 3.3 < float(rows[0]["velocity_km_s"]) < 3.7


@pytest.mark.parametrize("suffix", ["png", "pdf", "svg"])
def test_plot_is_written(run: Run, write_model: Run, tmp_path: Path, suffix: str) -> None:
    plot = tmp_path / f"c.{suffix}"
    assert run("dispersion", write_model(), "--periods", "5,10", "--plot", plot).code == 0
    magic = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<?xml"}[suffix]
    assert plot.read_bytes().startswith(magic)


def test_a_file_of_the_name_of_a_reference_earth_wins(
    run: Run, write_model: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model().rename(tmp_path / "ak135")
    monkeypatch.chdir(tmp_path)
    velocity = float(
        next(csv.DictReader(io.StringIO(run("dispersion", "ak135", "--periods", "0.5").out)))["velocity_km_s"]
    )
    assert math.isclose(velocity, 0.9284 * 2.8, rel_tol=0.02)


def test_group_velocity_is_the_slope_of_frequency_against_wavenumber(run: Run) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(run("dispersion", "ak135", "--kind", "phase,group", "--periods", "19.99,20,20.01").out)
        )
    )
    phase = [float(row["velocity_km_s"]) for row in rows if row["kind"] == "phase"]
    group = [float(row["velocity_km_s"]) for row in rows if row["kind"] == "group"]
    slope = (1 / 19.99 - 1 / 20.01) / (1 / (19.99 * phase[0]) - 1 / (20.01 * phase[2]))
    assert math.isclose(group[1], slope, rel_tol=1e-5)
    assert not math.isclose(group[1], phase[1], rel_tol=1e-2)


BAD_OPTIONS = [
    (("--periods", "0:5:1"), "0 s"),
    (("--periods", "nan"), "nan"),
    (("--modes", "-1"), "-1"),
    (("--wave", "stoneley"), "stoneley"),
    (("--kind", "velocity"), "velocity"),
    (("--frobnicate", "1"), "frobnicate"),
    (("--plot", "c.doc"), ".png"),
    (("--plot", "no/such/folder/c.png"), "no/such/folder"),
]


@pytest.mark.parametrize(("options", "named"), BAD_OPTIONS)
def test_bad_options_are_one_line_and_leave_nothing(
    run: Run, write_model: Run, tmp_path: Path, options: tuple[str, str], named: str
) -> None:
    path = write_model()
    code, out, err = run("dispersion", path, "--out", tmp_path / "c.csv", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [path]


BAD_ROWS = [
    (("5.0 5.0 -2.8 2.5", "0.0 8.0 4.5 3.3"), "-2.8"),
    (("5.0 5.0 nan 2.5", "0.0 8.0 4.5 3.3"), "nan"),
    (("5.0 5.0 two 2.5", "0.0 8.0 4.5 3.3"), "two"),
    (("5.0 5.0", "0.0 8.0 4.5 3.3"), "13"),
    ((), "crust.mod"),
]


@pytest.mark.parametrize(("rows", "named"), BAD_ROWS)
def test_bad_models_are_one_line_and_leave_nothing(
    run: Run, write_model: Run, tmp_path: Path, rows: tuple[str, ...], named: str
) -> None:
    path = write_model(rows)
    if len(rows) == 2 and rows[0] == "5.0 5.0":
        path.write_text(path.read_text().replace("5.0 5.0 0 0 0 0 1 1", "5.0 5.0"))
    code, out, err = run("dispersion", path, "--out", tmp_path / "c.csv", "--plot", tmp_path / "c.png")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [path]


def test_missing_file_folder_and_shared_output(run: Run, write_model: Run, tmp_path: Path) -> None:
    path = write_model()
    for model, named in [(tmp_path / "nowhere.mod", "nowhere.mod"), (tmp_path, str(tmp_path))]:
        code, out, err = run("dispersion", model, "--out", tmp_path / "c.csv")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert named in err
    assert run("dispersion", path, "--out", tmp_path / "c.png", "--plot", tmp_path / "c.png").code == 2
    assert run("dispersion", path, "--out", tmp_path).code == 2
    assert list(tmp_path.iterdir()) == [path]


def test_a_failing_plot_leaves_no_csv(
    run: Run, write_model: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "c.png")

    path = write_model()
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", full_disk)
    code, _, err = run("dispersion", path, "--periods", "5", "--out", tmp_path / "c.csv", "--plot", tmp_path / "c.png")
    assert (code, err) == (2, "surfgrad dispersion: c.png: No space left on device\n")
    assert list(tmp_path.iterdir()) == [path]


def test_real_model_file(run: Run, shared_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.csv"
    model = shared_data / "cps" / "models" / "WUS.mod"
    assert run("dispersion", model, "--modes", "0:2", "--out", out, "--plot", tmp_path / "c.png").code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert len(rows) == 3 * 59
    assert all(1.8 < float(row["velocity_km_s"]) < 4.62 for row in rows if row["status"] == "OK")
    assert {row["status"] for row in rows} == {"OK", "NO_MODE"}
