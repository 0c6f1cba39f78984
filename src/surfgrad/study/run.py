"""Run a study from its plan to its report."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from surfgrad.study.auditing import audit_stage
from surfgrad.study.ensembles import ensemble_stage
from surfgrad.study.folder import StudyFolder, open_folder, read_json, write_json
from surfgrad.study.gallery import gallery_stage
from surfgrad.study.observed import observed_stage, read_observed
from surfgrad.study.plan import Plan, make_plan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress, Silent
from surfgrad.study.side_by_side import side_by_side_stage
from surfgrad.study.stage import Stage, run_stages
from surfgrad.study.summary import summary_stage, timings
from surfgrad.study.training import training_stage


@dataclass(frozen=True)
class Study:
    """A study that has run: its folder, and the record of each of its stages."""

    folder: StudyFolder
    records: Mapping[str, Mapping[str, Any]]

    @property
    def summary(self) -> Any:
        """What summary.json holds."""
        return read_json(self.folder.summary)


def run_study(
    preset: Preset,
    out: str | Path,
    *,
    observed: str | Path | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Study:
    """Run the stages of `preset` that are not done yet in folder `out`.

    `observed`: a file of Rayleigh phase velocities (`T c [U]`, s, km/s) to set beside the models. `workers`: threads
    (default: as many as there are cores, at most 16). Raises UsageError when `out` belongs to another study,
    FormatError for a bad observed file, both before anything is written.
    """
    import_module("surfgrad.surrogates")  # says at once, not after an hour of models, that its extra is missing
    given = read_observed(observed) if observed is not None else None
    folder = open_folder(out, preset)
    plan = make_plan(preset)
    threads = workers or min(os.cpu_count() or 1, 16)
    settings = {"out": str(out), "observed": str(observed) if observed is not None else None}
    stages = make_stages(plan, preset, folder, threads)
    stages.append(observed_stage(given, plan, folder))
    names = [each.name for each in stages]
    stages.append(summary_stage(plan, preset, folder, settings, names))
    stages.append(report_stage(folder))
    records = run_stages(stages, folder, progress or Silent())
    # The last two stages are not over when they write: their times are added behind them.
    write_json(folder.summary, read_json(folder.summary) | {"stages": timings(records)})
    return Study(folder, records)


def make_stages(plan: Plan, preset: Preset, folder: StudyFolder, workers: int) -> list[Stage]:
    """Everything before the summary, in order."""
    stages = [ensemble_stage(each, preset, folder, workers) for each in plan.sets]
    stages += [training_stage(each, preset, folder, workers) for each in plan.trainings]
    stages += [audit_stage(each, folder) for each in plan.audits]
    return [*stages, gallery_stage(plan, preset, folder), side_by_side_stage(plan, folder)]


def report_stage(folder: StudyFolder) -> Stage:
    """The stage that draws the figures and writes report.html."""

    def run(progress: Progress) -> Mapping[str, Any]:
        from surfgrad.report.page import write_report

        write_report(folder.root, progress=lambda done, total: progress.advance(done, total, "figures"))
        return {}

    return Stage("report", "figures and report", run, {}, (folder.report,), needs=("summary",))
