"""The prior command: its words and JSON against the library, its figure, and bad input."""

import json

import numpy as np
import pytest

from surfgrad.earth.priors import PRIORS, get_prior, prior_subspace


def test_json_holds_card_and_spectrum_of_the_library(run, tmp_path):
    out, plot = tmp_path / "p.json", tmp_path / "p.png"
    result = run("prior", "weak", "--count", 120, "--seed", 3, "--out", out, "--plot", plot)
    assert (result.code, result.err) == (0, "")
    found = json.loads(out.read_text())
    expected = prior_subspace("weak", 120, seed=3)
    assert found["card"] == json.loads(json.dumps(get_prior("weak").card()))
    assert found["spectrum"]["directions_holding"] == {str(s): expected.holding(s) for s in (0.99, 0.999, 0.9999)}
    np.testing.assert_allclose(found["spectrum"]["variance"], expected.variance, rtol=1e-5, atol=1e-300)
    assert f"99 %: {expected.holding(0.99)}" in result.out
    assert "trapped" not in found
    assert plot.stat().st_size > 20_000


def test_share_trapped_is_counted_by_the_engine(run, tmp_path):
    out = tmp_path / "p.json"
    result = run("prior", "near_surface", "--count", 20, "--solve", 3, "--out", out)
    assert result.code == 0
    assert "both waves 100.00 %" in result.out
    assert json.loads(out.read_text())["trapped"]["models"] == 1.0


def test_without_a_name_all_are_listed(run):
    result = run("prior")
    assert result.code == 0
    assert [line.split(" ")[0] for line in result.out.splitlines()] == list(PRIORS)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["flat"], "'flat'"),
        (["mixture:weak=0.5,flat=0.5"], "'flat'"),
        (["weak", "--count", "1"], "--count"),
        (["weak", "--count", "10000000000"], "--count: 10000000000 given; at most 100000 is allowed"),
        (["weak", "--solve", "-1"], "--solve"),
        (["weak", "--seed", "-1"], "--seed"),
        (["weak", "--plot", "p.doc"], "--plot"),
        (["--out", "p.json"], "NAME"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(run, tmp_path, monkeypatch, arguments, word):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("prior", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert word in err
    assert not list(tmp_path.iterdir())
