"""Run a study from its plan to its report."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from surfgrad.json_files import read_json
from surfgrad.machine import cores
from surfgrad.study.auditing import audit_stage
from surfgrad.study.comparing import comparison_stage
from surfgrad.study.crew import Processes, Recipe
from surfgrad.study.ensembles import ensemble_stage
from surfgrad.study.folder import StudyFolder, open_folder
from surfgrad.study.gallery import gallery_stage
from surfgrad.study.how_it_ran import begin_run, note_times
from surfgrad.study.observed import Observed, observed_stage, read_observed
from surfgrad.study.plan import Plan, make_plan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Listener, Progress, Silent
from surfgrad.study.schedule import Alone, Crew, run_stages
from surfgrad.study.side_by_side import side_by_side_stage
from surfgrad.study.stage import Stage
from surfgrad.study.summary import summary_stage
from surfgrad.study.training import training_stage

MOST_WORKERS = 16
"""By default: each takes the memory of a training."""


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
    progress: Listener | None = None,
) -> Study:
    """Run the stages of `preset` that are not done yet in folder `out`.

    `observed`: a file of Rayleigh phase velocities (`T c [U]`, s, km/s) to set beside the models. `workers`: stages
    side by side, each in a process of one thread (default: as many as it may use cores, at most 16; 1: in this process;
    with more a script needs the usual `if __name__ == "__main__"`). Raises UsageError when `out` belongs to another
    study, FormatError for a bad observed file, both before anything is written.
    """
    import_module("surfgrad.surrogates")  # says at once, not after an hour of models, that its extra is missing
    given = read_observed(observed) if observed is not None else None
    folder = open_folder(out, preset)
    stages = make_stages(preset, folder, given)
    listener = progress or Silent()
    count = workers or min(cores(), MOST_WORKERS)
    settings = {"out": str(out), "observed": str(observed) if observed is not None else None, "workers": count}
    begin_run(preset, folder, settings)
    with _crew(count, preset, folder, given, listener) as crew:
        records = run_stages(stages, folder, listener, crew)
    # Once more: the report, which shows the times, was not over when it was drawn.
    note_times(folder, records)
    return Study(folder, records)


@contextmanager
def _crew(
    count: int, preset: Preset, folder: StudyFolder, observed: Observed | None, listener: Listener
) -> Iterator[Crew]:
    if count > 1:
        with Processes(count, Recipe(make_stages, (preset, folder, observed), folder), listener) as crew:
            yield crew
        return
    # Sums over threads depend on their number: one, as in a worker.
    with import_module("surfgrad.surrogates.threads").torch_threads(1):
        yield Alone(folder, listener)


def make_stages(preset: Preset, folder: StudyFolder, observed: Observed | None) -> list[Stage]:
    """All of them, in order; the same for the same arguments, in whatever process."""
    plan = make_plan(preset)
    stages = _judgements(plan, preset, folder)
    stages += [gallery_stage(plan, preset, folder), side_by_side_stage(plan, folder)]
    stages.append(observed_stage(observed, plan, folder))
    stages.append(summary_stage(plan, preset, folder, [each.name for each in stages]))
    return [*stages, report_stage(folder, [each.name for each in stages])]


def _judgements(plan: Plan, preset: Preset, folder: StudyFolder) -> list[Stage]:
    """Sets, trainings, audits, comparisons: what waits for little comes late where it is short."""
    train = [each for each in plan.sets if each.role == "train"]
    stages = [ensemble_stage(each, preset, folder) for each in train]
    stages += [training_stage(each, preset, folder) for each in plan.trainings]
    stages += [ensemble_stage(each, preset, folder) for each in plan.test_sets]
    audits = (*plan.exact_audits, *plan.audits)
    stages += [audit_stage(each, plan.find_set(each.test_set), preset, folder) for each in audits]
    return stages + [comparison_stage(each, preset, folder) for each in plan.comparisons]


def report_stage(folder: StudyFolder, others: Sequence[str]) -> Stage:
    """The stage that draws the figures and writes report.html, with the times of the `others`."""

    def run(progress: Progress) -> Mapping[str, Any]:
        from surfgrad.report.page import write_report

        note_times(folder, others)
        write_report(folder.root, progress=lambda done, total: progress.advance(done, total, "figures"))
        return {}

    return Stage("report", "figures and report", run, {}, (folder.report,), needs=("summary",))
