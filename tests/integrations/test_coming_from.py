"""The page for users of other codes: every block of it that can run here runs."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.integrations.cofi_tutorial import Ridge, tutorial

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coming-from.md").read_text(encoding="utf-8")
BLOCKS = {
    heading: re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    for heading, section in re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
MODEL = {
    "thickness": np.array([10.0, 20.0, 0.0]),
    "vp": np.array([5.8, 6.5, 8.0]),
    "vs": np.array([3.4, 3.7, 4.5]),
    "rho": np.array([2.6, 2.9, 3.3]),
}


def run(heading: str, **names: Any) -> dict[str, Any]:
    (block,) = BLOCKS[heading]
    exec(block, names)
    return names


def test_every_block_is_run_here_or_named() -> None:
    """BayHunter is on no package index; the files of the last block are those of `formats.md`, tested with it."""
    tested = {"disba", "pysurf96", "BayesBay", "CoFI and Espresso", "pyGIMLi"}
    assert {heading for heading, blocks in BLOCKS.items() if blocks} == tested | {"BayHunter", "CPS and Geopsy"}


def test_disba() -> None:
    names = run("disba", **MODEL, t=np.linspace(2.0, 40.0, 20))
    assert names["cp"].period.size < 20
    assert np.isfinite(names["cp"].velocity).all()
    assert names["k"].kernel.shape == (3,)


def test_pysurf96() -> None:
    assert np.isfinite(run("pysurf96", **MODEL, periods=np.linspace(2.0, 40.0, 20))["c"]).all()


@pytest.mark.peers
def test_bayesbay() -> None:
    bb = pytest.importorskip("bayesbay", reason="bayesbay is not installed (extra `bayesbay`)")
    names = run("BayesBay", periods=np.array([10.0, 30.0]), c_observed=np.array([3.2, 3.8]), sigma=0.02)
    assert isinstance(names["likelihood"], bb.likelihood.LogLikelihood)


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:Method trust-exact does not use Hessian-vector product:RuntimeWarning")  # CoFI's
def test_cofi() -> None:
    pytest.importorskip("cofi", reason="cofi is not installed (extra `cofi`)")
    periods = tutorial().curve.periods
    names = run("CoFI and Espresso", periods=periods, c_observed=tutorial().data, regularization=Ridge())
    assert names["result"].success


@pytest.mark.peers
def test_pygimli() -> None:
    pytest.importorskip("pygimli", reason="pygimli is not installed (extra `pygimli`)").setLogLevel(40)
    from surfgrad.integrations.pygimli import DispersionModelling

    frequencies = np.geomspace(4.0, 50.0, 20)
    observed = DispersionModelling(1 / frequencies, layers=4).response([4.0, 6.0, 10.0, 180.0, 250.0, 320.0, 600.0])
    names = run("pyGIMLi", frequencies=frequencies, c_observed=observed)
    assert np.asarray(names["model"])[3] == pytest.approx(180.0, rel=0.05)


def test_the_table_of_what_differs_from_disba_names_every_setting() -> None:
    from surfgrad.integrations.disba import STEPS

    assert all(f"`{name}`" in PAGE for name in ("algorithm", *STEPS))
