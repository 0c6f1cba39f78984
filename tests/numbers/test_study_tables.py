"""From a study's summary to the tables of its page."""

from typing import Any

import pytest
from benchmarks import kept, study_gains, study_tables
from benchmarks.kept import Kept
from tests.numbers.on_study import paragraphs, parts
from tests.numbers.tracing import ROOT

from surfgrad.report.questions.emergence import CAPTION


def row(
    wave: str, band: str, error: float | None, verdict: str, parameter: str = "vs", seed: str = ""
) -> dict[str, Any]:
    """One band; no kernel to compare with where `error` is None."""
    spread = None if error is None else {"median": error, "p95": 9.0}
    facts = {
        "surrogate": f"grid-weak{seed}",
        "test_set": "weak-test",
        "wave": wave,
        "parameter": parameter,
        "band": band,
    }
    cosine = None if error is None else {"median": 1 - error, "p5": 0.0}
    return {**facts, "relative_l2": spread, "cosine": cosine, "verdict": verdict}


@pytest.fixture
def summary() -> dict[str, Any]:
    rows = [
        row("rayleigh", "2-5", 0.5, "FAIL"),
        row("rayleigh", "5-10", 0.02, "PASS"),
        row("love", "2-5", 0.25, "FAIL"),
    ]
    rows += [row("love", "5-10", None, "CANNOT JUDGE"), row("love", "2-5", 7.0, "FAIL", "rho")]
    return {
        "command": "surfgrad study --preset smoke --out somewhere/else",
        "created": "2026-11-30T15:11:51+00:00",
        "versions": {"surfgrad": "0.1.0", "python": "3.11.7", "scipy": "1"},
        "preset": {"name": "smoke"},
        "stages": [{"cpu_seconds": 60.0}, {"cpu_seconds": None}, {"seconds": 9.0}, {"cpu_seconds": 61.0}],
        "headline": {"answer": "in part"},
        "audits": [
            {"surrogate": "grid-weak", "test_set": "weak-test"}
            | {"values": {"overall": {"mae_km_s": 0.0123, "mae_percent": 0.4}}}
        ],
        "rows": rows,
        "answers": [
            {
                "key": "a",
                "title": "Do they?",
                "figure": "emergence",
                "paragraph": "By 12 %.",
                "unanswered": ["Not asked."],
                "numbers": {"n": 12},
            }
        ],
    }


def test_the_excerpt_has_vs_kernels_over_the_bands_and_the_tables_show_them(summary: dict[str, Any]) -> None:
    study = Kept(**study_tables.excerpt(summary))
    (kernels,) = [each for each in study.tables["kernels"] if each["wave"] == "rayleigh"]
    assert kernels["l2_most"] == 0.5
    assert kernels["l2_mean"] == pytest.approx(0.1)
    assert kernels["verdicts"] == {"FAIL": 1, "PASS": 1}
    assert study_tables.results(study).splitlines() == [
        "| network | weak |",
        "| --- | --- |",
        "| grid-weak | 0.500 F / 0.250 F |",
    ]
    assert study_tables.values(study).splitlines()[2:] == ["| grid-weak | 0.012 |"]


def test_a_set_that_cannot_be_judged_or_was_not_asked_is_a_dash(summary: dict[str, Any]) -> None:
    asked = [row("rayleigh", "2-5", None, "CANNOT JUDGE"), row("love", "2-5", None, "CANNOT JUDGE")]
    ocean = [{**each, "test_set": "litho1-ocean-test"} for each in asked]
    other = [{**row("rayleigh", "2-5", 0.01, "PASS"), "surrogate": "paper-weak"}]
    tables = study_tables.excerpt({**summary, "rows": [*summary["rows"], *ocean, *other]})["tables"]
    assert study_tables.results(Kept("", "", {}, "", tables)).splitlines() == [
        "| network | weak | ocean |",
        "| --- | --- | --- |",
        "| grid-weak | 0.500 F / 0.250 F | – |",
        "| paper-weak | 0.010 P | – |",
    ]


def test_what_was_run_is_said(summary: dict[str, Any]) -> None:
    study = Kept(**study_tables.excerpt(summary))
    told = study_tables.told(study)
    assert told.startswith(
        "`surfgrad study --preset smoke --out study/`, 2026-11-30, 2 minutes of processor time (surfgrad 0.1.0,"
    )
    assert told.endswith("*in part*.")


def test_answers_stand_with_what_stayed_open_and_their_figures(
    summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setattr(study_tables, "FIGURES", tmp_path)
    study = Kept(**study_tables.excerpt(summary))
    assert study_tables.answers(study) == "**(a) Do they?** By 12 %.\n\nNot asked."
    (tmp_path / "question-a-emergence.png").touch()
    (tmp_path / "question-b-imprint.png").touch()
    image, caption = study_tables.answers(study).split("\n\n")[2:]
    assert image == "![Do they?](figures/study/question-a-emergence.png)"
    assert caption == f"*{CAPTION}*"


def test_networks_that_differ_in_seed_are_one_row(summary: dict[str, Any]) -> None:
    of_seeds = zip(("-0", "-1", "-2"), (0.1, 0.2, 0.9), strict=True)
    rows = [row("love", "2-5", error, "FAIL", seed=seed) for seed, error in of_seeds]
    audits = [{**summary["audits"][0], "surrogate": each["surrogate"]} for each in rows]
    (found,) = study_tables.excerpt({**summary, "rows": rows, "audits": audits})["tables"]["kernels"]
    assert (found["surrogate"], found["verdicts"], found["l2_most"]) == ("grid-weak", {"FAIL": 3}, 0.2)


def test_command_and_times_may_stand_in_a_file_of_their_own(summary: dict[str, Any]) -> None:
    run = {name: summary[name] for name in ("command", "created", "stages")}
    rest = {name: value for name, value in summary.items() if name not in run}
    assert study_tables.excerpt(rest, run) == study_tables.excerpt(summary)


def test_a_kept_study_stands_on_the_page_and_none_is_said_to_be_none(
    summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    for module in (kept, study_tables):
        monkeypatch.setattr(module, "FOLDER", tmp_path)
    assert study_tables.written()["study: what was run"] == study_tables.NOT_RUN
    kept.write("study", study_tables.excerpt(summary))
    assert "0.500 F /" in study_tables.written()["study: results"]
    summary["rows"][0]["relative_l2"]["median"] = 0.4
    kept.write("study", study_tables.excerpt(summary))
    assert "0.400 F /" in study_tables.written()["study: results"]


def test_gains_are_of_pairs_that_differ_in_the_loss_alone() -> None:
    values = [
        {"surrogate": f"{name}-{loss}", "test_set": f"{test}-test", "mae_km_s": error}
        for name, loss, test, error in [
            ("scale-free-weak", "value", "weak", 0.010),
            ("scale-free-weak", "value", "litho1-craton", 0.060),
            ("scale-free-weak", "sobolev", "weak", 0.020),
            ("scale-free-weak", "sobolev", "litho1-craton", 0.005),
            ("grid-weak", "value", "weak", 0.010),
        ]
    ]
    kernels = [
        {"surrogate": f"scale-free-weak-{loss}", "test_set": test, "wave": wave, "l2_mean": error}
        for loss, test, wave, error in [
            ("value", "weak-test", "rayleigh", 0.3),
            ("value", "litho1-craton-test", "rayleigh", 99.0),
            ("value", "weak-test", "love", None),
            ("sobolev", "weak-test", "rayleigh", 0.1),
            ("sobolev", "weak-test", "love", 0.1),
        ]
    ]
    found = study_gains.gains(kept.Kept("", "", {}, "", {"values": values, "kernels": kernels}))
    assert found.splitlines() == [
        "| architecture, prior | vs kernels, own prior | values: weak | values: craton |",
        "| --- | --- | --- | --- |",
        "| `scale-free`, weak | 3.0 / – | 0.5* | 12.0 |",
    ]


def test_the_readme_quotes_the_study() -> None:
    said = paragraphs(kept.kept("study"))
    some, kinds = parts(said["a"], r"emerge in (\d+) of (\d+) kinds")
    fail, good = parts(said["e"], r"Of (\d+) that fail strictly it gives (\d+) a cosine")
    (where,) = parts(said["a"], r"They emerge in ([^.]*)\.")
    assert all(each.startswith("scale-free, ") for each in where.split("; "))
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert f"kernels emerge from values alone in {some} of {kinds} kinds" in text
    assert f"{good} of {fail} medians that fail strictly look good" in text
