"""Networks of several priors and several seeds, held against one another on the same models."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from surfgrad.audit.as_forward import as_forward, exact_forward
from surfgrad.audit.asking import ask
from surfgrad.audit.both_sides import BothSides, model_arrays
from surfgrad.audit.exclusion import Exclusion, from_status
from surfgrad.audit.options import Options
from surfgrad.audit.pace import Pace, Progress
from surfgrad.audit.prior_comparison import PriorComparison, judge_priors
from surfgrad.audit.record import PARAMETERS
from surfgrad.audit.thresholds import Thresholds
from surfgrad.audit.two_priors import NAMES, Differences, prior_differences, what_is_wrong
from surfgrad.contracts import Forward
from surfgrad.errors import UsageError
from surfgrad.records import Array, Kernels


def compare_priors(
    networks: Mapping[str, Sequence[Forward]],
    models: Any,
    periods: Any,
    *,
    reference: Forward | None = None,
    thresholds: Thresholds | Mapping[str, Any] | None = None,
    options: Options | None = None,
    test_set: str = "",
    progress: Progress | None = None,
) -> PriorComparison:
    """How much more networks of different priors differ in their kernels than networks of one prior and other seeds.

    `networks`: prior -> 2 or more Forwards that differ in nothing but chance. `models`, `periods`, `reference`,
    `thresholds` as in `audit`, of `options` `outside`, `chunk` and `bands`. Every network is asked for the same samples
    (model, wave, period), those that all of them may be asked for; kernels of all are held in memory for `chunk`
    models. Raises UsageError for fewer than two priors or seeds and for networks that cannot be compared.
    """
    from surfgrad.earth.validate import check_periods

    groups = {name: [as_forward(each) for each in nets] for name, nets in networks.items()}
    wrong = what_is_wrong(groups)
    if wrong is not None:
        raise UsageError(f"networks: {wrong}")
    every = [each for nets in groups.values() for each in nets]
    _of_one_kind(every)
    times, limits, chosen = check_periods(periods), Thresholds.of(thresholds), options or Options()
    held = (reference or exact_forward(every[0].waves), *model_arrays(models), times, chosen)
    sides = {name: [BothSides(each, *held) for each in nets] for name, nets in groups.items()}
    found, asked = _measure(sides, progress)
    seeds = {name: len(nets) for name, nets in groups.items()}
    facts = {"test_set": test_set, "seeds": seeds, "n_models": int(asked.size), "n_asked": int(asked.sum())}
    return judge_priors(found, tuple(every[0].waves), times, chosen.bands_for(times), limits, facts)


def _measure(sides: Mapping[str, Sequence[BothSides]], progress: Progress | None) -> tuple[Differences, Array]:
    """Samples of every pair of priors, and the models (N,) that all networks were asked for."""
    every = [each for group in sides.values() for each in group]
    first = every[0]
    asked = np.logical_and.reduce([each.asked for each in every])
    times = np.logical_and.reduce([each.reach.periods for each in every])
    told = Pace(progress).begin("models", first.count)
    parts = []
    for start in range(0, first.count, first.options.chunk):
        rows = np.arange(start, min(start + first.options.chunk, first.count))
        models, mask = first.subset(rows)
        question = (models, mask, first.periods, asked[rows], times)
        answers = {name: [ask(each.forward, *question) for each in group] for name, group in sides.items()}
        parts.append(_differences(answers, ask(first.reference, *question)))
        told(int(rows[-1]) + 1)
    pairs = list(combinations(sides, 2))
    return {
        pair: {name: np.concatenate([part[pair][name] for part in parts]) for name in NAMES} for pair in pairs
    }, asked


def _of_one_kind(forwards: Sequence[Forward]) -> None:
    kinds = {(tuple(each.waves), each.kind) for each in forwards}
    if len(kinds) > 1:
        raise UsageError(f"networks: of different waves or kinds given ({sorted(kinds)}); one sort is compared")


def _differences(answers: Mapping[str, Sequence[Kernels]], exact: Kernels) -> Differences:
    """Pair -> name -> (n, W, P, T)."""
    judged = from_status(exact.status) == Exclusion.JUDGED
    shape = (*judged.shape[:2], len(PARAMETERS), judged.shape[2])
    found = {pair: {name: np.full(shape, np.nan) for name in NAMES} for pair in combinations(answers, 2)}
    yardstick = exact["vs"]
    for p, parameter in enumerate(PARAMETERS):
        given = {name: [each[parameter] for each in nets] for name, nets in answers.items()}
        truth = exact[parameter]
        if truth is None or yardstick is None or any(each is None for nets in given.values() for each in nets):
            continue
        stacked = {name: np.stack([each for each in nets if each is not None]) for name, nets in given.items()}
        for pair, values in prior_differences(stacked, truth, yardstick).items():
            for name, each in values.items():
                found[pair][name][:, :, p] = np.where(judged, each, np.nan)
    return found
