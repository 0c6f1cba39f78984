"""`surfgrad attenuation`: its CSV against the library, Q from options and from a file's columns, refusals."""

import csv

import numpy as np
import pytest
from tests.cli.conftest import HEADER, ROWS

import surfgrad as sg
from surfgrad.cli.attenuation import columns
from surfgrad.units import KM

PERIODS = [5.0, 20.0]


def values(text: str) -> dict[str, list[float]]:
    rows = list(csv.DictReader(text.splitlines()))
    return {name: [float(row[name]) for row in rows] for name in columns(KM)}


def lossy(path, losses=("100 50 0 0 1 1", "600 0.00333333333333333333 0 0 1 1", "0 400 0 0 1 1")):
    path.write_text(HEADER + "".join(f"{row} {loss}\n" for row, loss in zip(ROWS, losses, strict=True)))
    return path


def check(found: dict[str, list[float]], expected: sg.Attenuation) -> None:
    for name, field in columns(KM).items():
        np.testing.assert_array_equal(found[name], getattr(expected, field))


def test_one_quality_for_all_layers(run, write_model, tmp_path):
    path, out, plot = write_model(), tmp_path / "a.csv", tmp_path / "a.png"
    options = ("--wave", "love,rayleigh", "--periods", "5,20", "--qp", "600", "--qs", "300")
    assert run("attenuation", path, *options, "--out", out, "--plot", plot).code == 0
    model = sg.EarthModel.from_file(path).arrays
    love, rayleigh = (sg.attenuation(*model, PERIODS, qp=600, qs=300, wave=wave) for wave in ("love", "rayleigh"))
    found = values(out.read_text())
    check({name: column[:2] for name, column in found.items()}, love)
    check({name: column[2:] for name, column in found.items()}, rayleigh)
    # One Q in all layers is the Q of every Love mode.
    np.testing.assert_allclose(found["quality"][:2], 300.0, rtol=1e-9)
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_columns_of_a_model96_file(run, write_model):
    path = lossy(write_model())
    outcome = run("attenuation", path, "--periods", "5,20")
    assert (outcome.code, outcome.err) == (0, "")
    model = sg.EarthModel.from_file(path).arrays
    expected = sg.attenuation(*model, PERIODS, qp=[100, 600, np.inf], qs=[50, 1 / 0.00333333333333333333, 400])
    check(values(outcome.out), expected)
    assert np.isfinite(expected.quality).all()


def test_options_stand_before_columns_and_the_reference_period_shifts_velocities(run, write_model):
    path = lossy(write_model(), ["100 50 0 0 0.1 0.1"] * 3)
    model = sg.EarthModel.from_file(path).arrays
    out = run("attenuation", path, "--periods", "5,20", "--qs", "30,40,50").out
    check(values(out), sg.attenuation(*model, PERIODS, qp=100, qs=[30, 40, 50], reference_period=10.0))
    out = run("attenuation", path, "--periods", "5,20", "--reference-period", "2", "--earth", "spherical").out
    check(values(out), sg.attenuation(*model, PERIODS, qp=100, qs=50, reference_period=2.0, earth="spherical"))


def test_untrapped_modes_keep_their_rows(run, write_model):
    out = run("attenuation", write_model(), "--modes", "1", "--periods", "4,200", "--qp", "inf", "--qs", "100").out
    trapped, untrapped = csv.DictReader(out.splitlines())
    assert (trapped["status"], untrapped["status"]) == ("OK", "NO_MODE")
    assert untrapped["quality"] == untrapped["velocity_km_s"] == "nan"


@pytest.mark.parametrize(
    ("losses", "options", "words"),
    [
        (["0 0 0 0 1 1"] * 3, (), "holds no loss"),
        (["100 50 0 0.2 1 1"] * 3, (), "ETAS 0.2"),
        (["100 50 0 0 1 2"] * 3, (), "FREFP and FREFS"),
        (["100 50 0 0 0 0"] * 3, (), "FREFP and FREFS"),
        (["100 50 0 0 1 1"] * 3, ("--qp", "0.5"), "--qp: 0.5 given; values of 1 and above"),
        (["100 50 0 0 1 1"] * 3, ("--qs", "nan"), "--qs: nan given"),
        (["100 50 0 0 1 1"] * 3, ("--qs", "hard"), "--qs: 'hard' given"),
        (["100 50 0 0 1 1"] * 3, ("--qs", "100,200"), "--qs: 2 values given; 1 or 3"),
        (["100 50 0 0 1 1"] * 3, ("--reference-period", "0"), "--reference-period: 0 given"),
    ],
)
def test_bad_losses_are_one_line_and_leave_nothing(run, write_model, tmp_path, losses, options, words):
    path = lossy(write_model(), losses)
    code, out, err = run("attenuation", path, "--out", tmp_path / "a.csv", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err
    assert list(tmp_path.iterdir()) == [path]


def test_a_model_without_columns_needs_options(run):
    code, _, err = run("attenuation", "ak135", "--qp", "500")
    assert code == 2
    assert "--qs: ak135 has no QS column" in err
