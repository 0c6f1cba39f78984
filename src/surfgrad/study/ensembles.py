"""Stages that draw a set of models and solve it exactly."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.audit.bands import bands_of
from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError
from surfgrad.records import Array
from surfgrad.status import Status
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import LITHO1, SetPlan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import AbsentError, Stage

if TYPE_CHECKING:
    from surfgrad.ensembles import Ensemble


def ensemble_stage(plan: SetPlan, preset: Preset, folder: StudyFolder, workers: int) -> Stage:
    """The stage that makes one set; LITHO1.0 is absent where its optional package is."""

    def run(progress: Progress) -> Mapping[str, Any]:
        ensemble = _draw(plan, preset, folder, workers, progress)
        return set_facts(plan, ensemble)

    title = f"models: {plan.title}, {plan.count:,}"
    inputs = {"set": vars(plan), "periods": list(preset.periods), "waves": list(WAVES)}
    return Stage(f"set-{plan.name}", title, run, inputs, outputs=(folder.ensemble(plan.name),))


def _draw(plan: SetPlan, preset: Preset, folder: StudyFolder, workers: int, progress: Progress) -> "Ensemble":
    from surfgrad.ensembles import from_models, generate

    out, periods = folder.ensemble(plan.name), preset.period_array()
    chunk = max(10, min(500, plan.count // 8))

    def told(done: int, total: int) -> None:
        progress.advance(done, total, f"{done:,} models")

    if plan.source != LITHO1:
        return generate(
            plan.source, plan.count, plan.seed, out, periods=periods, workers=workers, chunk=chunk, progress=told
        )
    models = _columns(plan)
    source = {"name": "LITHO1.0 land columns on the priors' grid", "seed": plan.seed}
    return from_models(models, out, source=source, periods=periods, workers=workers, chunk=chunk, progress=told)


def _columns(plan: SetPlan) -> Any:
    from surfgrad.earth.litho1 import litho1_models

    try:
        return litho1_models(plan.count, plan.seed)
    except UsageError as error:
        # The one thing that it refuses with valid arguments: its optional data package is not installed.
        raise AbsentError(str(error)) from None


def set_facts(plan: SetPlan, ensemble: "Ensemble") -> dict[str, Any]:
    """Counts by wave, status and band: what the set holds, and what it has no velocity for."""
    status = ensemble.status[:]
    bands = [
        _band_facts(status[:, row][:, band.contains(ensemble.periods)], wave, band.name)
        for row, wave in enumerate(ensemble.waves)
        for band in bands_of(ensemble.periods)
    ]
    return {
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
