"""Stages that judge one surrogate, or the exact engine, on one test set."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import EXACT, PRIOR, AuditPlan, SetPlan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage

if TYPE_CHECKING:
    from surfgrad.audit.options import Options
    from surfgrad.contracts import Forward
    from surfgrad.records import Array

OUTSIDE = "judge"
"""Models beyond the vs range that a surrogate was trained on are asked all the same: a study of what a prior leaves in
a network is about them. The audit counts them. Water is not asked of a network that cannot represent it."""
_FEW = 5
"""A set of fewer models than these is asked at every period, so that more of it can be judged."""


def audit_stage(plan: AuditPlan, tested: SetPlan, preset: Preset, folder: StudyFolder) -> Stage:
    """The stage that writes one audit folder."""

    def run(progress: Progress) -> Mapping[str, Any]:
        return _audit(plan, tested, preset, folder, progress)

    training = () if plan.surrogate == EXACT else (f"train-{plan.surrogate}",)
    needs = (*training, f"set-{plan.test_set}")
    outputs = (folder.audit(plan.name) / "summary.json", folder.audit(plan.name) / "arrays.nc")
    title = f"audit: {plan.surrogate} on {plan.test_set}"
    inputs = {
        "outside": OUTSIDE,
        "parts": parts_of(plan, tested),
        "stride": preset.stride,
        "inversions": [preset.inversions, preset.starts],
    }
    return Stage(f"audit-{plan.name}", title, run, inputs, outputs, needs)


def parts_of(plan: AuditPlan, tested: SetPlan) -> tuple[str, ...]:
    """Which further tests are made: inversions, the dear ones, on models of priors; none of the exact engine, whose
    answers to them are known."""
    if plan.surrogate == EXACT:
        return ()
    return ("imprint", "spectral", "taylor", "consequence") if tested.kind == PRIOR else ("imprint", "spectral")


def asked_periods(periods: "Array", models: int, preset: Preset) -> "Array":
    """Those of a set at which its audits ask: every `stride`-th, and all where models are few."""
    return periods if models < _FEW else periods[:: preset.stride]


def _audit(plan: AuditPlan, tested: SetPlan, preset: Preset, folder: StudyFolder, progress: Progress) -> dict[str, Any]:
    from surfgrad.audit.run import audit
    from surfgrad.audit.store import write_audit
    from surfgrad.ensembles import open_ensemble
    from surfgrad.json_files import read_json

    ensemble = open_ensemble(folder.ensemble(plan.test_set))
    models = ensemble.models()
    card = None if plan.surrogate == EXACT else read_json(folder.surrogate(plan.surrogate) / "card.json")
    record = audit(
        _forward(plan, folder),
        models,
        asked_periods(ensemble.periods, ensemble.count, preset),
        options=_options(plan, tested, preset, wet=bool((models[2] == 0.0).any())),
        test_set=plan.test_set,
        surrogate_card=card,
        data_card=ensemble.card,
        progress=lambda done, total, what: progress.advance(done, total, f"{what}: {done} of {total}"),
    )
    write_audit(record, folder.audit(plan.name))
    return {"verdict": record.verdict, "models": ensemble.count}


def _forward(plan: AuditPlan, folder: StudyFolder) -> "Forward":
    if plan.surrogate == EXACT:
        from surfgrad.contracts import WAVES
        from surfgrad.waves.forward import ExactForward

        return ExactForward(waves=WAVES)
    from surfgrad.surrogates.checkpoint import load_surrogate

    return load_surrogate(folder.surrogate(plan.surrogate))


def _options(plan: AuditPlan, tested: SetPlan, preset: Preset, wet: bool) -> "Options":
    from surfgrad.audit.further import Further
    from surfgrad.audit.options import Options

    # Neither a subspace of logarithms nor a spectrum in them exists where vs is zero.
    parts = () if wet else parts_of(plan, tested)
    inversions = Further(parts=parts, consequence_models=preset.inversions, starts=preset.starts)
    return Options(outside="exclude" if wet else OUTSIDE, further=inversions)
