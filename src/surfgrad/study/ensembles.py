"""Stages that draw a set of models and solve it exactly."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.audit.bands import bands_of
from surfgrad.contracts import WAVES
from surfgrad.records import Array
from surfgrad.status import Status
from surfgrad.study.folder import StudyFolder
from surfgrad.study.given import given_models
from surfgrad.study.plan import PRIOR, SetPlan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage

if TYPE_CHECKING:
    from surfgrad.ensembles import Ensemble

THREADS = 1
"""Sets are drawn side by side with other stages, each by one thread."""


def ensemble_stage(plan: SetPlan, preset: Preset, folder: StudyFolder) -> Stage:
    """The stage that makes one set; absent where what it is made from is not there."""

    def run(progress: Progress) -> Mapping[str, Any]:
        return set_facts(plan, _draw(plan, preset, folder, progress))

    title = f"models: {plan.title}"
    inputs = {"set": vars(plan), "periods": list(preset.periods), "waves": list(WAVES)}
    if plan.role == "train":
        inputs["derivatives"] = preset.derivatives
    return Stage(f"set-{plan.name}", title, run, inputs, outputs=(folder.ensemble(plan.name),))


def _draw(plan: SetPlan, preset: Preset, folder: StudyFolder, progress: Progress) -> "Ensemble":
    from surfgrad.ensembles import from_models, generate

    def told(done: int, total: int) -> None:
        progress.advance(done, total, f"{done:,} models")

    out, periods = folder.ensemble(plan.name), preset.period_array()
    common: Any = {"periods": periods, "workers": THREADS, "progress": told}
    if plan.kind == PRIOR:
        labels = _labels(plan, preset) if plan.role == "train" else None
        chunk = max(10, min(500, plan.count // 8))
        return generate(plan.source, plan.count, plan.seed, out, chunk=chunk, further=labels, **common)
    given = given_models(plan)
    return from_models(list(given.models), out, source=given.source, **common)


def _labels(plan: SetPlan, preset: Preset) -> Any:
    """Exact derivatives for training; held-out ones are judged by in every training, taught or not."""
    from surfgrad.earth.priors import get_prior
    from surfgrad.ensembles.labels import prior_labels

    return prior_labels(get_prior(plan.source), plan.seed, preset.derivatives)


def set_facts(plan: SetPlan, ensemble: "Ensemble") -> dict[str, Any]:
    """Counts by wave, status and band: what the set holds, and what it has no velocity for."""
    status = ensemble.status[:]
    bands = [
        _band_facts(status[:, row][:, band.contains(ensemble.periods)], wave, band.name)
        for row, wave in enumerate(ensemble.waves)
        for band in bands_of(ensemble.periods)
    ]
    return {
        "kind": plan.kind,
        "models": ensemble.count,
        "layers": ensemble.layers,
        "source": plan.source,
        "role": plan.role,
        "seed": plan.seed,
        "title": plan.title,
        "status": {wave: _count(status[:, row]) for row, wave in enumerate(ensemble.waves)},
        "bands": bands,
        "card": ensemble.card,
    }


def _band_facts(status: Array, wave: str, band: str) -> dict[str, Any]:
    untrapped = int((status == Status.NO_MODE).sum())
    share = untrapped / status.size if status.size else None
    counts = {"samples": int(status.size), "untrapped": untrapped, "untrapped_share": share}
    return {"wave": wave, "band": band, **counts, "status": _count(status)}


def _count(status: Array) -> dict[str, int]:
    return {code.name: int(np.count_nonzero(status == code)) for code in Status}
