"""Every number on the pages that compare and report comes from somewhere: word for word in tables, traced in prose."""

import re
from collections.abc import Callable

import pytest
from benchmarks import kept, pages
from tests.numbers import on_accuracy, on_emergence, on_peers, on_study
from tests.numbers.tracing import NUMBER, ROOT, Sources, lies, prose, untraced

PAGES: dict[str, Callable[[], Sources]] = {
    "docs/peers.md": on_peers.peers,
    "docs/coming-from.md": on_peers.coming_from,
    "README.md": on_peers.readme,
    "docs/accuracy.md": on_accuracy.accuracy,
    "docs/emergence.md": on_emergence.emergence,
    "docs/study.md": on_study.study,
}
CHAPTER = {"README.md": "Beside other solvers"}
"""Of pages that are about much else."""


def read(name: str) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    if name not in CHAPTER:
        return text
    return text.partition(f"\n## {CHAPTER[name]}\n")[2].partition("\n## ")[0]


def test_tables_are_what_the_kept_results_say() -> None:
    assert pages.differing() == [], "python -m benchmarks.pages fills them in"
    assert set(PAGES) <= set(pages.written())


@pytest.mark.parametrize("name", PAGES)
def test_every_number_in_the_prose_is_traced(name: str) -> None:
    assert untraced(read(name), PAGES[name]()) == []


@pytest.mark.parametrize("name", PAGES)
def test_one_digit_changed_anywhere_in_the_prose_is_noticed(name: str) -> None:
    sources, changed = PAGES[name](), lies(read(name))
    assert len(changed) == len(NUMBER.findall(prose(read(name))))
    assert all(untraced(page, sources) for page in changed)


def test_one_digit_changed_in_a_table_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pages.written()
    for page, tables in honest.items():
        for name, text in tables.items():
            for found in list(re.finditer(r"\d", text))[::97]:
                lie = f"{text[: found.start()]}{(int(found[0]) + 1) % 10}{text[found.end() :]}"
                monkeypatch.setattr(pages, "written", lambda page=page, name=name, lie=lie: {page: {name: lie}})
                assert pages.differing() == [f"{page}: {name}"]


def test_a_changed_result_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = kept.kept("peers")
    found.tables["curves"][0]["ms"] += 0.01
    monkeypatch.setattr(pages, "kept", lambda name: found if name == "peers" else kept.kept(name))
    assert pages.differing() == ["docs/peers.md: peers: curves"]


def test_a_number_that_its_file_does_not_have_is_noticed() -> None:
    held = {"benchmarks/peers.py": ["to 7.77 of it"]}
    assert untraced("It is right to 7.77 of it.", Sources(held=held)) == [
        "7.77 of 'to 7.77 of it' is not in benchmarks/peers.py"
    ]


def test_results_say_what_made_them() -> None:
    for path in sorted(kept.FOLDER.glob("*.json")):
        result = kept.kept(path.stem)
        assert result.command, path
        assert {"python", "surfgrad"} <= set(result.versions), path
        assert all(result.tables.values()), path
    for path in sorted(kept.FOLDER.glob("*.csv")):
        assert path.read_text(encoding="utf-8").startswith("# python -m benchmarks."), path


def test_what_is_kept_comes_back(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    rows = [{"name": "a, b", "x": 0.1 + 0.2, "none": float("nan"), "counts": [1, 2]}]
    kept.keep("some", "python -m some", {"rows": rows})
    assert kept.kept("some").tables["rows"] == [{"name": "a, b", "x": 0.3, "none": None, "counts": [1, 2]}]
    assert kept.kept("some").command == "python -m some"
