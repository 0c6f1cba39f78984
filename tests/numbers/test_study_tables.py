"""From a study's summary to the tables of its page."""

from typing import Any

import pytest
from benchmarks import kept, study_tables
from benchmarks.kept import Kept

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
    lines = study_tables.results(study).splitlines()[2:]
    assert lines == [
        "| grid-weak | weak-test | rayleigh | 0.012 | 0.020 to 0.500 | 0.500 to 0.980 | 1 FAIL, 1 PASS |",
        "| grid-weak | weak-test | love | 0.012 | 0.250 to 0.250 | 0.750 to 0.750 | 1 CANNOT JUDGE, 1 FAIL |",
    ]
    told = study_tables.told(study)
    assert told.startswith(
        "`surfgrad study --preset smoke --out study/`, 2026-11-30, 2 minutes of processor time (surfgrad 0.1.0,"
    )
    assert told.endswith("*in part*.")


def test_of_many_networks_the_own_prior_stands_beside_all_others(
    summary: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_tables, "MOST_ROWS", 5)
    one = {"surrogate": "scale-free-weak-value-0"}
    sets = {"weak-test": 1.0, "tectonic-test": 2.0, "boundary-test": 4.0}
    summary["rows"] = [
        row("love", "2-5", 0.1 * factor, "PASS" if factor == 1.0 else "FAIL") | one | {"test_set": name, "wave": wave}
        for name, factor in sets.items()
        for wave in ("love", "rayleigh")
    ]
    summary["audits"] = [
        one | {"test_set": name, "values": {"overall": {"mae_km_s": 0.01 * factor, "mae_percent": None}}}
        for name, factor in sets.items()
    ]
    lines = study_tables.results(Kept(**study_tables.excerpt(summary))).splitlines()[2:]
    assert lines == [
        "| scale-free-weak-value | own prior | 0.010 to 0.010 | 0.100 to 0.100 | 0.900 to 0.900 | 2 PASS |",
        "| scale-free-weak-value | all others | 0.020 to 0.040 | 0.200 to 0.400 | 0.600 to 0.800 | 4 FAIL |",
    ]


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
    assert (found["surrogate"], found["seeds"], found["verdicts"]) == ("grid-weak", 3, {"FAIL": 3})
    assert (found["l2_least"], found["l2_most"], found["cosine_most"]) == (0.2, 0.2, 0.8)


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
    assert "0.020 to 0.500" in study_tables.written()["study: results"]
    summary["rows"][1]["relative_l2"]["median"] = 0.03
    kept.write("study", study_tables.excerpt(summary))
    assert "0.030 to 0.500" in study_tables.written()["study: results"]
