"""Sets that no prior draws: what they are made from, and what is said where that is missing."""

from pathlib import Path

import numpy as np
import pytest

from surfgrad.earth.grid import DEFAULT_GRID
from surfgrad.earth.stack import stack_models
from surfgrad.earth.validate import invalid_models
from surfgrad.status import WITH_VALUE, Status
from surfgrad.study import given as given_module
from surfgrad.study.boundary import FAMILIES, boundary_models
from surfgrad.study.given import given_models
from surfgrad.study.plan import SetPlan
from surfgrad.study.stage import AbsentError
from surfgrad.waves.phase import solve_batch

PERIODS = np.array([2.0, 10.0, 30.0, 60.0])


def _plan(source: str) -> SetPlan:
    return SetPlan(f"{source}-test", source, "test", 4, 12, source, source)


def test_boundary_models_are_valid_on_the_grid_and_depend_on_seed_and_number() -> None:
    models = stack_models(boundary_models(3 * len(FAMILIES), 12))
    assert not invalid_models(*models.arrays).any()
    assert np.array_equal(models.thickness, np.tile(DEFAULT_GRID, (len(models.vs), 1)))
    again = stack_models(boundary_models(5, 12))
    assert np.array_equal(again.vs, models.vs[:5])
    assert not np.array_equal(stack_models(boundary_models(5, 13)).vs, again.vs)


def test_boundary_models_are_what_their_family_says() -> None:
    models = {model.name.rsplit(" ", 1)[0]: model for model in boundary_models(len(FAMILIES), 12)}
    vs = {name: model.vs for name, model in models.items()}
    assert (vs["thin layer"] < 2.0).sum() == 1
    assert vs["low-velocity zone"].argmin() > 0
    assert (models["high vp/vs"].vp / vs["high vp/vs"]).max() >= 3.0
    assert vs["fast over slow"][0] > vs["fast over slow"][30]
    assert vs["slow half-space"][-1] < vs["slow half-space"].max()
    assert 0.94 < (vs["root near the half-space"] / vs["root near the half-space"][-1]).min() < 1.0
    assert vs["strong contrast"][0] < 1.3 < 3.0 < vs["strong contrast"][20]


def test_boundary_models_are_hard_in_the_way_meant() -> None:
    """Leaking modes where the half-space is slow, a root just below its vs where all is nearly uniform."""
    models = boundary_models(4 * len(FAMILIES), 12)
    leaks, near = ([each for each in models if each.name.startswith(word)] for word in ("slow half", "root near"))
    velocity, status = solve_batch(*stack_models([*leaks, *near]).arrays, PERIODS, wave="love", mode=0, threads=1)
    assert (status[: len(leaks), -1] == Status.NO_MODE).any()
    assert np.isin(status[len(leaks) :], WITH_VALUE).all()
    assert (velocity[len(leaks) :] / np.array([each.vs[-1] for each in near])[:, None]).min() > 0.94


def test_reference_earths_are_those_of_the_package() -> None:
    given = given_models(_plan("reference"))
    assert [model.name for model in given.models] == ["ak135", "prem"]


def test_shared_models_are_taken_or_named(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_module, "SHARED_FOLDER", shared_data / "cps" / "models")
    given = given_models(_plan("shared"))
    names = {path.name for path in (shared_data / "cps" / "models").iterdir()}
    assert {*given.source["models"], *given.skipped} == names
    assert "CUS.mod" in given.source["models"]
    assert "soil.mod" in given.skipped


def test_without_the_folder_the_set_is_absent_with_its_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(given_module, "SHARED_FOLDER", tmp_path / "nothing")
    with pytest.raises(AbsentError, match="no model files in"):
        given_models(_plan("shared"))
