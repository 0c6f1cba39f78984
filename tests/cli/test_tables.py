"""What a terminal shows in place of CSV."""

import sys

import pytest

from surfgrad.cli.tables import print_rows

LINES = ("mode,period_s,ellipticity,status", "0,2.0,0.6444314191002619,OK", "1,60.0,nan,NO_MODE")


def test_a_pipe_gets_the_lines_as_they_are(capsys: pytest.CaptureFixture) -> None:
    print_rows(LINES)
    assert capsys.readouterr().out.splitlines() == list(LINES)


def test_a_terminal_gets_a_table_of_rounded_numbers(
    capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    print_rows(LINES)
    shown = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert shown == [LINES[0].split(","), ["0", "2", "0.644431", "OK"], ["1", "60", "nan", "NO_MODE"]]
