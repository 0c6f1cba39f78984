"""The judge of `python -m benchmarks.truth`: a little of its work, and engines that lie to it."""

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.truth import fixed, report
from benchmarks.truth.chunks import TRIPLES, Chunk, chunks, examine
from benchmarks.truth.families import FAMILIES
from benchmarks.truth.judge import Value, judge, values
from benchmarks.truth.precise import compare
from benchmarks.truth.tally import LIMITS, Tally
from tests.reference.all_roots import all_roots

import surfgrad as sg
from surfgrad.status import Status

SHORT = tuple(name for name in FAMILIES if "prior" not in name and name not in ("1000 layers", "ak135 and PREM"))


def drawn(family: str, seed: int) -> tuple[list[Value], Tally]:
    """What the engine says of one model."""
    tally = Tally()
    model, periods = FAMILIES[family][0](np.random.default_rng(seed))
    return values(tuple(np.asarray(column, float) for column in model), periods, tally), tally


@pytest.mark.parametrize("family", SHORT)
def test_every_family_stands_before_the_judge(family):
    found, tally = drawn(family, 70)
    judge(found, tally)
    assert tally.counts["triples"] == len(found) == 24
    assert not tally.failures()
    assert tally.worst["c"].count == sum(np.isfinite(value.velocity) for value in found)


def lied(family: str, seed: int, lie) -> dict[str, list[str]]:
    """What the judge finds wrong when every value of a model is replaced by a lie about it (None: leave it alone)."""
    found, tally = drawn(family, seed)
    lies = [other for other in map(lie, found) if other is not None]
    assert lies
    judge(lies, tally)
    return tally.cases


def test_the_next_mode_is_rejected():
    def next_mode(value: Value) -> Value | None:
        c = sg.phase_velocity(*value.model, [value.period], wave=value.wave, mode=value.mode + 1)[0]
        return replace(value, velocity=float(c)) if np.isfinite(c) else None

    cases = lied("ordinary layers", 71, next_mode)
    assert {"wrong branch", "no root at the value"} <= set(cases)


def test_a_value_left_out_or_made_up_is_rejected():
    def left_out(value: Value) -> Value | None:
        return replace(value, velocity=np.nan, status=Status.NO_MODE) if np.isfinite(value.velocity) else None

    def made_up(value: Value) -> Value | None:
        top = float(value.model[2][-1])
        return replace(value, velocity=0.99 * top, status=Status.OK) if np.isnan(value.velocity) else None

    assert set(lied("ordinary layers", 71, left_out)) == {"NaN where the branch exists"}
    assert "value where there is no root" in lied("ordinary layers", 70, made_up)


@pytest.mark.parametrize(
    ("status", "reason"), [(Status.MULTIPLE, "wrong MULTIPLE"), (Status.CLOSE_MODES, "wrong CLOSE_MODES")]
)
def test_a_wrong_status_is_rejected(status, reason):
    def lie(value: Value) -> Value | None:
        return replace(value, status=status) if value.status == Status.OK else None

    assert set(lied("ordinary layers", 71, lie)) == {reason}


def test_statuses_left_out_are_rejected():
    def lie(value: Value) -> Value | None:
        return replace(value, status=Status.OK) if value.status in (Status.MULTIPLE, Status.CLOSE_MODES) else None

    folded = next(seed for seed in range(99) if _has("backward waves", seed, Status.MULTIPLE))
    close = next(seed for seed in range(99) if _has("identical channels", seed, Status.CLOSE_MODES))
    assert "wrong MULTIPLE" in lied("backward waves", folded, lie)
    assert "wrong OK" in lied("identical channels", close, lie)


def _has(family: str, seed: int, status: Status) -> bool:
    return any(value.status == status for value in drawn(family, seed)[0])


def test_a_faster_root_of_the_same_branch_is_rejected():
    def fastest(value: Value) -> Value | None:
        w = 2 * np.pi / value.period
        roots = all_roots(value.model, w, value.wave, value.mode)
        if value.status != Status.MULTIPLE or len(roots.brackets) < 2:
            return None
        return replace(value, velocity=float(w / roots.brackets[0].mean()))

    seed = next(seed for seed in range(99) if _has("backward waves", seed, Status.MULTIPLE))
    assert "wrong branch" in lied("backward waves", seed, fastest)


@pytest.mark.parametrize("shift", [3e-10, -3e-10])
def test_a_velocity_off_by_little_more_than_promised_is_measured(shift):
    found, tally = drawn("deep low-velocity channel", 72)
    found = [replace(value, velocity=value.velocity * (1 + shift)) for value in found if np.isfinite(value.velocity)]
    judge(found, tally)
    assert tally.worst["c"].over == len(found) > 5
    assert 2e-10 < tally.worst["c"].error <= 5e-10
    assert any("c off by" in failure for failure in tally.failures())


def test_group_velocity_and_ellipticity_are_measured(monkeypatch):
    found = [value for value in drawn("ordinary layers", 71)[0] if np.isfinite(value.velocity)][:6]
    honest, lying = Tally(), Tally()
    compare(found, honest)
    assert not honest.failures()
    assert honest.worst["U"].count == 6
    group, ratio = sg.group_velocity, sg.ellipticity
    monkeypatch.setattr(sg, "group_velocity", lambda *model, **asked: group(*model, **asked) * (1 + 1e-8))
    monkeypatch.setattr(sg, "ellipticity", lambda *model, **asked: ratio(*model, **asked) * (1 + 1e-6))
    compare(found, lying)
    assert lying.worst["U"].over == 6
    assert lying.worst["H/V"].over == lying.worst["H/V"].count > 0


def test_only_a_surface_that_stands_still_needs_no_ellipticity(monkeypatch):
    moving = [value for value in drawn("ordinary layers", 71)[0] if value.wave == "rayleigh" and value.mode == 0]
    still = [value for seed in range(5) for value in drawn("identical channels", seed)[0] if value.wave == "rayleigh"]
    monkeypatch.setattr(sg, "ellipticity", lambda *model, **asked: np.array([np.nan]))
    tallies = [Tally(), Tally()]
    for tally, values_found in zip(tallies, (moving, still), strict=True):
        compare([value for value in values_found if np.isfinite(value.velocity)], tally)
    assert tallies[0].worst["H/V"].over == 3
    assert tallies[1].counts["surface stands still"] > 3
    assert tallies[1].worst["H/V"].over > 0


def test_an_exception_is_counted_not_raised(monkeypatch):
    def broken(*model, **asked):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(sg, "dispersion", broken)
    _, tally = drawn("ordinary layers", 71)
    assert tally.counts["exceptions"] == 8
    assert "on purpose" in tally.failures()[0]


def test_closed_forms_are_met_and_a_miss_is_reported():
    rows = fixed.rows()
    assert len(rows) >= 2
    assert not report.failures({}, rows)
    assert report.failures({}, [("made up", 1e-9, 1e-10), ("nothing", np.nan, 1e-10)])


def test_chunks_share_out_what_was_asked_and_repeat_themselves():
    work = chunks(20_000, seed=3)
    assert len(work) * TRIPLES >= 20_000
    assert {chunk.family for chunk in work} == set(FAMILIES)
    assert work == chunks(20_000, seed=3)
    one, two = (examine(Chunk("strong contrast", 1, 3))[1] for _ in range(2))
    assert one == two
    assert one.counts != examine(Chunk("strong contrast", 2, 3))[1].counts


def test_tallies_add_up_and_tables_hold_them():
    left, right = Tally(), Tally()
    for tally, error in ((left, 1e-12), (right, 3e-9)):
        tally.count("triples", 10)
        tally.worst["c"].take(error, f"case {error}")
    right.fail("wrong branch", "a case")
    right.count("folds", 7)
    left.add(right)
    assert left.counts["triples"] == 20
    assert (left.worst["c"].count, left.worst["c"].over, left.worst["c"].error) == (2, 1, 3e-9)
    table = report.families({"some": left})
    assert "| some | 20 |" in table
    assert table.endswith("right: 7 values.")
    assert f"3e-09 (1 over {LIMITS['c']:.0e}), 2" in table
    assert len(left.failures()) == 2
