"""What a referee asks of a study beside its own answers: how far each rests on choices that its numbers do not show.

Run from the repository root: `python -m benchmarks.study_checks STUDY`, the folder of a study that has run to its end,
keeps the numbers that docs/study.md quotes. Nothing is trained or audited again.
"""

import argparse
import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.kept import Record, keep

from surfgrad.audit.thresholds import Thresholds
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import Plan, make_plan
from surfgrad.study.presets import get_preset
from surfgrad.study.questions import View, view_of
from surfgrad.study.questions.consequence import METRICS, TASKS
from surfgrad.study.questions.rule import judge_rule
from surfgrad.study.questions.samples import KERNEL, Samples, gather

SEED_AND_FACTORS = re.compile(r"-[a-z]+-[a-z]+-\d+$")
"""What follows the architecture in a network's name: prior, loss and seed."""
LIMITS = (0.95, 0.98, 0.99)
"""Of the published cosine."""


def protocol(rows: Sequence[Mapping[str, str]]) -> list[Record]:
    """Of vs kernels that fail strictly, and of those that pass, how many have a cosine above a limit: of the strict
    profile, and of the smoothed one down to 110 km."""
    vs = [each for each in rows if each["parameter"] == "vs" and each["paper_cosine"]]
    found = []
    for verdict in ("FAIL", "PASS"):
        own = [each for each in vs if each["verdict"] == verdict]
        for limit in LIMITS:
            strict, published = (
                sum(float(each[name]) >= limit for each in own) for name in ("cosine_median", "paper_cosine")
            )
            place = {"verdict": verdict, "limit": limit, "medians": len(own)}
            found.append({**place, "strict": strict, "published": published})
    return found


def missing(rows: Sequence[Mapping[str, str]]) -> list[Record]:
    """By architecture: bands whose vs verdict is of values that the network did not give, not of its error; and the
    largest share that is missing of any band."""
    limits = Thresholds().table["relative_l2"]
    vs = [each for each in rows if each["parameter"] == "vs" and each["relative_l2_median"]]
    found = []
    for architecture in dict.fromkeys(SEED_AND_FACTORS.sub("", each["surrogate"]) for each in vs):
        own = [each for each in vs if SEED_AND_FACTORS.sub("", each["surrogate"]) == architecture]
        worse = sum(
            float(each["relative_l2_median"])
            <= {"MARGINAL": limits.good, "FAIL": limits.fair}.get(each["verdict"], -1.0)
            for each in own
        )
        most = max(float(each["missing"]) for each in own)
        found.append({"architecture": architecture, "bands": worse, "of": len(own), "most": most})
    return found


def seeds(view: View) -> list[Record]:
    """By comparison of two priors, of vs: scatter of a seed about its prior's mean, W / sqrt 2, over the error against
    the engine, both medians over waves and bands on both priors' test sets."""
    found = []
    for name, several in view.comparisons().items():
        kind, pair = name.split("--")
        architecture, loss = kind.rsplit("-", 1)
        priors = several[0]["rows"][0]["priors"]
        apart = [e["median"] for e in several[0]["rows"] if (e["metric"], e["parameter"]) == ("between_seeds", "vs")]
        errors = [
            row["relative_l2"]["median"]
            for network, place, audit in view.every_audit()
            if (network.cell.architecture, network.cell.loss) == (architecture, loss)
            and network.cell.prior in priors
            and place in [f"{each}-test" for each in priors]
            for row in audit["rows"]
            if row["parameter"] == "vs"
        ]
        scatter, error = float(np.median(apart)) / np.sqrt(2), float(np.median(errors))
        place = {"architecture": architecture, "loss": loss, "priors": pair}
        found.append({**place, "scatter": float(scatter), "error": error, "share": float(scatter / error)})
    return found


def weights_kept(view: View) -> list[Record]:
    """By kind: held-out errors at the step that was kept and at the last one, and of kernels halfway; medians."""
    found = []
    for cell in view.cells:
        cards = [view.training(each.name) for each in view.of(cell)]
        histories = [each["history"] for each in cards]
        kept = [
            next(e for e in history if e["step"] == card["best_step"])
            for card, history in zip(cards, histories, strict=True)
        ]
        last, half = [each[-1] for each in histories], [each[len(each) // 2] for each in histories]
        found.append(
            {
                **cell._asdict(),
                "kept_step": _middle(each["best_step"] for each in cards),
                "steps": _middle(each["steps"] for each in cards),
                "value_kept": _middle(each["validation_mae_km_s"] for each in kept),
                "value_last": _middle(each["validation_mae_km_s"] for each in last),
                "kernel_kept": _middle(each["validation_kernel_error"] for each in kept),
                "kernel_last": _middle(each["validation_kernel_error"] for each in last),
                "kernel_half": _middle(each["validation_kernel_error"] for each in half),
            }
        )
    return found


def rules(view: View) -> list[Record]:
    """R^2 of the rule of question (f) by kind of network, with and without the distance to the prior."""
    found = []
    for loss in ("value", "sobolev"):
        samples = gather(view, loss, KERNEL)
        cells = [each for each in view.cells if each.loss == loss]
        for kind, cell in enumerate(cells):
            if samples is not None and (samples.kind == kind).any():
                told = judge_rule(_of_kind(samples, kind))
                measures = {"with_distance": told["r_squared"]["value"], "without": told["blind"]["value"]}
                found.append({**cell._asdict(), **measures})
    return found


def _of_kind(samples: Samples, kind: int) -> Samples:
    inside = samples.kind == kind
    error, features, model, half = (getattr(samples, name)[inside] for name in ("error", "features", "model", "half"))
    return Samples(error, features, np.zeros(len(error), dtype=np.int64), model, half)


def inversions(view: View) -> list[Record]:
    """By architecture and loss, on the own prior: how many kinds have medians within the limits of each task."""
    found: dict[tuple[str, str], Record] = {}
    for cell in view.cells:
        audits = view.audits(cell, view.home(cell))
        limits = audits[0]["thresholds"]["metrics"]
        middles = {
            name: _middle(e["median"] for audit in audits for e in audit["scores"] if e["metric"] == name)
            for name in METRICS
        }
        place = {"architecture": cell.architecture, "loss": cell.loss}
        row = found.setdefault((cell.architecture, cell.loss), {**place, "kinds": 0, **dict.fromkeys(TASKS, 0)})
        row["kinds"] += 1
        for task, names in TASKS.items():
            row[task] += all(_within(middles[name], limits[name]) for name in names)
    return list(found.values())


def _within(value: float, limit: Mapping[str, Any]) -> bool:
    return (max(value, 1.0 / value) if limit["reading"] == "times" else value) <= limit["good"]


def times(plan: Plan, stages: Sequence[Mapping[str, str]]) -> list[Record]:
    """Computing time of taught trainings over that of values alone, by architecture: least and most over pairs."""
    spent = {each["stage"]: float(each["cpu_seconds"]) for each in stages if each["cpu_seconds"]}
    found = []
    for architecture in plan.levels("architecture"):
        pairs = [
            (spent[f"train-{each.name}"], spent[f"train-{each.name.replace('-sobolev-', '-value-')}"])
            for each in plan.select(architecture=architecture, loss="sobolev")
        ]
        ratios = [taught / alone for taught, alone in pairs]
        seconds = [each for pair in pairs for each in pair]
        found.append(
            {
                "architecture": architecture,
                "least": min(ratios),
                "most": max(ratios),
                "seconds_least": min(seconds),
                "seconds_most": max(seconds),
            }
        )
    return found


def hard_cases(view: View, families: Sequence[str]) -> list[Record]:
    """Love vs kernels of boundary models by family, 2-5 s: the least error that a kind of network has."""
    by_kind = []
    for cell in view.cells:
        held = [view.arrays(each.name, "boundary-test") for each in view.of(cell)]
        errors = [
            e["model_relative_l2"].sel(wave="love", parameter="vs", band="2-5").values for e in held if e is not None
        ]
        middle = np.median(errors, axis=0)
        by_kind.append([float(np.nanmedian(middle[k :: len(families)])) for k in range(len(families))])
    least = np.min(by_kind, axis=0)
    return [{"family": name, "error": float(each)} for name, each in zip(families, least, strict=True)]


def _middle(values: Iterable[float | None]) -> float:
    return float(np.median([each for each in values if each is not None]))


def main() -> None:
    """Keep them."""
    from surfgrad.study.boundary import FAMILIES

    parser = argparse.ArgumentParser(prog="python -m benchmarks.study_checks")
    parser.add_argument("study", type=Path)
    root = parser.parse_args().study
    preset = json.loads((root / "summary.json").read_text(encoding="utf-8"))["preset"]["name"]
    plan = make_plan(get_preset(preset))
    view = view_of(plan, StudyFolder(root))
    metrics, stages = (_table(root / "tables" / f"{name}.csv") for name in ("metrics", "stages"))
    tables = {
        "protocol": protocol(metrics),
        "missing": missing(metrics),
        "seeds": seeds(view),
        "weights_kept": weights_kept(view),
        "rules": rules(view),
        "inversions": inversions(view),
        "times": times(plan, stages),
        "hard_cases": hard_cases(view, [name for name, _ in FAMILIES]),
    }
    keep("study_checks", "python -m benchmarks.study_checks study/", tables)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
