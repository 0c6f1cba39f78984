"""A mistake is told in the words of the command line, by all commands that can be told it the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from surfgrad.cli.words_of_options import with_leading_option

Run = Callable[..., object]
SI = "wave,kind,mode,period_s,velocity_m_s,sigma_m_s\nrayleigh,phase,0,5,3100,50\n"
BELOW = SI.replace("_m_s", "_km_s").replace("3100,50", "-3.1,0.05")
MODEL = "thickness_m,vp_m_s,vs_m_s,rho_kg_m3\n5,600,200,1800\n0,900,400,2000\n"
UNITS = "c.csv, line 1: column velocity_m_s given; --units si reads it, not 'km'"
BARE = "--columns names those of a bare table"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SI, UNITS),
        (BELOW, "c.csv, line 2: velocity is -3.1 km/s; a finite number above 0 is allowed (--missing says"),
        ("1 2\n", BARE),
        (SI.replace("_m_s", "_km_s"), "with --file-is love only love is allowed"),
    ],
)
def test_of_curves(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, words: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.csv").write_text(text)
    options = ("--file-is", "love") if "love" in words else ()
    for command in (("layering", "c.csv", "--number", "2"), ("invert", "c.csv", "--out", "r")):
        code, out, err = run(*command, *options)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert words in err


def test_of_tables_of_points_and_models(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.csv").write_text(SI.replace("wave", "point,wave").replace("rayleigh", "a,rayleigh"))
    assert UNITS in run("invert", "c.csv", "--out", "r").err
    Path("m.csv").write_text(MODEL)
    told = run("dispersion", "m.csv")
    assert told.err == "surfgrad dispersion: m.csv, line 1: columns in m given; --units si reads them, not 'km'\n"


@pytest.mark.parametrize("option", ["starts", "tune", "chains", "seed", "inner", "model-error"])
def test_numbers_are_named_by_their_option(run: Run, tmp_path: Path, option: str) -> None:
    (tmp_path / "c.csv").write_text(SI)
    code, out, err = run("invert", tmp_path / "c.csv", "--units", "si", "--out", tmp_path / "r", f"--{option}", "-1")
    assert (code, out) == (2, "")
    least = 0 if option in ("tune", "seed", "model-error") else 1
    assert err == f"surfgrad invert: --{option}: -1 given; {least} and above is allowed\n"


def test_only_what_is_an_option_becomes_one() -> None:
    options = {"--sigma-floor", "--starts"}
    assert with_leading_option("sigma floor: -1 given", options) == "--sigma-floor: -1 given"
    assert with_leading_option("starts: 0 given", options) == "--starts: 0 given"
    for told in (
        "c.csv: starts: 0 given",
        "prior: 'x' given",
        "thickness[1]: -2 km given",
        "--starts: 0",
        "",
        "starts",
    ):
        assert with_leading_option(told, options) == told


@pytest.mark.parametrize("command", [("dispersion", ""), ("layering", "", "--number", "3")])
def test_an_empty_name_is_shown(run: Run, command: tuple[str, ...]) -> None:
    code, out, err = run(*command)
    assert (code, out) == (2, "")
    assert "''" in err
