"""The report shows each answer: the paragraph that its numbers make, and a figure drawn from them."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from tests.report import fabricated
from tests.report.test_page import check_page
from tests.study.questions.conftest import Answers

from surfgrad.report.page import Drawn, render
from surfgrad.report.plates import make_plates
from surfgrad.report.questions.plates import question_plates
from surfgrad.report.reading import read_study
from surfgrad.report.svg import data_uri
from surfgrad.study.questions import QUESTIONS


@pytest.fixture(scope="module")
def study(imprinted_answers: Answers, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = fabricated.write_study(tmp_path_factory.mktemp("answered") / "study")
    summary = fabricated.summary() | {"answers": list(imprinted_answers.values())}
    (root / "summary.json").write_text(json.dumps(summary, allow_nan=False))
    return root


@pytest.fixture(scope="module")
def page(study: Path) -> str:
    record, picture = read_study(study), data_uri("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return render(record, [Drawn(plate, n, picture) for n, plate in enumerate(make_plates(record), start=1)])


def paragraphs(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'<p class="paragraph">(.*?)</p>', page, re.DOTALL)]


def test_paragraphs_of_the_page_are_made_again_from_summary_json(study: Path, page: str) -> None:
    stored = json.loads((study / "summary.json").read_text())["answers"]
    again = [each.paragraph(answer["numbers"]) for each, answer in zip(QUESTIONS, stored, strict=True)]
    assert paragraphs(page) == again
    assert len(set(again)) == 7
    assert paragraphs(page.replace("certainly smaller", "certainly larger")) != again


def test_the_page_with_answers_is_well_formed(page: str) -> None:
    assert check_page(page) == []


def test_answers_come_after_the_verdicts_each_with_its_figure(page: str) -> None:
    places = [page.index(f'id="{name}"') for name in ("verdicts", "answers", "question-a", "question-g", "values")]
    assert places == sorted(places)
    for key in "abcdefg":
        section = page[page.index(f'id="question-{key}"') :].split("</section>")[0]
        assert section.count("<figure") == 1
    assert "Figure 1." in page[page.index('id="question-a"') :].split("</section>")[0]


@pytest.mark.parametrize("world", ["imprinted", "perfect", "empty"])
def test_every_figure_is_drawn_whatever_there_is(world: str, request: pytest.FixtureRequest) -> None:
    answers = request.getfixturevalue(f"{world}_answers")
    for plate in question_plates({"answers": list(answers.values())}):
        figure = plate.draw()
        figure.draw_without_rendering()
        assert all(axes.get_xlabel() or shares_a_label(axes, figure) for axes in figure.axes), plate.name
        assert "Figure" not in plate.caption


def shares_a_label(axes: Axes, figure: Figure) -> bool:
    """Whether an axis below it, of the same scale, is labelled."""
    return any(axes.get_shared_x_axes().joined(axes, other) and other.get_xlabel() for other in figure.axes)


def drawn(answers: Answers, key: str) -> Figure:
    return next(iter(question_plates({"answers": [answers[key]]}))).draw()


def test_depth_is_down_and_has_its_unit(imprinted_answers: Answers) -> None:
    axes = next(each for each in drawn(imprinted_answers, "b").axes if each.get_ylabel() == "Depth (km)")
    bottom, top = axes.get_ylim()
    assert bottom > top == 0


def points(figure: Figure) -> set[tuple[float, float]]:
    return {
        (float(x), float(y))
        for axes in figure.axes
        for line in axes.get_lines()
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }


def test_figures_hold_the_numbers(imprinted_answers: Answers) -> None:
    curves = imprinted_answers["a"]["numbers"]["curves"][0]["seeds"][0]
    assert set(zip(curves["value"], curves["kernel"], strict=True)) <= points(drawn(imprinted_answers, "a"))
    ratios = {each["ratio"] for each in imprinted_answers["c"]["numbers"]["losses"] if each["what"] == "vs"}
    assert ratios <= {x for x, _ in points(drawn(imprinted_answers, "c"))}
    shifts = {each["posterior_shift"]["median"] for each in imprinted_answers["d"]["numbers"]["cells"]}
    assert shifts <= {x for x, _ in points(drawn(imprinted_answers, "d"))}
    first: Any = imprinted_answers["g"]["numbers"]["cells"][0]["singular"]
    assert {(k + 1.0, each) for k, each in enumerate(first) if each is not None} <= points(
        drawn(imprinted_answers, "g")
    )
