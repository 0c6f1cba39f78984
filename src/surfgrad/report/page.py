"""report.html: one file that needs nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surfgrad.files import replacing
from surfgrad.report import numbers, words
from surfgrad.report.explorer import explorer_data
from surfgrad.report.matrix import make_matrices
from surfgrad.report.overview import make_overview
from surfgrad.report.plate import Plate
from surfgrad.report.plates import make_plates
from surfgrad.report.print_files import save_for_print
from surfgrad.report.questions.plates import SECTION as ANSWERS
from surfgrad.report.questions.plates import name_of
from surfgrad.report.reading import StudyRecord, read_study
from surfgrad.report.svg import data_uri, svg
from surfgrad.report.templating import environment, script, script_data, style

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Drawn:
    """A plate with its picture and number; `tall`: higher than wide, or nearly, so that in print it wants a page."""

    plate: Plate
    number: int
    source: str
    tall: bool = False


def write_report(root: str | Path, *, progress: Progress | None = None) -> Path:
    """Draw the figures of the study in `root` (figures/*.svg, .pdf, .png) and write report.html; returns its path.

    Everything comes from summary.json and records/*.nc; FormatError where one is missing or damaged.
    """
    root = Path(root)
    record = read_study(root)
    (root / "figures").mkdir(exist_ok=True)
    plates = _in_page_order(make_plates(record))
    drawn = []
    for number, plate in enumerate(plates, start=1):
        figure = plate.draw()
        document = svg(figure, plate.name)
        with replacing(root / "figures" / f"{plate.name}.svg") as temporary:
            temporary.write_text(document, encoding="utf-8")
        save_for_print(figure, root / "figures", plate.name)
        width, height = figure.get_size_inches()
        drawn.append(Drawn(plate, number, data_uri(document), tall=bool(height > 0.9 * width)))
        if progress is not None:
            progress(number, len(plates))
    page = render(record, drawn)
    with replacing(root / "report.html") as temporary:
        temporary.write_text(page, encoding="utf-8")
    return root / "report.html"


SECTIONS = (ANSWERS, "values", "kernels", "sets", "observed", "more")


def _in_page_order(plates: list[Plate]) -> list[Plate]:
    return sorted(plates, key=lambda plate: SECTIONS.index(plate.section))


def render(record: StudyRecord, drawn: list[Drawn]) -> str:
    """The page's text from the record and its pictures."""
    return environment().get_template("report.html").render(_context(record, drawn))


def _reasons(summary: Mapping[str, Any]) -> list[str]:
    """Reasons for which any sample's velocity was left out."""
    counts = [audit["values"]["overall"]["n_excluded"] for audit in summary["audits"]]
    return [name for name in dict.fromkeys(name for each in counts for name in each) if any(c[name] for c in counts)]


_KINDS = {"set": "models and curves", "train": "trainings", "audit": "audits", "compare": "comparisons of priors"}


def times_by_kind(stages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """How many stages of a kind there were, and their processor time, s; one of its own kind has its own title."""
    found: dict[str, dict[str, Any]] = {}
    for each in stages:
        title = _KINDS.get(each["stage"].split("-")[0], each["title"])
        entry = found.setdefault(title, {"title": title, "count": 0, "seconds": 0.0})
        entry["count"] += 1
        entry["seconds"] += each["cpu_seconds"]
    return list(found.values())


def _context(record: StudyRecord, drawn: list[Drawn]) -> Mapping[str, Any]:
    summary, shown = record.summary, record.shown
    return {
        "s": shown,
        "run": record.run,
        "style": style(),
        "titles": record.titles,
        "matrices": make_matrices(shown["rows"], record.titles),
        "plates": {name: [each for each in drawn if each.plate.section == name] for name in SECTIONS},
        "answered": [{**each, "plate": name_of(each)} for each in summary.get("answers", [])],
        "explorer": script_data(explorer_data(record.arrays["kernels"], record.titles)),
        "script": script(),
        "answer": words.answer(summary),
        "done": words.what_was_done(summary),
        "found": words.what_was_found(summary),
        "networks": words.by_kind(summary),
        "overview": make_overview(summary),
        "protocol": words.paper_protocol(summary),
        "verdicts": words.all_verdicts(summary),
        "reasons": _reasons(shown),
        "absences": words.absences(summary),
        "seeds": words.seeds(summary),
        "verdict_words": numbers.VERDICT_WORDS,
        "times": times_by_kind(record.run["stages"]),
        "seconds": sum(each["cpu_seconds"] for each in record.run["stages"]),
    }
