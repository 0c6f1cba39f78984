"""The plan keeps training and test sets apart, at the sizes promised."""

import numpy as np
import pytest

from surfgrad.study.plan import make_plan
from surfgrad.study.presets import PRESETS


@pytest.mark.parametrize("name", PRESETS)
def test_no_test_set_shares_a_seed_with_a_training_set(name: str) -> None:
    plan = make_plan(PRESETS[name])
    train = {(each.source, each.seed) for each in plan.sets if each.role == "train"}
    test = {(each.source, each.seed) for each in plan.test_sets}
    assert len(train) == 2
    assert len(test) == 3
    assert not train & test


def test_every_surrogate_is_judged_on_every_test_set() -> None:
    plan = make_plan(PRESETS["smoke"])
    assert len(plan.audits) == len({each.name for each in plan.audits}) == 6


def test_the_laptop_preset_is_as_large_as_promised() -> None:
    laptop = PRESETS["laptop"]
    assert laptop.train_count >= 20_000
    assert laptop.test_count >= 200
    assert np.array_equal(laptop.period_array(), np.arange(2.0, 61.0))
