"""What `surfgrad cite` says is what CITATION.cff says."""

import re
from collections.abc import Callable
from pathlib import Path

import surfgrad
from surfgrad.cli.citation import AUTHOR, REFERENCES, TITLE

CFF = (Path(__file__).resolve().parents[2] / "CITATION.cff").read_text(encoding="utf-8")


def test_titles_authors_and_years_are_those_of_the_file() -> None:
    assert re.findall(r'title: "(.+)"', CFF) == [TITLE, *(each.title for each in REFERENCES)]
    assert re.findall(r'- name: "(.+)"', CFF) == [AUTHOR]
    assert re.findall(r"family-names: (.+)", CFF) == [name for each in REFERENCES for name in each.authors]
    assert re.findall(r"year: (\d+)", CFF) == [str(each.year) for each in REFERENCES]
    assert re.findall(r'journal: "(.+)"', CFF) == [each.journal for each in REFERENCES if each.journal]
    assert re.findall(r"volume: (\d+)", CFF) == [str(each.volume) for each in REFERENCES if each.volume]


def test_both_by_default(run: Callable) -> None:
    code, out, err = run("cite")
    assert (code, err) == (0, "")
    assert f"Version {surfgrad.__version__}" in out
    assert out.count("@article{") == len(REFERENCES)
    assert out.count("{") == out.count("}")


def test_one_format_to_a_file(run: Callable, tmp_path: Path) -> None:
    assert run("cite", "--format", "bibtex", "--out", tmp_path / "s.bib").code == 0
    text = (tmp_path / "s.bib").read_text(encoding="utf-8")
    assert text.startswith("@software{surfgrad,")
    assert "If you use" not in text


def test_another_format_is_refused(run: Callable) -> None:
    code, out, err = run("cite", "--format", "ris")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "bibtex" in err
