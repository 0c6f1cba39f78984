"""Stages that judge one surrogate on one test set."""

from collections.abc import Mapping
from typing import Any

from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import AuditPlan
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage

OUTSIDE = "judge"
"""Models beyond the vs range that a surrogate was trained on are asked all the same: a study of what a prior leaves in
a network is about them. The audit counts them."""


def audit_stage(plan: AuditPlan, folder: StudyFolder) -> Stage:
    """The stage that writes one audit folder."""

    def run(progress: Progress) -> Mapping[str, Any]:
        return _audit(plan, folder, progress)

    needs = (f"train-{plan.surrogate}", f"set-{plan.test_set}")
    outputs = (folder.audit(plan.name) / "summary.json", folder.audit(plan.name) / "arrays.nc")
    title = f"audit: {plan.surrogate} on {plan.test_set}"
    return Stage(f"audit-{plan.name}", title, run, {"outside": OUTSIDE}, outputs, needs)


def _audit(plan: AuditPlan, folder: StudyFolder, progress: Progress) -> dict[str, Any]:
    from surfgrad.audit.run import Options, audit
    from surfgrad.audit.store import write_audit
    from surfgrad.ensembles import open_ensemble
    from surfgrad.study.folder import read_json
    from surfgrad.surrogates.checkpoint import load_surrogate

    ensemble = open_ensemble(folder.ensemble(plan.test_set))
    checkpoint = folder.surrogate(plan.surrogate)
    record = audit(
        load_surrogate(checkpoint),
        ensemble.models(),
        ensemble.periods,
        options=Options(outside=OUTSIDE),
        test_set=plan.test_set,
        surrogate_card=read_json(checkpoint / "card.json"),
        data_card=ensemble.card,
        progress=lambda done, total, what: progress.advance(done, total, f"{what}: {done} of {total}"),
    )
    write_audit(record, folder.audit(plan.name))
    return {"verdict": record.verdict, "models": ensemble.count}
