"""A study runs end to end, resumes, leaves every number behind, and refuses folders that are not its own."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.report import fabricated
from tests.report.test_page import check_page
from tests.study.conftest import MICRO, Resumed

from surfgrad.audit.thresholds import VERDICTS
from surfgrad.errors import FormatError, UsageError
from surfgrad.status import Status
from surfgrad.study.run import run_study
from surfgrad.study.summary import DETAILS
from surfgrad.study.tables import TABLES


def _has_litho1() -> bool:
    from surfgrad.earth.litho1 import litho1_columns

    try:
        litho1_columns(1, 0)
    except UsageError:
        return False
    return True


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_an_interrupted_study_keeps_what_was_done(micro: Resumed) -> None:
    before = {name: json.loads(content) for name, content in micro.interrupted.items()}
    assert before["audit-exact--tectonic-test"]["state"] == "interrupted"
    done = [name for name, record in before.items() if record["state"] == "done"]
    assert {"set-tectonic-train", "set-weak-test", "train-grid-tectonic-value-0", "train-grid-weak-value-1"} <= set(
        done
    )
    for name in done:
        assert micro.study.records[name]["skipped"], name
        assert micro.folder.stage(name).read_bytes() == micro.interrupted[name]
    assert "skipped" not in micro.study.records["audit-exact--tectonic-test"]


def test_a_finished_study_runs_nothing_again(micro: Resumed) -> None:
    report = micro.folder.report.stat().st_mtime_ns
    again = run_study(MICRO, micro.folder.root, observed=micro.observed, workers=1)
    assert all(record.get("skipped") or record["state"] == "absent" for record in again.records.values())
    assert micro.folder.report.stat().st_mtime_ns == report


def test_every_surrogate_set_wave_parameter_and_band_has_a_row(micro: Resumed) -> None:
    summary = micro.summary
    networks, sets = 4, 5 if _has_litho1() else 3
    assert len(summary["rows"]) == networks * sets * 2 * 3 * 6
    assert len(summary["exact"]) == sets * 2 * 3 * 6
    places = {
        tuple(row[key] for key in ("surrogate", "test_set", "wave", "parameter", "band")) for row in summary["rows"]
    }
    assert len(places) == len(summary["rows"])
    assert len(summary["audits"]) == networks * sets
    assert ("set-litho1-craton-test" in summary["absent"]) != _has_litho1()


def test_every_row_has_every_number(micro: Resumed) -> None:
    for row in micro.summary["rows"]:
        assert row["verdict"] in VERDICTS
        assert set(row["relative_l2"]) >= {"median", "p95"}
        assert set(row["cosine"]) >= {"median", "p5"}
        assert row["n"] + sum(row["n_excluded"].values()) == row["n_asked"] + sum(
            count for reason, count in row["n_excluded"].items() if reason not in ("VALUE_NAN", "KERNEL_NAN")
        )
        judged = row["n"] > 0
        assert (row["relative_l2"]["median"] is not None) == judged
        assert (row["amplitude_ratio"] is not None) == (judged and (row["wave"], row["parameter"]) != ("love", "vp"))


def test_the_summary_says_where_it_comes_from(micro: Resumed) -> None:
    summary = micro.summary
    assert summary["preset"] == json.loads(json.dumps(MICRO.card()))
    assert summary["seeds"]["weak-train"] != summary["seeds"]["weak-test"]
    assert {"surfgrad", "python", "numpy", "numba", "torch"} <= set(summary["versions"])
    for audit in summary["audits"]:
        value = audit["values"]["overall"]
        if audit["test_set"] == "litho1-ocean-test":
            assert value["mae_km_s"] is None
        else:
            assert value["mae_km_s"] > 0
            assert value["mae_percent"] > 0


def test_what_no_two_runs_share_is_in_a_file_of_its_own(micro: Resumed) -> None:
    run = json.loads(micro.folder.run.read_text())
    assert [each["stage"] for each in run["stages"]][-2:] == ["summary", "report"]
    assert all(each["seconds"] >= 0 and each["cpu_seconds"] >= 0 for each in run["stages"])
    assert run["command"].startswith("surfgrad study --preset micro --out ")
    assert "--observed" in run["command"]
    assert len(_rows(micro.folder.table("stages"))) == len(run["stages"])
    text = micro.folder.summary.read_text()
    assert str(micro.folder.root) not in text
    assert '"seconds":' not in text  # as a key; the limits' reasons may speak of them


@pytest.mark.skipif(not _has_litho1(), reason="the data of LITHO1.0 are not installed")
def test_water_that_a_network_cannot_represent_is_not_judged_and_the_reason_is_counted(micro: Resumed) -> None:
    rows = [each for each in micro.summary["rows"] if each["test_set"] == "litho1-ocean-test"]
    assert rows
    for row in rows:
        assert (row["n"], row["verdict"]) == (0, "CANNOT JUDGE")
        assert row["n_excluded"]["OUTSIDE_DOMAIN"] + row["n_excluded"]["NO_MODE"] == sum(row["n_excluded"].values())
    assert sum(row["n_excluded"]["OUTSIDE_DOMAIN"] for row in rows) > 0
    exact = [each for each in micro.summary["exact"] if each["test_set"] == "litho1-ocean-test"]
    assert any(each["n"] for each in exact)


def test_the_exact_engine_is_its_own_ceiling(micro: Resumed) -> None:
    judged = [each for each in micro.summary["exact"] if each["n"]]
    assert judged
    assert all(each["relative_l2"]["p95"] <= 1e-9 for each in judged)


def test_networks_of_two_priors_are_compared(micro: Resumed) -> None:
    (name,) = micro.summary["comparisons"]
    assert name == "grid-value--tectonic-weak"
    found = json.loads(micro.folder.comparison(name).read_text())
    assert found["seeds"] == {"tectonic": 2, "weak": 2}
    assert {tuple(row["priors"]) for row in found["rows"]} == {("tectonic", "weak")}


def test_every_training_keeps_its_learning_curve_with_kernel_errors(micro: Resumed) -> None:
    for name in micro.summary["surrogates"]:
        curve = _rows(micro.folder.surrogate(name) / "learning_curve.csv")
        assert [int(row["step"]) for row in curve] == [3, 6]
        assert all(float(row["validation_kernel_error"]) > 0 for row in curve)


def test_every_model_and_period_is_accounted_for(micro: Resumed) -> None:
    periods = MICRO.period_array().size
    for name, facts in micro.summary["sets"].items():
        if facts["state"] != "done":
            assert name.startswith("litho1-")
            continue
        for counts in facts["status"].values():
            assert set(counts) == {code.name for code in Status}
            assert sum(counts.values()) == facts["models"] * periods
        assert sum(band["samples"] for band in facts["bands"]) == 2 * facts["models"] * periods
        for band in facts["bands"]:
            assert band["untrapped"] == band["status"]["NO_MODE"]


def test_tables_hold_the_summary_in_flat_form(micro: Resumed) -> None:
    summary = micro.summary
    assert {path.stem for path in micro.folder.root.joinpath("tables").glob("*.csv")} == {*TABLES, *DETAILS, "stages"}
    metrics = _rows(micro.folder.table("metrics"))
    assert len(metrics) == len(summary["rows"])
    for flat, row in zip(metrics, summary["rows"], strict=True):
        median = row["relative_l2"]["median"]
        assert flat["relative_l2_median"] == ("" if median is None else repr(median))
        assert int(flat["n_excluded_NO_MODE"]) == row["n_excluded"]["NO_MODE"]
    values = [row for row in _rows(micro.folder.table("values")) if (row["wave"], row["band"]) == ("all", "all")]
    found = [float(row["mae_km_s"]) if row["mae_km_s"] else None for row in values]
    assert found == [a["values"]["overall"]["mae_km_s"] for a in summary["audits"]]
    engine = _rows(micro.folder.table("engine"))
    assert sum(int(row["models"]) for row in engine) == 2 * sum(
        each.get("models", 0) for each in summary["sets"].values()
    )


def test_the_report_stands_alone(micro: Resumed) -> None:
    text = micro.folder.report.read_text(encoding="utf-8")
    assert check_page(text) == []
    assert text.count("<img ") == len(list((micro.folder.root / "figures").glob("*.svg")))
    assert "curve.txt" in text


def test_the_observed_curve_meets_its_nearest_model(micro: Resumed) -> None:
    facts = micro.summary["observed"]
    assert (facts["n"], facts["n_missing"], facts["n_used"]) == (4, 1, 3)
    assert 0 < facts["nearest_misfit_km_s"] < 2


def test_fabricated_records_have_the_real_ones_keys(micro: Resumed) -> None:
    """Otherwise the tests of the report would test a page that is never made."""
    real, made = micro.summary, fabricated.summary()
    assert set(made) == set(real)
    assert set(made["rows"][0]) == set(real["rows"][0])
    assert set(made["headline"]) == set(real["headline"])
    assert set(made["headline"]["surrogates"]["grid-weak-value-0"]) == set(
        real["headline"]["surrogates"]["grid-weak-value-0"]
    )
    assert set(made["audits"][0]) == set(real["audits"][0])
    _within(made["sets"]["weak-test"], real["sets"]["weak-test"])
    _within(made["surrogates"]["grid-weak-value-0"], real["surrogates"]["grid-weak-value-0"])
    assert set(fabricated.run()) == set(json.loads(micro.folder.run.read_text()))
    _within(made["observed"], real["observed"])


def _within(made: dict[str, Any], real: dict[str, Any]) -> None:
    assert set(made) <= set(real), set(made) - set(real)


def test_a_folder_of_another_size_is_refused(micro: Resumed) -> None:
    with pytest.raises(UsageError, match="other settings of preset 'micro'"):
        run_study(replace(MICRO, train_count=25), micro.folder.root)


def test_a_bad_observed_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("8 3.1\nten 3.2\n")
    with pytest.raises(FormatError, match=r"bad\.txt, line 2: 'ten 3\.2'"):
        run_study(MICRO, tmp_path / "study", observed=tmp_path / "bad.txt")
    assert not (tmp_path / "study").exists()
