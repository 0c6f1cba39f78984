"""`surfgrad audit` as a user meets it."""

import json

import numpy as np
import pytest

from surfgrad.audit.store import read_audit
from surfgrad.cli.app import main
from surfgrad.ensembles import from_models

from .test_exact import MODELS


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("audit") / "test.zarr"
    from_models(MODELS, path, source="rough crusts", periods=np.arange(2.0, 61.0, 2.0), workers=1)
    return path


def asked(store, out, *options):
    """Quickly: no figures, no inversions."""
    return ["audit", "exact", "--data", str(store), "--out", str(out), "--no-figures", "--parts", "taylor", *options]


def test_the_engine_passes_its_own_audit(store, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["audit", "exact", "--data", str(store), "--out", str(tmp_path / "audit")]) == 0
    record = read_audit(tmp_path / "audit")
    assert record.verdict == "PASS"
    assert max(row["relative_l2"]["p95"] for row in record.rows) <= 1e-9
    figures = {path.stem for path in (tmp_path / "audit").glob("*.png")}
    assert figures == {"verdicts", "kernels", "worst-kernels", "spectrum", "taylor", "consequence"}, "no common layers"
    assert record.summary["data_card"]["audited"] == {"count": 10, "seed": 0, "of": 10}
    text = capsys.readouterr().out
    assert "PASS: kernels PASS, halfspace PASS, values PASS, identities PASS" in text
    assert "taylor PASS, consequence PASS" in text
    assert "Of the imprint nothing can be judged: The surrogate's card names no training prior." in text
    assert max(len(line) for line in text.splitlines() if "half-space" in line) <= 80
    tables = text[: text.index("velocities of 10 models judged")].splitlines()
    assert max(len(line.rstrip()) for line in tables if not line.startswith("Of the imprint")) <= 80
    assert "…" not in text
    assert "posterior_width" in text


def test_only_the_parts_that_are_asked_for(store, tmp_path, capsys):
    assert main(asked(store, tmp_path / "audit")) == 0
    assert {each["part"] for each in read_audit(tmp_path / "audit").scores} == {"taylor"}
    text = capsys.readouterr().out
    assert "taylor PASS" in text
    assert "consequence" not in text
    assert list((tmp_path / "audit").glob("*.png")) == []


def test_figures_of_an_earlier_audit_do_not_stay(store, tmp_path):
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "imprint.png").write_text("of last year")
    assert main(asked(store, tmp_path / "audit")) == 0
    assert not (tmp_path / "audit" / "imprint.png").exists()


def test_an_interrupted_audit_leaves_nothing(store, tmp_path, monkeypatch):
    def stop(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("surfgrad.audit.run.run_further", stop)
    assert main(asked(store, tmp_path / "audit")) == 130
    assert not (tmp_path / "audit").exists()


def test_count_seed_and_periods(store, tmp_path):
    options = ["--count", "4", "--seed", "7", "--periods", "5:25:5,40"]
    assert main(asked(store, tmp_path / "audit", *options)) == 0
    record = read_audit(tmp_path / "audit")
    assert record.summary["periods"] == [5, 10, 15, 20, 25, 40]
    assert record.summary["n_models"] == 4
    drawn = np.sort(np.random.default_rng(7).choice(10, size=4, replace=False))
    np.testing.assert_array_equal(record.examples.vs[record.examples.index == 0][0], MODELS[2][drawn[0]])


def test_fail_on_turns_the_verdict_into_an_exit_code(store, tmp_path):
    limits = tmp_path / "limits.json"
    limits.write_text(
        json.dumps({"homogeneity": {"good": 0.0, "fair": 0.0}, "value_mae": {"good": -2.0, "fair": -1.0}})
    )
    given = asked(store, tmp_path / "audit", "--thresholds", str(limits))
    assert main(given) == 0
    assert read_audit(tmp_path / "audit").verdict == "FAIL"
    assert main([*given, "--fail-on", "fail"]) == 1
    assert main(asked(store, tmp_path / "audit", "--fail-on", "fail")) == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--count", "0"], "--count, --seed: 0 and 0 given"),
        (["--outside", "guess"], "outside is 'guess'"),
        (["--fail-on", "always"], "--fail-on: 'always' given"),
        (["--periods", "0"], "0"),
        (["--bands", "5,2"], "bands: 5,2 given; two or more rising periods"),
        (["--bands", "2,wide"], "--bands"),
        (["--parts", "imprint,magic"], "--parts: 'magic' is not one of imprint, spectral, taylor, consequence"),
        (["--noise", "0"], "--noise: 0 given"),
        (["--starts", "0"], "--inversions, --starts: 16 and 0 given"),
        (["--prior", "sphere"], "sphere"),
        (["--thresholds", "nowhere.json"], "nowhere.json"),
        (["--data", "nowhere.zarr"], "nowhere.zarr"),
    ],
)
def test_bad_input_is_one_line_and_two(store, tmp_path, capsys, options, words):
    out = tmp_path / "audit"
    assert main(["audit", "exact", "--data", str(store), "--out", str(out), *options]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert words in lines[0]
    assert not out.exists()


def test_a_missing_checkpoint_is_named(store, tmp_path, capsys):
    pytest.importorskip("torch", reason="checkpoints are read by the torch extra")
    assert main(["audit", str(tmp_path / "none"), "--data", str(store), "--out", str(tmp_path / "audit")]) == 2
    assert "none" in capsys.readouterr().err


def test_an_audit_is_not_written_into_what_it_judges(store, tmp_path, capsys):
    network = tmp_path / "ckpt"
    network.mkdir()
    for out, what in ((network, "CKPT"), (store, "--data")):
        before = sorted(path.name for path in out.iterdir())
        assert main(["audit", str(network), "--data", str(store), "--out", str(out)]) == 2
        assert f"--out: {str(out)!r} is {what} too; another name is allowed" in capsys.readouterr().err
        assert sorted(path.name for path in out.iterdir()) == before
