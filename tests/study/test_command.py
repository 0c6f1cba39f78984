"""`surfgrad study` refuses bad input in one line, exit code 2, and leaves nothing behind."""

from pathlib import Path

import pytest
from tests.study.conftest import MICRO, Resumed

from surfgrad.cli.app import main
from surfgrad.cli.study import _say


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--preset", "huge"], "--preset: 'huge' is unknown; allowed are smoke, laptop, overnight, full"),
        (["--workers", "0"], "--workers: 0 given"),
        (["--observed", "no-such-file.txt"], "no-such-file.txt: No such file"),
        (["--presets", "smoke"], "No such option: --presets"),
    ],
)
def test_bad_options(options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["study", "--preset", "smoke", *options, "--out", str(tmp_path / "study")])
    error = capsys.readouterr().err
    assert code == 2
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "study").exists()


def test_the_folder_of_another_preset_is_refused(micro: Resumed, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["study", "--preset", "smoke", "--out", str(micro.folder.root)])
    error = capsys.readouterr().err
    assert code == 2
    assert f"was made with preset {MICRO.name!r}, asked for is 'smoke'" in error
    assert error.count("\n") == 1


def test_what_is_said_at_the_end(micro: Resumed, capsys: pytest.CaptureFixture[str]) -> None:
    _say(micro.summary, micro.folder.report)
    said = capsys.readouterr().out
    lines = [line.split() for line in said.splitlines()]
    for audit in micro.summary["audits"]:
        assert ([audit["surrogate"]] in lines) == audit["surrogate"].endswith("-0")
        assert any(line[:2] == ["on", audit["test_set"]] for line in lines)
    assert "\N{HORIZONTAL ELLIPSIS}" not in said  # whole in the 80 columns of a terminal that does not say its width
    assert "more audits: tables/metrics.csv" in said
    assert "Are the vs kernels physical?" in said
    for name, reason in micro.summary["absent"].items():
        assert name.startswith("audit-") or reason.split("[")[0] in said
