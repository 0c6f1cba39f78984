"""What is said of work that goes on part after part, where there is no terminal."""

import pytest

from surfgrad.cli.part_bar import part_bar
from surfgrad.cli.verdict_cell import cell, marked, small_cell


def test_a_part_that_takes_long_leaves_one_line_and_the_others_none(capsys: pytest.CaptureFixture) -> None:
    with part_bar() as told:
        for done in range(3):
            told(done, 2, "models")
        for done in range(3):
            told(done, 2, "inversions, about 3 min")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert [line for line in captured.err.splitlines() if line.strip()] == ["inversions, about 3 min"]


def test_nothing_is_said_where_nothing_begins(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(ValueError, match="bad"), part_bar():
        raise ValueError("bad input")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.123, "[green]pass 0.12[/]"),
        (-0.001, "[green]pass 0.00[/]"),
        (250.0, "[green]pass 250[/]"),
        (None, "[green]pass[/]"),
    ],
)
def test_a_cell_has_its_word_and_at_most_nine_columns(value: float | None, text: str) -> None:
    assert cell("PASS", value, 2) == text
    assert marked("CANNOT JUDGE", "") == "[dim]n/a[/]"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.96e-9, "[green]pass 2e-9[/]"),
        (0.03, "[green]pass 3e-2[/]"),
        (-1e-10, "[green]pass -1e-10[/]"),
        (0.0, "[green]pass 0[/]"),
        (None, "[green]pass[/]"),
    ],
)
def test_a_small_number_keeps_its_power_of_ten(value: float | None, text: str) -> None:
    assert small_cell("PASS", value) == text
