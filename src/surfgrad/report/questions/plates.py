"""The questions' figures as plates of the report."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from matplotlib.figure import Figure

from surfgrad.report.plate import Plate
from surfgrad.report.questions import conditions, consequence, emergence, imprint, information, protocol, remedy

SECTION = "answers"
_FIGURES = {
    "emergence": emergence,
    "imprint": imprint,
    "remedy": remedy,
    "consequence": consequence,
    "protocol": protocol,
    "conditions": conditions,
    "information": information,
}


def question_plates(summary: Mapping[str, Any]) -> Iterator[Plate]:
    """A plate for each answer of the summary, in its order; a study without answers has none."""
    for answer in summary.get("answers", []):
        figure = _FIGURES[answer["figure"]]
        yield Plate(SECTION, name_of(answer), figure.CAPTION, _drawing(figure.plot, answer["numbers"]))


def name_of(answer: Mapping[str, Any]) -> str:
    """The figure's file name without its ending."""
    return f"question-{answer['key']}-{answer['figure']}"


def _drawing(plot: Callable[[Mapping[str, Any]], Figure], numbers: Mapping[str, Any]) -> Callable[[], Figure]:
    return lambda: plot(numbers)
