"""The share of trapped models, on columns whose modes are known to be trapped or not; and stores of every prior."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from surfgrad.cli.app import main
from surfgrad.earth.priors import PRIORS, draw, get_prior, prior_periods
from surfgrad.ensembles import generate, open_ensemble
from surfgrad.ensembles.trapped import trapped_share
from surfgrad.waves.phase import phase_velocity

SINGLE = 2e-7
"""A store may hold single precision."""


@dataclass(frozen=True)
class HalfFastLids:
    """Every other sample by chance has a lid faster than its half-space: no Love wave is trapped in it."""

    name: str = "lids"
    version: int = 1
    periods: tuple[float, float] = (2.0, 60.0)
    interfaces: tuple[float, float] | None = None
    grid: Any = (10.0, 0.0)

    def card(self) -> dict[str, Any]:
        return {}

    def sample(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        vs = np.array([4.6, 4.4]) if rng.random() < 0.5 else np.array([3.5, 4.4])
        return np.array(self.grid), 1.75 * vs, vs, np.array([3.0, 3.3])


def test_share_of_trapped_models_is_the_share_of_slow_lids() -> None:
    slow = [draw(HalfFastLids(), 1, i)[2][0] < 4.4 for i in range(60)]
    found = trapped_share(HalfFastLids(), 60, seed=1)
    assert 0.2 < np.mean(slow) < 0.8
    assert found.waves["love"] == pytest.approx(np.mean(slow))
    assert found.values["love"] == pytest.approx(np.mean(slow))
    assert found.models <= found.waves["love"]
    assert found.periods.tolist() == list(range(2, 61))


def test_periods_of_a_prior_are_whole_seconds_or_even_in_log() -> None:
    assert prior_periods(get_prior("weak")).tolist() == list(range(2, 61))
    near = prior_periods(get_prior("near_surface"))
    assert (near.size, near[0], near[-1]) == (59, 0.01, pytest.approx(1.0))
    np.testing.assert_allclose(near[1:] / near[:-1], near[1] / near[0])


@pytest.mark.parametrize("name", [*PRIORS, "mixture:weak=0.5,decorrelated=0.5"])
def test_a_store_of_every_prior_holds_its_draws_and_the_engine_s_velocities(tmp_path: Path, name: str) -> None:
    prior = get_prior(name)
    periods = np.geomspace(*prior.periods, 3)
    generate(name, 4, 8, tmp_path / "a.zarr", periods=periods, workers=1)
    found = open_ensemble(tmp_path / "a.zarr")
    models = found.models()
    assert found.card["prior"]["name"] == prior.name
    np.testing.assert_allclose([values[2] for values in models], draw(name, 8, 2), rtol=SINGLE)
    velocity, _ = found.curves()
    np.testing.assert_allclose(velocity[:, 1], phase_velocity(*models, periods, wave="love"), rtol=5 * SINGLE)


def test_generate_takes_the_prior_s_periods_by_default(tmp_path: Path) -> None:
    arguments = ["--prior", "near_surface", "--count", "2", "--wave", "love", "--workers", "1"]
    assert main(["generate", *arguments, "--out", str(tmp_path / "a.zarr")]) == 0
    assert open_ensemble(tmp_path / "a.zarr").periods.tolist() == prior_periods(get_prior("near_surface")).tolist()
