"""Stages that hold networks of two priors against one another, in units of what another seed changes."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from surfgrad.json_files import write_json
from surfgrad.study.auditing import OUTSIDE, asked_periods
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import ComparisonPlan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage

_SHARE = 2
"""One model in so many of either test set: kernels of all networks are asked of each."""


def comparison_stage(plan: ComparisonPlan, preset: Preset, folder: StudyFolder) -> Stage:
    """The stage that writes one comparison."""

    def run(progress: Progress) -> Mapping[str, Any]:
        from surfgrad.audit.between_priors import compare_priors
        from surfgrad.audit.options import Options
        from surfgrad.ensembles import open_ensemble
        from surfgrad.surrogates.checkpoint import load_surrogate

        sets = [open_ensemble(folder.ensemble(name)) for name in plan.test_sets]
        parts = [each.models(np.arange(0, each.count, _SHARE)) for each in sets]
        models = tuple(np.concatenate(both) for both in zip(*parts, strict=True))
        nets = {
            prior: [load_surrogate(folder.surrogate(name)) for name in names]
            for prior, names in zip(plan.priors, plan.surrogates, strict=True)
        }
        found = compare_priors(
            nets,
            models,
            asked_periods(sets[0].periods, len(models[0]), preset),
            options=Options(outside=OUTSIDE),
            test_set=" and ".join(plan.test_sets),
            progress=lambda done, total, what: progress.advance(done, total, f"{what}: {done} of {total}"),
        )
        write_json(folder.comparison(plan.name), found.summary)
        return {"verdict": found.verdict, "models": len(models[0])}

    names = [name for group in plan.surrogates for name in group]
    needs = tuple(f"train-{name}" for name in names) + tuple(f"set-{name}" for name in plan.test_sets)
    title = f"comparison: {plan.name}"
    inputs = {"outside": OUTSIDE, "stride": preset.stride, "share": _SHARE}
    return Stage(f"compare-{plan.name}", title, run, inputs, (folder.comparison(plan.name),), needs)
