"""`surfgrad invert` from the command line: what it writes, and one line for everything that is wrong."""

import json
import shlex

import numpy as np
import pytest
from markupsafe import escape

import surfgrad as sg
from surfgrad.cli.app import main

MODEL = ([3.0, 20.0, 0.0], [5.2, 6.2, 8.0], [2.9, 3.6, 4.5], [2.5, 2.75, 3.3])
PERIODS = np.geomspace(4.0, 50.0, 9)


@pytest.fixture
def table(tmp_path):
    rows = ["wave,kind,mode,period_s,velocity_km_s,sigma_km_s"]
    for wave in ("love", "rayleigh"):
        curve = sg.phase_velocity(*MODEL, PERIODS, wave=wave)
        for period, c in list(zip(PERIODS.tolist(), curve.tolist(), strict=True))[::-1]:
            rows.append(f"{wave},phase,0,{period!r},{c!r},0.05")
    path = tmp_path / "curves.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


def test_what_made_the_curves_is_found(table, tmp_path, capsys):
    out = tmp_path / "result"
    options = [
        "--model",
        "layers:2",
        "--method",
        "laplace",
        "--draws",
        "50",
        "--starts",
        "10",
        "--depth",
        "1:80",
        "--out",
        str(out),
    ]
    assert main(["invert", str(table), *options]) == 0
    assert "18 data" in capsys.readouterr().out
    assert {each.name for each in out.iterdir()} == {"posterior.nc", "summary.json", "report.html", "figures"}
    summary = json.loads((out / "summary.json").read_text())
    fit = summary["optimum"]["fit_by_the_exact_engine"]
    assert fit["chi_square_per_datum"] < 0.2
    assert [each["wave"] for each in fit["curves"]] == ["love", "rayleigh"]
    assert summary["prior"]["thickness"]["count"] == 2


def test_si_and_percent_and_a_bare_table(tmp_path, capsys):
    soil = tmp_path / "soil.txt"
    f = np.geomspace(3.0, 30.0, 8)
    rows = sg.phase_velocity([0.005, 0.02, 0.0], [0.4, 0.9, 1.6], [0.15, 0.3, 0.7], [1.9] * 3, 1.0 / f)
    soil.write_text(
        "\n".join(f"{a!r} {1000 * c!r}" for a, c in zip(f.tolist(), rows.tolist(), strict=True)) + "\n2.0 0\n"
    )
    said = [
        "--units",
        "si",
        "--columns",
        "frequency_hz,velocity_m_s",
        "--file-is",
        "rayleigh,phase,0",
        "--missing",
        "0",
    ]
    out = tmp_path / "soil"
    more = [
        "--sigma",
        "3%",
        "--model",
        "layers:2",
        "--starts",
        "8",
        "--vs",
        "80:1500",
        "--depth",
        "2:60",
        "--out",
        str(out),
    ]
    assert main(["invert", str(soil), *said, *more]) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert summary["optimum"]["fit_by_the_exact_engine"]["data"] == 8
    assert summary["optimum"]["fit_by_the_exact_engine"]["chi_square_per_datum"] < 0.3
    assert summary["prior"]["thickness"]["deepest_km"] == 0.06
    assert summary["prior"]["vs"]["low"][0] == pytest.approx(0.08)
    assert "m/s" in (out / "report.html").read_text()
    told = capsys.readouterr().out
    assert f"rms {1000 * summary['optimum']['fit_by_the_exact_engine']['rms']:.4g} m/s by the exact engine" in told
    # Whoever types what the summary holds gets the same result: the options were those above, in another order.
    typed = shlex.split(summary["command"])
    assert typed[:3] == ["surfgrad", "invert", str(soil)]
    assert sorted(typed[3:]) == sorted([*said, *more])
    assert escape(summary["command"]) in (out / "report.html").read_text()


BAD_ROWS = {
    "zero sigma": ("love,phase,0,5,3.1,0", "not given for 1 of 1"),
    "no sigma": ("love,phase,0,5,3.1,nan", "--sigma says it"),
    "negative velocity": ("love,phase,0,5,-3.1,0.1", "line 2"),
    "negative sigma": ("love,phase,0,5,3.1,-0.1", "line 2"),
    "negative period": ("love,phase,0,-5,3.1,0.1", "line 2"),
    "m/s": ("love,phase,0,5,3100,0.1", "look like m/s"),
    "no wave": ("loev,phase,0,5,3.1,0.1", "rayleigh or love"),
    "no number": ("love,phase,0,five,3.1,0.1", "period_s"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_bad_data_get_one_line(name, tmp_path, capsys):
    row, words = BAD_ROWS[name]
    path = tmp_path / "bad.csv"
    path.write_text(f"wave,kind,mode,period_s,velocity_km_s,sigma_km_s\n{row}\n")
    assert main(["invert", str(path), "--out", str(tmp_path / "r")]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "r").exists()


BAD_OPTIONS = {
    "model": (["--model", "cake"], "layers:8, spline:12 and grid"),
    "method": (["--method", "magic"], "--method"),
    "delayed": (["--method", "delayed"], "a surrogate proposes"),
    "sigma": (["--sigma", "-1"], "--sigma"),
    "sigma replaced by none": (["--replace-sigma"], "sigma"),
    "depth": (["--depth", "9:1"], "--depth"),
    "vs": (["--vs", "1"], "--vs"),
    "vp": (["--vp", "stone"], "vp/vs like 1.75"),
    "vp below its least": (["--vp", "1.0"], "bulk modulus"),
    "rho": (["--rho", "1:2:3"], "--rho"),
    "water": (["--water", "-1"], "--water"),
    "model error": (["--model-error", "20"], "makes none"),
    "sd": (["--model", "grid", "--sd", "0"], "sd"),
    "rising grid": (["--model", "grid", "--rising"], "rising"),
    "earth": (["--earth", "cube"], "--earth"),
    "noise": (["--noise", "loud"], "--noise"),
    "correlation": (["--correlation", "-1"], "correlation"),
    "starts": (["--starts", "0"], "starts"),
    "vp range": (["--vp", "2.4:1.6"], "--vp: 2.4 to 1.6 given; finite ends, rising, above 0, are allowed"),
    "rho range": (["--rho", "3:2"], "--rho: 3 to 2 given"),
    "water range": (["--water", "2:1"], "--water: 2 to 1 given"),
    "vs beyond numbers": (["--vs", "1e-200:1e200"], "--vs: '1e-200:1e200' given; low:high is allowed, from 1e-15 to"),
    "depth beyond numbers": (["--depth", "1e-290:1e290"], "--depth: '1e-290:1e290' given; low:high"),
    "workers of one point": (["--workers", "0"], "--workers: 0 given; at least 1 is allowed"),
    "pool of one point": (["--pool", "tents"], "--pool: 'tents' is not one of threads, processes"),
    "correlation of all": (["--correlation", "1e300"], "--correlation: 1e+300 given; less, so that"),
    "inner": (["--inner", "0"], "--inner: 0 given; 1 and above is allowed"),
    "no file": (["--file-is", "sideways"], "--file-is"),
}


@pytest.mark.parametrize("name", BAD_OPTIONS)
def test_bad_options_get_one_line(name, table, tmp_path, capsys):
    given, words = BAD_OPTIONS[name]
    assert main(["invert", str(table), *given, "--out", str(tmp_path / "r")]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (tmp_path / "r").exists()


def test_a_folder_that_cannot_be_is_told_before_any_work(table, tmp_path, capsys):
    assert main(["invert", str(table), "--out", str(table)]) == 2
    assert "is a file" in capsys.readouterr().err
    assert main(["invert", str(table), "--out", str(tmp_path / "no" / "r")]) == 2
    assert "no folder" in capsys.readouterr().err


def test_a_folder_of_curves_and_a_table_of_points(table, tmp_path, capsys):
    folder = tmp_path / "many"
    folder.mkdir()
    text = table.read_text()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(text)
    options = ["--model", "spline:4", "--method", "laplace", "--draws", "20", "--starts", "1"]
    assert main(["invert", str(folder), *options, "--out", str(tmp_path / "r")]) == 0
    assert "2 points in" in capsys.readouterr().out
    summary = json.loads((tmp_path / "r" / "summary.json").read_text())
    assert summary["by_status"]["CONVERGED"] == 2
    heading, *rows = text.splitlines()
    points = tmp_path / "points.csv"
    points.write_text("\n".join([f"point,{heading}", *(f"{p}.csv,{row}" for p in "ab" for row in rows)]) + "\n")
    assert main(["invert", str(points), *options, "--out", str(tmp_path / "t")]) == 0
    import xarray as xr

    one, two = (xr.load_dataset(tmp_path / name / "points.nc", engine="h5netcdf") for name in "rt")
    assert one.identical(two)
    assert main(["invert", str(points), "--method", "nuts", "--out", str(tmp_path / "n")]) == 2
    assert "map or laplace is allowed" in capsys.readouterr().err


def test_chains_that_did_not_converge_are_refused_and_then_marked(table, tmp_path, capsys):
    pytest.importorskip("nutpie")
    out = tmp_path / "r"
    options = [
        "--model",
        "spline:3",
        "--method",
        "nuts",
        "--draws",
        "30",
        "--tune",
        "30",
        "--chains",
        "2",
        "--starts",
        "2",
    ]
    assert main(["invert", str(table), *options, "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert "not converged, nothing written" in said
    assert "ESS" in said
    assert not out.exists()
    assert main(["invert", str(table), *options, "--allow-unconverged", "--out", str(out)]) == 0
    assert json.loads((out / "summary.json").read_text())["sampling"]["converged"] is False
    assert "have not converged" in (out / "report.html").read_text()
    assert (out / "figures" / "chains.svg").exists()


def test_hmc_writes_what_nuts_does_with_sixteen_chains(table, tmp_path, capsys):
    out = tmp_path / "r"
    options = ["--model", "spline:3", "--method", "hmc", "--tune", "50", "--starts", "1"]
    assert main(["invert", str(table), *options, "--draws", "20", "--out", str(out)]) == 2
    assert "not converged, nothing written" in capsys.readouterr().err
    assert not out.exists()
    assert main(["invert", str(table), *options, "--draws", "500", "--out", str(out)]) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert summary["method"] == summary["sampling"]["method"] == "hmc"
    assert (summary["plan"]["chains"], summary["sampling"]["chains"]) == (16, 16)
    assert summary["sampling"]["converged"] is True
    assert {each.name for each in (out / "figures").iterdir()} >= {"chains.svg", "profile.svg", "fit.svg"}
    assert "Hamiltonian Monte Carlo" in (out / "report.html").read_text()


def test_the_likeliest_number_of_layers_is_chosen_and_said(table, tmp_path, capsys):
    out = tmp_path / "r"
    assert main(["invert", str(table), "--model", "layers:1:3", "--starts", "5", "--out", str(out)]) == 0
    summary = json.loads((out / "summary.json").read_text())
    compared = {each["model"]: each["probability"] for each in summary["models_compared"]}
    best = max(compared, key=compared.get)
    assert list(compared) == ["layers:1", "layers:2", "layers:3"]
    assert summary["prior"]["thickness"]["count"] == int(best[-1])
    assert f"{best}: probability {compared[best]:.2f}" in capsys.readouterr().out
    assert f"most probable under {best}" in (out / "report.html").read_text()
    assert main(["invert", str(table), "--model", "layers:3:1", "--out", str(tmp_path / "s")]) == 2
    assert "the least first" in capsys.readouterr().err


@pytest.mark.slow
def test_a_surrogate_proposes_and_the_engine_decides(table, tmp_path, capsys):
    pytest.importorskip("torch")
    out = tmp_path / "r"
    options = ["--forward", "builtin", "--model", "spline:4", "--starts", "3", "--seed", "1"]
    sampling = ["--method", "delayed", "--draws", "400", "--tune", "200"]
    assert main(["invert", str(table), *options, *sampling, "--out", str(out)]) == 0
    summary = json.loads((out / "summary.json").read_text())
    assert summary["sampling"]["converged"] is True
    assert summary["sampling"]["mean_second_stage_acceptance"] > 0.6
    believed, exact = (summary["optimum"][f"fit_{name}"]["rms"] for name in ("as_believed", "by_the_exact_engine"))
    assert believed != exact
    assert exact < 1.2 * believed + 0.005
    assert main(["invert", str(table), *options, "--earth", "spherical", "--out", str(tmp_path / "s")]) == 2
    assert "exact is allowed with it" in capsys.readouterr().err


def test_a_seed_of_many_points_is_checked_as_that_of_one(table, tmp_path, capsys):
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "a.csv").write_text(table.read_text())
    for given in (table, folder):
        assert main(["invert", str(given), "--seed", "-1", "--out", str(tmp_path / "r")]) == 2
        assert capsys.readouterr().err == "surfgrad invert: --seed: -1 given; 0 and above is allowed\n"
    assert not (tmp_path / "r").exists()
