"""report.html is one well-formed file that needs nothing else and says what the summary says."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.report import fabricated

from surfgrad.errors import FormatError
from surfgrad.report.page import Drawn, render, write_report
from surfgrad.report.plates import make_plates
from surfgrad.report.reading import read_study
from surfgrad.report.svg import data_uri

SCRIPTS = 2
"""The explorer's data and the explorer."""
_VOID = {"meta", "img", "br", "hr", "link", "input", "col", "wbr"}


class Checker(HTMLParser):
    """Finds unclosed and crossed tags, repeated identifiers, and everything that would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.problems: list[str] = []
        self.identifiers: list[str] = []
        self.targets: list[str] = []
        self.sources: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.identifiers.append(value or "")
            elif name in ("src", "srcset", "data", "action", "poster") or (name == "href" and tag != "a"):
                self.sources.append(value or "")
            elif name == "href":
                self.targets.append(value or "")
        if tag not in _VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack.pop() != tag:
            self.problems.append(tag)


def check_page(text: str) -> list[str]:
    """Everything that is wrong with a page that must stand alone; the end-to-end test uses it, too."""
    checker = Checker()
    checker.feed(text)
    problems = [f"crossed or unopened tag {tag}" for tag in checker.problems] + [f"unclosed {t}" for t in checker.stack]
    repeated = {each for each in checker.identifiers if checker.identifiers.count(each) > 1}
    problems += [f"repeated id {each}" for each in repeated]
    problems += [
        f"fetches {each[:60]}" for each in checker.sources if not each.startswith("data:image/svg+xml;base64,")
    ]
    inner = [each for each in checker.targets if not each.startswith("#") or each[1:] not in checker.identifiers]
    problems += [f"leads nowhere: {each}" for each in inner]
    problems += [f"forbidden tag {tag}" for tag in {"iframe", "object", "embed"} & set(checker.tags)]
    if checker.tags.count("script") != SCRIPTS:
        problems.append(f"{checker.tags.count('script')} scripts, of which {SCRIPTS} are ours")
    problems += [f"style fetches {each}" for each in re.findall(r"@import[^;]*|url\([^)]*\)", text)]
    return problems


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    record = read_study(fabricated.write_study(tmp_path_factory.mktemp("page") / "study"))
    picture = data_uri("<svg xmlns='http://www.w3.org/2000/svg'/>")
    return render(record, [Drawn(plate, n, picture) for n, plate in enumerate(make_plates(record), start=1)])


def test_no_caption_has_a_place_that_was_not_filled_in(page: str) -> None:
    captions = re.findall(r"<figcaption>.*?</figcaption>", page, re.DOTALL)
    assert len(captions) > 5
    assert [each for each in captions if "{" in each] == []


def test_the_page_is_well_formed_and_stands_alone(page: str) -> None:
    assert check_page(page) == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("<img src='https://example.org/a.png'>", "fetches"),
        ("<link rel='stylesheet' href='style.css'>", "fetches"),
        ("<script>1</script>", "3 scripts"),
        ("<script src='a.js'></script>", "fetches"),
        ("<iframe></iframe>", "forbidden"),
        ("<p><b></p>", "crossed"),
        ("<p id='verdicts'></p>", "repeated"),
        ("<a href='#nowhere'>x</a>", "nowhere"),
        ("<style>@import 'x.css';</style>", "style"),
    ],
)
def test_the_check_rejects(page: str, harm: str, said: str) -> None:
    assert any(said in problem for problem in check_page(page.replace("</main>", harm + "</main>")))


def test_words_from_outside_stay_words(page: str) -> None:
    assert "<script>alert" not in page
    assert "weak &lt;script&gt;" in page
    assert page.count("</script>") == SCRIPTS
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["sets"][1]["title"] == fabricated.summary()["sets"]["weak-test"]["title"]


def test_every_verdict_has_its_colour_and_its_word(page: str) -> None:
    cells = re.findall(r'<td class="([a-z-]+)" title="[^"]*"><b>([^<]*)</b><i>([^<]*)</i>', page)
    assert len(cells) == len(fabricated.rows())
    shown = set(cells)
    assert shown == {
        ("pass", "0.05", "pass"),
        ("marginal", "0.20", "marginal"),
        ("fail", "250", "fail"),
        ("cannot-judge", "–", "not judged"),
    }


def test_the_page_says_what_is_missing_and_how_to_make_it_again(page: str) -> None:
    assert "litho1-test: not installed" in page
    assert "surfgrad study --preset smoke --out study" in page
    assert "4 March 2026" in page
    assert "1 min 01 s" in page


def test_numbers_that_do_not_exist_are_dashes(page: str) -> None:
    assert "None" not in page
    text = re.sub(r"<(style|script)[ >].*?</\1>", "", page, flags=re.DOTALL)
    assert "nan" not in text.replace("provenance", "")


def test_a_study_without_an_observed_curve_has_no_such_section(tmp_path: Path) -> None:
    record = read_study(fabricated.write_study(tmp_path / "study", with_observed=False))
    text = render(record, [])
    assert 'id="observed"' not in text
    assert check_page(text) == []


def test_a_missing_summary_and_a_damaged_record_are_named(tmp_path: Path) -> None:
    root = fabricated.write_study(tmp_path / "study")
    (root / "records" / "kernels.nc").write_bytes(b"not a file of this kind")
    with pytest.raises(FormatError, match=r"kernels\.nc: missing or damaged"):
        read_study(root)
    summary = json.loads((root / "summary.json").read_text())
    (root / "summary.json").write_text(
        json.dumps({key: summary[key] for key in summary if key not in ("rows", "seeds")})
    )
    with pytest.raises(FormatError, match=r"summary\.json: has no rows, seeds; it is damaged"):
        read_study(root)
    (root / "summary.json").write_text('{"format": "other"}')
    with pytest.raises(FormatError, match=r"summary\.json: not a study's file"):
        read_study(root)
    (root / "summary.json").unlink()
    with pytest.raises(FormatError, match=r"summary\.json: not found"):
        write_report(root)
    assert not (root / "report.html").exists()
