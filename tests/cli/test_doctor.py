"""`surfgrad doctor` tells what is there and what is not, and never fails."""

from collections.abc import Callable, Iterator

import pytest

from surfgrad.cli import diagnosis


def test_it_tells_of_everything(run: Callable) -> None:
    code, out, err = run("doctor")
    assert (code, err) == (0, "")
    for word in ("surfgrad", "Python", "numba", "Compiled code", "functions", "cores", "torch", "first curve"):
        assert word in out
    assert "0.919401686762, right" in out
    assert "cannot tell" not in out


def test_a_missing_extra_comes_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "_packages", lambda: {"jax": ["no-such-package"], "torch": ["numpy"]})
    lines = {line.split()[0]: line for line in diagnosis.extras()}
    assert "missing no-such-package: pip install 'surfgrad[jax]'" in lines["jax"]
    assert "missing" not in lines["torch"]


def test_every_extra_that_it_names_is_one_of_the_projects() -> None:
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(diagnosis.EXTRAS) <= set(project["project"]["optional-dependencies"])


def test_a_probe_that_falls_ill_is_a_line(run: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def ill() -> Iterator[str]:
        yield "so far"
        raise RuntimeError("no\nmetadata")

    monkeypatch.setattr(diagnosis, "extras", ill)
    code, out, _ = run("doctor")
    assert code == 0
    assert "  so far\n  cannot tell: RuntimeError: no metadata\n" in out


def test_a_wrong_curve_is_called_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    import surfgrad

    monkeypatch.setattr(surfgrad, "phase_velocity", lambda *_: [0.92])
    (line,) = diagnosis.first_curve()
    assert "WRONG" in line


def test_a_cache_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis.os, "access", lambda *_: False)
    assert any("NUMBA_CACHE_DIR" in line for line in diagnosis.compile_cache())
