"""Verdicts at a glance: counts over seeds and sets, the middle error, and a ground as wide as the shares."""

from typing import Any

import pytest
from tests.report import fabricated

from surfgrad.errors import FormatError
from surfgrad.report.networks import apart, in_words, kind_of, kinds_of, shared
from surfgrad.report.overview import Share, make_overview


def summary(verdicts: list[str], errors: list[float | None]) -> dict[str, Any]:
    """A seed for each verdict, of one kind, judged in one place and band."""
    names = [f"scale-free-weak-value-{k}" for k in range(len(verdicts))]
    place = {"test_set": "weak-test", "wave": "rayleigh", "parameter": "vs", "band": "2-5"}
    found = zip(names, verdicts, errors, strict=True)
    rows = [fabricated.row({"surrogate": name} | place, verdict, error) for name, verdict, error in found]
    audits = [{"surrogate": name, "test_set": "weak-test", "scope": "own prior"} for name in names]
    return {"rows": rows, "audits": audits}


def only(given: dict[str, Any]) -> Share:
    ((_, (share,)),) = make_overview(given).blocks[0].lines
    return share


def test_seeds_are_counted_together() -> None:
    share = only(summary(["PASS", "PASS", "MARGINAL", "FAIL"], [0.01, 0.05, 0.25, 3.0]))
    assert (share.number, share.word) == ("0.15", "2 of 4")
    assert share.detail == "2 pass, 1 marginal, 1 fail, 0 not judged"
    stops = ("var(--pass) 0% 50%", "var(--marginal) 50% 75%", "var(--fail) 75% 100%")
    assert share.ground == f"linear-gradient(90deg, {', '.join(stops)})"


def test_what_could_not_be_judged_counts_for_nothing() -> None:
    share = only(summary(["PASS", "CANNOT JUDGE"], [0.01, 9.0]))
    assert (share.number, share.word) == ("0.01", "1 of 1")
    assert share.detail.endswith("1 not judged")
    none = only(summary(["CANNOT JUDGE", "CANNOT JUDGE"], [0.01, None]))
    assert (none.number, none.word, none.ground) == ("\N{EN DASH}", "not judged", "var(--none)")


def test_a_failure_without_a_number_counts() -> None:
    share = only(summary(["FAIL"], [None]))
    assert (share.number, share.word) == ("\N{EN DASH}", "0 of 1")


def test_kernels_of_love_vp_are_left_out() -> None:
    given = summary(["PASS", "FAIL"], [0.01, 9.0])
    for each in given["rows"]:
        each["parameter"] = "vp"
    given["rows"][0]["wave"] = "love"
    share = only(given)
    assert (share.number, share.word) == ("9.00", "0 of 1")


def test_every_other_row_of_a_summary_is_counted() -> None:
    whole = fabricated.summary()
    overview = make_overview(whole)
    assert overview.scopes == ["own prior", "other prior"]
    shares = [share for block in overview.blocks for _, line in block.lines for share in line]
    counted = [sum(int(part.split()[0]) for part in share.detail.split(", ")) for share in shares]
    assert sum(counted) == sum((row["wave"], row["parameter"]) != ("love", "vp") for row in whole["rows"])


def test_what_networks_share_is_said_once() -> None:
    two = ["grid-weak-value-0", "grid-weak-sobolev-0"]
    assert shared(two) == "grid, seed 0"
    assert apart(two) == {two[0]: "weak, values alone", two[1]: "weak, taught kernels"}
    several = ["grid-weak-value-0", "scale-free-weak-value-1"]
    assert shared(several) == ""
    assert apart(several)[several[1]] == "scale-free, weak, values alone, seed 1"


def test_names_in_words() -> None:
    assert in_words("scale-free-mixture-sobolev-2") == "scale-free, mixture, taught kernels, seed 2"
    assert kind_of("grid-weak-value-0").title == "grid, weak prior, values alone"
    kinds = kinds_of(["grid-weak-value-0", "grid-weak-sobolev-0", "grid-weak-value-1"])
    assert [len(each) for each in kinds.values()] == [2, 1]
    with pytest.raises(FormatError, match="'net': a study's are called architecture-prior-loss-seed"):
        kind_of("net")
