"""The error boundary: what becomes one line and which exit code, and what keeps its traceback."""

from collections.abc import Callable
from pathlib import Path

import pytest

from surfgrad.cli.errors import guarded
from surfgrad.errors import FormatError, ModelError, UsageError


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (ModelError("vs[3] = -1; must be >= 0"), 2, "surfgrad kernels: vs[3] = -1; must be >= 0"),
        (FormatError("a.mod, line 14:\n bad number"), 2, "surfgrad kernels: a.mod, line 14: bad number"),
        (UsageError("no"), 2, "surfgrad kernels: no"),
        (FormatError("line 2: \x1b[31mred\u2028"), 2, "surfgrad kernels: line 2: ?[31mred"),
        (KeyboardInterrupt(), 130, "surfgrad kernels: interrupted"),
        (ModuleNotFoundError("x", name="torch"), 2, "surfgrad kernels: needs torch: pip install 'surfgrad[torch]'"),
    ],
)
def test_expected_errors_are_one_line(error: Exception, code: int, line: str, capsys: pytest.CaptureFixture) -> None:
    assert guarded(raising(error), command="kernels") == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err == line + "\n"


def test_file_errors_name_the_file(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    missing = tmp_path / "nowhere.mod"
    assert guarded(lambda: missing.read_text() and None) == 2
    assert capsys.readouterr().err == f"surfgrad: {missing}: No such file or directory\n"
    assert guarded(lambda: tmp_path.read_text() and None) == 2
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("ours"), ValueError("ours"), ModuleNotFoundError("x", name="numpy")]
)
def test_bugs_keep_their_traceback(error: Exception) -> None:
    with pytest.raises(type(error)):
        guarded(raising(error))


def test_success_is_zero(capsys: pytest.CaptureFixture) -> None:
    assert guarded(lambda: None) == 0
    assert capsys.readouterr() == ("", "")
