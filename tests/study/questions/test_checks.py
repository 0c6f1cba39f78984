"""What `benchmarks.study_checks` asks of a study, in the world of known faults."""

import json

import numpy as np
import pytest
from benchmarks import study_checks

from surfgrad.study.questions import View


def test_scatter_of_seeds_stands_beside_the_error(imprinted: View) -> None:
    found = {each["loss"]: each for each in study_checks.seeds(imprinted)}
    assert set(found) == {"value", "sobolev"}
    path = imprinted.folder.root / "comparisons" / "grid-value--tectonic-decorrelated.json"
    rows = json.loads(path.read_text())["rows"]
    apart = [each["median"] for each in rows if (each["metric"], each["parameter"]) == ("between_seeds", "vs")]
    assert found["value"]["scatter"] == pytest.approx(np.median(apart) * 0.5**0.5)
    # Values alone err alike in every seed, by a Moho; taught ones by noise of the seed's own.
    assert found["value"]["share"] < found["sobolev"]["share"]


def test_tasks_are_counted_by_architecture_and_loss(imprinted: View) -> None:
    found = {each["loss"]: each for each in study_checks.inversions(imprinted)}
    assert {each["kinds"] for each in found.values()} == {2}
    assert found["sobolev"]["step"] > found["value"]["step"]


def test_a_rule_for_each_kind(imprinted: View) -> None:
    assert study_checks.rules(imprinted) == []  # no training sets here, so that nothing has a distance
