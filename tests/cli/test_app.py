"""The frame: overview, version, finding commands, the parser's complaints."""

import subprocess
import sys
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surfgrad import __version__
from surfgrad.cli.app import COMMANDS, main
from surfgrad.cli.examples import EXAMPLES


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_overview_lists_every_command(arguments: list[str], capsys: pytest.CaptureFixture) -> None:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert all(name in out for name in COMMANDS)
    assert max(map(len, out.splitlines())) <= 80


def test_version(capsys: pytest.CaptureFixture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"surfgrad {__version__}\n"


BOX_DRAWING = "\u257f"
"""The last sign of the frames around options; pictures come after."""
OWN_OPTION = {"verify": "--recompute", "explore": "--surrogate", "doctor": "--help", "completion": "SHELL"}
"""Of the commands that write no file."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_has_help(name: str, capsys: pytest.CaptureFixture) -> None:
    assert find_spec(f"surfgrad.cli.{name}") is not None
    assert main([name, "--help"]) == 0
    assert OWN_OPTION.get(name, "--out") in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_what_was_written(name: str, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal's library takes `5:100:5` for the code of a picture; whoever copies that gets an error."""
    monkeypatch.setenv("COLUMNS", "300")
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert [sign for sign in shown if sign > BOX_DRAWING] == []
    assert all(line in shown for line in EXAMPLES.get(name, "").split("\n\n")[1:])


def test_the_signs_looked_for_are_those_that_such_a_range_becomes() -> None:
    from rich.text import Text

    assert [sign for sign in Text.from_markup("5:100:5").plain if sign > BOX_DRAWING]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["dispersoin"], "did you mean dispersion?"),
        (["--periods"], "no option '--periods'"),
        (["dispersion"], "MODEL"),
        (["dispersion", "ak135", "--perods", "2"], "--perods"),
        (["dispersion", "ak135", "--out"], "--out"),
        (["kernels", "a.mod", "b.mod"], "b.mod"),
    ],
)
def test_usage_errors_are_one_line(arguments: list[str], named: str, capsys: pytest.CaptureFixture) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("surfgrad")
    assert named in err


def test_as_a_process() -> None:
    run = subprocess.run([sys.executable, "-m", "surfgrad", "nonsense"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr.count("\n")) == (2, "", 1)


OPTIONS = ["--wave", "--modes", "--periods", "--kind", "--out", "--plot", "--depths", "--ratio"]
OPTIONS += ["--units", "--frequencies", "--axis"]
WORDS = st.sampled_from([*OPTIONS, "--", "-", "0:2", "si", "1:50:log9", "wavelength"])


@given(
    st.sampled_from(["dispersion", "kernels", "vs30", "layering"]), st.lists(WORDS | st.text(max_size=8), max_size=5)
)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_one_line_or_help(capsys: pytest.CaptureFixture, command: str, words: list[str]) -> None:
    capsys.readouterr()
    code = main([command, "no-such-model", *words])
    err = capsys.readouterr().err
    assert (code, err.count("\n")) in {(2, 1), (0, 0)}
    assert code == 2 or {"-h", "--help"} & set(words)
