"""The plan is the whole factorial, keeps training and test sets apart, and is as large as promised."""

import numpy as np
import pytest

from surfgrad.study.plan import KINDS, make_plan
from surfgrad.study.presets import ARCHITECTURES, LOSSES, PRESETS, PRIORS, REGIONS


@pytest.mark.parametrize("name", PRESETS)
def test_no_test_set_shares_a_seed_with_a_training_set(name: str) -> None:
    plan = make_plan(PRESETS[name])
    train = {(each.source, each.seed) for each in plan.sets if each.role == "train"}
    test = {(each.source, each.seed) for each in plan.test_sets}
    assert len(train) == len(PRESETS[name].priors)
    assert len(test) == len(plan.test_sets)
    assert not train & test


@pytest.mark.parametrize("name", PRESETS)
def test_every_surrogate_and_the_engine_are_judged_on_every_test_set(name: str) -> None:
    plan = make_plan(PRESETS[name])
    tests = {each.name for each in plan.test_sets}
    pairs = {(each.surrogate, each.test_set) for each in (*plan.audits, *plan.exact_audits)}
    names = {each.name for each in plan.trainings} | {"exact"}
    assert pairs == {(surrogate, test) for surrogate in names for test in tests}
    assert len({each.name for each in plan.audits}) == len(plan.audits)


def test_the_laptop_preset_is_two_priors_two_losses_three_seeds() -> None:
    plan = make_plan(PRESETS["laptop"])
    assert len(plan.trainings) == 12
    assert (plan.levels("architecture"), len(plan.levels("prior")), plan.levels("loss")) == (("scale-free",), 2, LOSSES)
    assert np.array_equal(PRESETS["laptop"].period_array(), np.arange(2.0, 61.0))


@pytest.mark.parametrize("name", ["overnight", "full"])
def test_the_large_presets_are_the_whole_factorial(name: str) -> None:
    plan = make_plan(PRESETS[name])
    assert len(plan.trainings) == 72
    for architecture in ARCHITECTURES:
        for prior in PRIORS:
            for loss in LOSSES:
                seeds = plan.select(architecture=architecture, prior=prior, loss=loss)
                assert [each.seed for each in seeds] == [0, 1, 2]
                assert seeds[0].name == f"{architecture}-{prior}-{loss}-0"
    assert len(plan.comparisons) == 3 * 2 * 6
    assert [each.name for each in plan.tests("region")] == [f"litho1-{each}-test" for each in REGIONS]
    assert {each.kind for each in plan.test_sets} == set(KINDS)


@pytest.mark.parametrize("name", PRESETS)
def test_every_training_has_its_steps(name: str) -> None:
    preset = PRESETS[name]
    assert all(preset.steps[each.recipe] > preset.looks for each in make_plan(preset).trainings)


def test_losses_of_one_seed_start_alike_and_seeds_do_not() -> None:
    plan = make_plan(PRESETS["overnight"])
    starts = {each.seed: each.start for each in plan.trainings}
    assert all(each.start == starts[each.seed] for each in plan.trainings)
    assert len(set(starts.values())) == 3


def test_figures_show_one_seed_and_the_two_ends_of_many_priors() -> None:
    shown = make_plan(PRESETS["overnight"]).shown
    assert len(shown) == 12
    assert {(each.seed, each.prior) for each in shown} == {(0, "tectonic"), (0, "decorrelated")}
