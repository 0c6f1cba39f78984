"""A disk that fails at one rename, whichever: one error that says so, nothing lost, and the next run completes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve
from tests.ensembles.test_same_store import content

from surfgrad.ensembles import generate, open_ensemble
from surfgrad.errors import SurfgradError


def make(out: Path, count: int = 9) -> Any:
    return generate(ToyPrior(), count, 1, out, periods=PERIODS[:2], chunk=5, workers=1, solve=toy_solve)


def failing_at(which: int, rename: Callable[..., Any]) -> Callable[..., Any]:
    """`rename`, but for call number `which`."""
    calls = [0]

    def replace(*names: Any, **options: Any) -> Any:
        calls[0] += 1
        if calls[0] == which:
            raise OSError(5, "Input/output error")
        return rename(*names, **options)

    return replace


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return content(make(tmp_path_factory.mktemp("store") / "whole.zarr").path)


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("before", [0, 4])
def test_any_rename_may_fail(
    whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int, step: int
) -> None:
    which, told = 1, "-"
    while told:
        out = tmp_path / f"{which}.zarr"
        if before:
            make(out, count=before)
        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", failing_at(which, os.replace))
            told = attempted(out)
        assert not told or ("cannot be written (Input/output error)" in told and "\n" not in told)
        if out.exists():
            assert open_ensemble(out).count in (before, 9)
        make(out).verify()
        assert content(out) == whole
        assert not list(tmp_path.glob(f".{which}.*"))
        assert not list(tmp_path.glob(f"{which}.zarr.*"))
        which += step
    assert which > 30  # the last is the first that is beyond all renames


def attempted(out: Path) -> str:
    """What the run says of its failure; nothing, where it has none."""
    try:
        make(out)
    except SurfgradError as error:
        return str(error)
    return ""
