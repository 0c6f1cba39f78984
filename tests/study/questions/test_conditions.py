"""The rule finds a law that is there, is worth nothing where there is none, and never sees the half it is judged on."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from tests.study.questions.test_words import unfounded
from tests.study.questions.world import write_card

from surfgrad.report.networks import Kind
from surfgrad.study.folder import StudyFolder
from surfgrad.study.questions import View, answer, conditions
from surfgrad.study.questions.rule import fit, judge_rule, part
from surfgrad.study.questions.samples import Samples, gather
from surfgrad.study.questions.view import Network

BANDS = ("2-5", "5-10", "20-30", "45-60")
MODELS = 24


def samples(slope: float, noise: float, seed: int = 0, models: int = 200, each: int = 6) -> Samples:
    """Errors that grow as distance^slope, two kinds of network, `each` rows a model."""
    rng = np.random.default_rng(seed)
    model = np.repeat(np.arange(models), each)
    distance, period = np.repeat(rng.normal(size=models), each), rng.normal(size=model.size)
    kind = rng.integers(2, size=model.size)
    error = slope * distance + 0.3 * period + 2.0 * kind + noise * rng.normal(size=model.size)
    return Samples(error, np.stack([distance, period], axis=1), kind, model, model % 2)


def test_a_law_that_is_there_is_found() -> None:
    given = samples(0.8, 0.2)
    rule = fit(part(given, 0))
    assert rule.slopes == pytest.approx([0.8, 0.3], abs=0.03)
    found = judge_rule(given)
    assert found["r_squared"]["value"] > 0.9
    assert found["r_squared"]["interval"][0] > 0.85
    assert found["permuted"] < 0.3
    assert found["gain"]["interval"][0] > 0.5
    # Second route: an ordinary least-squares fit with a column of ones for each kind of network.
    known, unseen = part(given, 0), part(given, 1)
    columns = [np.column_stack([each.features, each.kind == 0, each.kind == 1]) for each in (known, unseen)]
    slopes = np.linalg.lstsq(columns[0], known.error, rcond=None)[0]
    level = np.array([known.error[known.kind == k].mean() for k in (0, 1)])[unseen.kind]
    rest = ((unseen.error - columns[1] @ slopes) ** 2).sum() / ((unseen.error - level) ** 2).sum()
    assert found["r_squared"]["value"] == pytest.approx(1 - rest, abs=1e-6)
    ranks = [np.argsort(np.argsort(each - level)) for each in (unseen.error, columns[1] @ slopes)]
    assert found["correlation"]["value"] == pytest.approx(np.corrcoef(*ranks)[0, 1], abs=1e-6)


def test_distances_of_other_models_are_worth_nothing() -> None:
    given = samples(0.8, 0.2)
    exchanged = given.features.copy()
    order = np.random.default_rng(5).permutation(200)
    exchanged[:, 0] = given.features[::6, 0][order][given.model]
    found = judge_rule(replace(given, features=exchanged))
    assert found["gain"]["interval"][0] <= 0.01
    assert abs(found["r_squared"]["value"] - found["permuted"]) < 0.1


def test_noise_cannot_be_foretold() -> None:
    rng = np.random.default_rng(0)
    given = samples(0.0, 1.0)
    found = judge_rule(replace(given, error=rng.normal(size=given.error.size)))
    assert found["r_squared"]["interval"][0] < 0.0
    assert abs(found["correlation"]["value"]) < 0.15


def test_what_is_judged_on_was_not_fitted_to() -> None:
    """A law that turns round in the unseen half is a rule worth less than nothing."""
    given = samples(0.8, 0.1)
    turned = replace(given, error=np.where(given.half == 1, given.error - 1.6 * given.features[:, 0], given.error))
    assert judge_rule(turned)["r_squared"]["value"] < -1.0


def test_an_interval_draws_whole_models() -> None:
    """Rows of one model a hundred times over say no more than once."""
    given = samples(0.5, 0.0, models=30, each=1)
    rough = replace(given, error=given.error + np.random.default_rng(1).normal(size=30)[given.model])
    names = ("error", "features", "kind", "model", "half")
    often = Samples(*(np.repeat(getattr(rough, name), 100, axis=0) for name in names))
    one, many = (np.ptp(judge_rule(each)["r_squared"]["interval"]) for each in (rough, often))
    assert many == pytest.approx(one, rel=1e-6)


@dataclass(frozen=True, eq=False)
class Known(View):
    """A view whose distances are given."""

    distances: dict[str, np.ndarray] = field(default_factory=dict)

    def distance(self, prior: str, test_set: str) -> np.ndarray | None:
        return self.distances.get(test_set)


def study(root: Path, law: float, noise: float) -> Known:
    """Two networks, two sets; kernels err as distance^law, three times as much in vp, ten in Love's ranks."""
    folder, rng = StudyFolder(root), np.random.default_rng(3)
    cell = Kind("grid", "weak", "value")
    nets = [Network(f"grid-weak-value-{k}", cell) for k in (0, 1)]
    distances = {name: 10 ** rng.uniform(0, spread, MODELS) for name, spread in (("weak-test", 0.4), ("far-test", 1.5))}
    for net, (name, distance) in ((n, d) for n in nets for d in distances.items()):
        write_card(folder, f"{net.name}-{name}", "value", 0)
        size = (distance**law)[:, None, None, None] * 10 ** (noise * rng.normal(size=(MODELS, 2, 3, len(BANDS))))
        size = 0.02 * size * np.array([1.0, 3.0, 1.0])[:, None]
        size[3] = np.nan
        singular = np.geomspace(100, 0.1, 5) * np.ones((MODELS, 2, 1))
        chord = np.minimum(0.1 * (distance**law)[:, None, None] / singular, 1.9)
        cosine = np.where(singular >= 1, 1 - chord**2 / 2, np.nan)
        by_rank = ("model", "wave", "rank")
        data = {
            "model_relative_l2": (("model", "wave", "parameter", "band"), size),
            "model_singular": (by_rank, singular),
            "model_spectral_cosine": (by_rank, cosine),
        }
        names = {"wave": ["rayleigh", "love"], "parameter": ["vs", "vp", "rho"], "band": list(BANDS)}
        path = folder.audit(f"{net.name}--{name}") / "arrays.nc"
        path.parent.mkdir(parents=True)
        xr.Dataset(data, names).to_netcdf(path, engine="h5netcdf")
    return Known(folder, nets, dict.fromkeys(distances, "a set"), distances=distances)


def test_rows_are_those_of_the_arrays(tmp_path: Path) -> None:
    view = study(tmp_path, 0.7, 0.1)
    found = gather(view, "value", "kernel")
    assert found is not None
    # 23 models with numbers, 2 waves x 3 parameters less Love vp, 4 bands, 2 networks, 2 sets.
    assert len(found.error) == 23 * 5 * 4 * 2 * 2
    assert set(found.half) == {0, 1}
    assert {int(each) for each in found.model} == set(range(2 * MODELS)) - {3, MODELS + 3}
    row = np.flatnonzero((found.model == MODELS + 5) & (found.features[:, 3] == 1))[0]
    with xr.open_dataset(view.folder.audit("grid-weak-value-0--far-test") / "arrays.nc", engine="h5netcdf") as nc:
        value = float(nc["model_relative_l2"].sel(wave="rayleigh", parameter="vp", band="2-5")[5])
    assert found.error[row] == pytest.approx(np.log10(value))
    assert found.features[row, 0] == pytest.approx(np.log10(view.distances["far-test"][5]))
    assert found.features[row, 1] == pytest.approx(np.log10(np.sqrt(10.0)) - 1.0)
    assert gather(view, "sobolev", "kernel") is None


def test_a_law_in_a_study_is_told(tmp_path: Path) -> None:
    found = answer(conditions, study(tmp_path, 0.7, 0.1)).card()
    kernel, direction = found["numbers"]["rules"]
    assert kernel["slopes"]["distance"] == pytest.approx(0.7, abs=0.05)
    assert kernel["factors"]["vp"] == pytest.approx(3.0, rel=0.1)
    assert direction["slopes"]["singular value"] == pytest.approx(-1.0, abs=0.05)
    assert "can be foretold well" in found["paragraph"]
    assert found["paragraph"].count("Distance to the prior counts") == 2
    assert unfounded(found) == []
    assert len(found["unanswered"]) == 2


def test_a_study_without_a_law_is_told(tmp_path: Path) -> None:
    found = answer(conditions, study(tmp_path, 0.0, 0.5)).card()
    kernel = found["numbers"]["rules"][0]
    assert not kernel["knows_distance"]
    assert "Distance to the prior adds nothing certain" in found["paragraph"]
    assert unfounded(found) == []


def test_grades_and_a_rule_that_knows_nothing() -> None:
    measure: dict[str, Any] = {"value": 0.01, "interval": [-0.1, 0.1]}
    rule = {
        "loss": "value",
        "error": "kernel",
        "r_squared": measure,
        "correlation": measure,
        "models": 9,
        "knows": False,
    }
    assert "cannot be foretold" in conditions.paragraph({"rules": [rule]})
    assert [conditions._grade(each) for each in (0.9, 0.5, 0.1)] == ["well", "in part", "a little"]
    assert "open" in conditions.paragraph({"rules": []})
