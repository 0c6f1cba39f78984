"""Many points at once: the same as one by one, and no point lost or done twice after a stop."""

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.curves import ObservedCurves
from surfgrad.curves.points import has_points, read_points
from surfgrad.ensembles.runner import Runner
from surfgrad.errors import FormatError, UsageError
from surfgrad.inversion import batch, part_of_points
from surfgrad.inversion.batch import invert_batch
from surfgrad.inversion.models import Options, prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.optimum import find_optimum
from surfgrad.inversion.part_of_points import BatchPlan
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.reach import reach_of
from surfgrad.inversion.table_of_points import pooled, table_of_points

PERIODS = np.geomspace(5.0, 40.0, 7)


def points(count=5):
    """Crusts of rising vs; each second one lacks two periods, and the third has Love waves instead."""
    made = []
    for i in range(count):
        vs = np.array([2.9, 3.6, 4.5]) * (1.0 + 0.01 * i)
        wave = "love" if i == 2 else "rayleigh"
        kept = PERIODS[2:] if i % 2 else PERIODS[::-1]
        c = sg.phase_velocity([4.0, 25.0, 0.0], 1.75 * vs, vs, [2.5, 2.8, 3.3], kept, wave=wave)
        made.append((f"p{i}", observations(ObservedCurves(wave, "phase", 0, kept, c, 0.03))))
    return made


def prior():
    return prior_of("spline:4", reach_of(pooled(points())), Options(fine=12))


def test_a_point_among_others_is_what_it_is_alone():
    given = points()
    found = part_of_points.invert_points(
        table_of_points(given), ExactPhysics(table_of_points(given).rows), prior(), starts=2, seed=0
    )
    for i, (_, observed) in enumerate(given):
        target = Posterior(observed, ExactPhysics(observed), prior(), noise_of(observed))
        alone = find_optimum(target, starts=2)
        np.testing.assert_allclose(found.fit.x[i], alone.x, atol=2e-3)
        np.testing.assert_allclose(found.covariance[i], alone.covariance, atol=5e-3)


def test_an_interrupted_batch_loses_and_repeats_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "PART", 2)
    plan = BatchPlan(starts=1, draws=20)
    whole = invert_batch(points(), prior(), plan, tmp_path / "whole")
    asked = []
    original = part_of_points.invert_points

    def counted(table, *rest, **more):
        if len(asked) == 2:
            raise KeyboardInterrupt
        asked.append(table.names)
        return original(table, *rest, **more)

    monkeypatch.setattr(part_of_points, "invert_points", counted)
    with pytest.raises(KeyboardInterrupt):
        invert_batch(points(), prior(), plan, tmp_path / "cut")
    assert not (tmp_path / "cut" / "points.nc").exists()
    assert asked == [("p0", "p1"), ("p2", "p3")]
    asked.clear()
    resumed = invert_batch(points(), prior(), plan, tmp_path / "cut")
    assert asked == [("p4",)]
    assert resumed.identical(whole)
    assert resumed["point"].values.tolist() == ["p0", "p1", "p2", "p3", "p4"]


def test_a_part_of_other_data_or_another_plan_or_damaged_is_done_again(tmp_path, monkeypatch):
    invert_batch(points(2), prior(), BatchPlan(starts=1, draws=0), tmp_path)
    asked = []
    original = part_of_points.invert_points
    monkeypatch.setattr(part_of_points, "invert_points", lambda *a, **k: (asked.append(1), original(*a, **k))[1])
    invert_batch(points(2), prior(), BatchPlan(starts=1, draws=0), tmp_path, runner=Runner(workers=2))
    assert not asked
    invert_batch(points(3)[1:], prior(), BatchPlan(starts=1, draws=0), tmp_path)
    invert_batch(points(3)[1:], prior(), BatchPlan(starts=2, draws=0), tmp_path)
    (tmp_path / "parts" / "part-00000.nc").write_bytes(b"cut off")
    invert_batch(points(3)[1:], prior(), BatchPlan(starts=2, draws=0), tmp_path)
    assert len(asked) == 3


def test_a_point_whose_data_nothing_can_give_is_nan_and_harms_no_other(tmp_path):
    stray = observations(ObservedCurves("rayleigh", "phase", [0, 9], [5.0, 90.0], [3.0, 4.0], 0.1))
    found = invert_batch([*points(2), ("stray", stray)], prior(), BatchPlan(starts=1, draws=10), tmp_path)
    assert np.isnan(found["chi_square_per_datum"].sel(point="stray"))
    assert np.isnan(found["vs"].sel(point="stray")).all()
    assert (found["chi_square_per_datum"].values[:2] < 1).all()
    assert np.isfinite(found["vs_over_depth"].values[:2]).all()


def test_names_tell_points_apart(tmp_path):
    with pytest.raises(UsageError, match="'p0' given twice"):
        invert_batch([points(1)[0]] * 2, prior(), BatchPlan(), tmp_path)


TABLE = """point,wave,kind,mode,period_s,velocity_km_s,sigma_km_s
b,rayleigh,phase,0,10,3.2,0.1
a,love,phase,0,20,3.6,
b,rayleigh,phase,0,20,3.5,0
a,love,phase,0,30,nan,0.1
"""


def test_a_table_of_points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(TABLE)
    assert has_points(TABLE.splitlines())
    (first, b), (second, a) = read_points(path)
    assert (first, second) == ("b", "a")
    np.testing.assert_array_equal(b.period_s, [10, 20])
    assert np.isnan(b.sigma[1])
    assert len(a) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",love,phase,0,20,3.6,0.1", "line 6: point is empty"),
        ("a,love,phase,0,20,3.6", "line 6: 6 values given"),
        ("a,love,phase,0,-2,3.6,0.1", "line 6: period"),
    ],
)
def test_what_is_wrong_in_it_is_named_by_its_line(tmp_path, row, words):
    path = tmp_path / "points.csv"
    path.write_text(TABLE + row + "\n")
    with pytest.raises(FormatError, match=words):
        read_points(path)


@pytest.fixture(scope="module")
def address():
    distributed = pytest.importorskip("distributed")
    options = {"processes": False, "dashboard_address": None, "protocol": "inproc"}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **options) as cluster:
        yield cluster.scheduler_address


@pytest.mark.parametrize("sees_the_folder", [True, False])
def test_a_cluster_gives_the_same_to_the_last_bit_and_goes_on_after_a_stop(
    address, sees_the_folder, tmp_path, monkeypatch
):
    monkeypatch.setattr(batch, "PART", 2)
    plan, cluster = BatchPlan(starts=1, draws=20), Runner(scheduler=address)
    here = invert_batch(points(), prior(), plan, tmp_path / "here")
    asked = []
    original = part_of_points.invert_points

    def counted(table, *rest, **more):
        asked.append(table.names)
        return original(table, *rest, **more)

    monkeypatch.setattr(part_of_points, "invert_points", counted)
    if not sees_the_folder:  # parts are sent back, and written here
        monkeypatch.setattr("surfgrad.inversion.part_files.PartFiles.visible", lambda self: False)

    def stop(done, _):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        invert_batch(points(), prior(), plan, tmp_path / "there", progress=stop, runner=cluster)
    assert not (tmp_path / "there" / "points.nc").exists()
    kept = {each.name for each in (tmp_path / "there" / "parts").glob("*.nc")}
    assert kept
    asked.clear()
    told = []
    there = invert_batch(points(), prior(), plan, tmp_path / "there", lambda *each: told.append(each), cluster)
    assert len(asked) <= 3 - 1
    assert told[-1:] in ([(5, 5)], [])
    assert there.identical(here)
    assert not here.identical(here.assign(rms=here["rms"] * (1 + 1e-15)))


def test_nobody_at_the_address_of_a_cluster(tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match="no scheduler answers"):
        invert_batch(points(1), prior(), BatchPlan(), tmp_path / "r", runner=Runner(scheduler="nonsense://x"))
    assert not (tmp_path / "r").exists()


@pytest.mark.slow
def test_a_worker_that_dies_on_the_way_costs_nothing(tmp_path, monkeypatch):
    """Processes of their own, as on other machines; one is killed when the first part is done."""
    pytest.importorskip("distributed")
    from tests.ensembles.cluster import Cluster

    monkeypatch.setattr(batch, "PART", 1)
    plan, many = BatchPlan(starts=2, draws=20), points(12)
    common = prior_of("spline:4", reach_of(pooled(many)), Options(fine=12))
    whole = invert_batch(many, common, plan, tmp_path / "whole")
    with Cluster(tmp_path) as cluster:
        killed = []

        def kill_once(done, _):
            if not killed:
                killed.append(done)
                cluster.kill("worker-0")

        found = invert_batch(many, common, plan, tmp_path / "r", kill_once, Runner(scheduler=cluster.address))
    assert killed[0] < 12
    assert found.identical(whole)
