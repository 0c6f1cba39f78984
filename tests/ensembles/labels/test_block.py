"""Labels against two other routes: differences of the certified velocity, and kernels from energy integrals."""

from collections.abc import Callable

import numpy as np
import pytest
from tests.ensembles.labels.solved import CONTEXT, PERIODS, POOL, WAVES, Arrays, slow_bottom, solve, weak_models

import surfgrad
from surfgrad.ensembles.labels import Plan, arrays, directions, label_block
from surfgrad.ensembles.labels.derivatives import log_kernels
from surfgrad.ensembles.labels.rounding import rounded
from surfgrad.status import Status

PLAN = Plan(directions=8, periods=3, kernels=2)
MODELS = weak_models(3)
SOLVED = solve(MODELS)
Block = dict[str, np.ndarray]


def block(models: Arrays = MODELS, plan: Plan = PLAN, first: int = 0, seed: int = 5, threads: int = 1) -> Block:
    velocity, status = SOLVED if models is MODELS else solve(models)
    return label_block(models, velocity, status, plan, seed, first, context=CONTEXT, threads=threads)


def vectors(found: Block) -> np.ndarray:
    """(n, D, 3, L), as whoever reads the store rebuilds them."""
    return directions(found["direction_kind"], found["direction_weight"], found["direction_place"], POOL, 256)


def moved(models: Arrays, along: np.ndarray, step: float) -> Arrays:
    """The models, `step` along a direction (n, 3, L) in log parameters."""
    thickness, *parameters = models
    factors = np.exp(step * along)
    vp, vs, rho = (values * factors[:, row] for row, values in enumerate(parameters))
    return thickness, vp, vs, rho


def differences(models: Arrays, along: np.ndarray, step: float = 0.02) -> np.ndarray:
    """(n, W, T): d ln c along a direction, from solved velocities alone; error of order step^6 (Richardson)."""

    def central(e: float) -> np.ndarray:
        up, down = (np.log(solve(moved(models, along, sign * e))[0]) for sign in (1.0, -1.0))
        return (up - down) / (2 * e)

    wide, middle, narrow = central(step), central(step / 2), central(step / 4)
    first, second = (4 * middle - wide) / 3, (4 * narrow - middle) / 3
    return (16 * second - first) / 15


def worst_against_differences(found: Block) -> float:
    """Largest error of `dlnc` over the largest value of its wave and period."""
    v = vectors(found)
    worst = 0.0
    for direction in range(v.shape[1]):
        slope = differences(MODELS, v[:, direction])
        there = np.take_along_axis(slope, found["label_period"].astype(int)[:, None], axis=2)
        size = np.abs(found["dlnc"]).max(axis=3)
        worst = max(worst, float(np.max(np.abs(found["dlnc"][..., direction] - there) / size)))
    return worst


def unrounded(found: Block) -> Block:
    """The same labels in double precision, from the kernels that they are made of."""
    chosen = found["label_period"].astype(int)
    speed = np.take_along_axis(SOLVED[0], chosen[:, None], axis=2)
    kernels = [log_kernels(MODELS, PERIODS[chosen], speed[:, row], wave, 1) for row, wave in enumerate(WAVES)]
    return {**found, "dlnc": np.einsum("nwtpl,ndpl->nwtd", np.stack(kernels, axis=1), vectors(found))}


def worst_against_energy(found: Block) -> float:
    """Largest error of whole kernels over their largest value, against energy integrals of the eigenfunctions."""
    worst = 0.0
    for sample in range(len(found["kernel"])):
        for pick, kernel in zip(found["kernel_pick"][sample], found["kernel"][sample], strict=True):
            wave, label = divmod(int(pick), PLAN.periods)
            period = PERIODS[found["label_period"][sample, label]]
            model = [values[sample] for values in MODELS]
            other = surfgrad.phase_kernels(*model, [period], wave=WAVES[wave], per="log", method="energy")
            truth = np.stack([other["vp"][0], other["vs"][0], other["rho"][0]])
            worst = max(worst, float(np.max(np.abs(kernel - truth)) / np.max(np.abs(truth))))
    return worst


def test_labels_are_the_derivatives_of_the_velocity():
    found = block()
    assert worst_against_differences(unrounded(found)) < 1e-9
    assert worst_against_differences(found) < 1.2e-7  # of single precision


def test_whole_kernels_are_those_of_the_energy_route():
    assert worst_against_energy(block()) < 2.0**-13 * 1.001  # of rounding


def test_labels_are_the_kernels_along_the_directions():
    found = block()
    along = np.einsum("skpl,sdpl->skd", found["kernel"].astype(float), vectors(found))
    wave, label = np.divmod(found["kernel_pick"].astype(int), PLAN.periods)
    mine = found["dlnc"][np.arange(3)[:, None], wave, label]
    size = np.linalg.norm(found["kernel"], axis=(2, 3))[..., None]  # directions have norm 1
    np.testing.assert_allclose(along / size, mine / size, rtol=0, atol=2.0**-13)
    assert np.abs(mine / size).max() > 0.1


def test_rounding_is_as_small_as_it_says():
    values = np.random.default_rng(0).normal(size=10000) * 10.0 ** np.random.default_rng(1).uniform(-20, 3, 10000)
    kept = rounded(values)
    assert kept.dtype == np.float32
    error = np.abs(kept / values - 1)
    assert 0.9 * 2.0**-13 < error.max() < 1.001 * 2.0**-13
    assert (kept.view(np.uint32) & 0x7FF == 0).all()
    np.testing.assert_array_equal(rounded([np.nan, 0.0, -np.inf, 1.5]), np.array([np.nan, 0.0, -np.inf, 1.5]))


def per_km(found: Block) -> Block:
    """Whoever divides a kernel by thickness before summing it."""
    return {**found, "dlnc": found["dlnc"] / 0.5, "kernel": found["kernel"] / 0.5}


def flipped(found: Block) -> Block:
    return {**found, "dlnc": -found["dlnc"], "kernel": -found["kernel"]}


def swapped(found: Block) -> Block:
    """vs and vp in the wrong order."""
    return {
        **found,
        "direction_weight": found["direction_weight"][..., [1, 0, 2]],
        "kernel": found["kernel"][:, :, [1, 0, 2]],
    }


def other_wave(found: Block) -> Block:
    return {**found, "dlnc": found["dlnc"][:, ::-1], "kernel": found["kernel"][::-1]}


def other_period(found: Block) -> Block:
    return {**found, "dlnc": found["dlnc"][:, :, ::-1], "kernel": found["kernel"][:, ::-1]}


@pytest.mark.parametrize("lie", [per_km, flipped, swapped, other_wave, other_period])
def test_liars_are_rejected(lie: Callable[[Block], Block]):
    lied = lie(block())
    assert worst_against_differences(lied) > 1e-2
    assert worst_against_energy(lied) > 1e-2


def test_density_alone_has_no_scale():
    kernel = block(plan=Plan(periods=3, kernels=6))["kernel"].astype(float)
    np.testing.assert_allclose(
        kernel[:, :, 2].sum(axis=2), 0, atol=2.0**-13 * np.abs(kernel[:, :, 2]).sum(axis=2).max()
    )


def test_a_row_depends_on_its_sample_alone():
    whole = block(threads=2)
    for sample in range(3):
        one = slice(sample, sample + 1)
        alone = label_block(
            tuple(values[one] for values in MODELS),
            SOLVED[0][one],
            SOLVED[1][one],
            PLAN,
            5,
            sample,
            context=CONTEXT,
        )
        for name, values in whole.items():
            np.testing.assert_array_equal(values[one], alone[name], err_msg=name)


@pytest.mark.parametrize("other", [{"seed": 6}, {"first": 1}])
def test_other_samples_have_other_labels(other: dict[str, int]):
    mine, others = block(), block(**other)
    for name in ("direction_place", "dlnc", "kernel_pick"):
        assert (mine[name] != others[name]).any(), name


def test_the_arrays_are_those_announced():
    for plan in (PLAN, Plan(directions=0, kernels=1), Plan(kernels=0)):
        found = block(plan=plan)
        rows = arrays(plan, 2, 256)
        assert list(found) == [row.name for row in rows]
        for row in rows:
            assert found[row.name].shape == (3, *row.shape)
            assert found[row.name].dtype == row.dtype


def test_periods_are_distinct_and_ascend():
    chosen = block(plan=Plan(periods=7))["label_period"]
    np.testing.assert_array_equal(chosen, np.tile(np.arange(7), (3, 1)))


def test_where_no_mode_is_trapped_labels_are_nan_and_say_so():
    models = slow_bottom(MODELS)
    _, status = solve(models)
    assert (status == Status.NO_MODE).any()
    assert (status == Status.OK).any()
    found = block(models, Plan(periods=7, kernels=14))
    np.testing.assert_array_equal(found["label_status"], status)
    untrapped = status == Status.NO_MODE
    assert np.isnan(found["dlnc"][untrapped]).all()
    assert np.isnan(found["kernel"].reshape(*status.shape, 3, 256)[untrapped]).all()
    assert np.isfinite(found["dlnc"][~untrapped]).all()


def test_an_invalid_model_keeps_its_place_and_disturbs_no_other():
    broken = tuple(values.copy() for values in MODELS)
    broken[2][1] = -1.0
    broken[0][1, 3] = np.nan
    good, found = block(), block(broken)
    assert (found["label_status"][1] == Status.INVALID_MODEL).all()
    assert np.isnan(found["dlnc"][1]).all()
    assert np.isnan(found["kernel"][1]).all()
    for name in good:
        np.testing.assert_array_equal(found[name][[0, 2]], good[name][[0, 2]], err_msg=name)


def test_a_kernel_that_is_not_finite_is_a_status():
    velocity, status = SOLVED
    velocity = velocity.copy()
    velocity[0, 0] = MODELS[2][0, -1] * 1e-160  # no root: its kernels overflow
    found = label_block(MODELS, velocity, status, Plan(periods=7), 5, 0, context=CONTEXT)
    assert (found["label_status"][0, 0] == Status.NOT_CONVERGED).all()
    assert np.isnan(found["dlnc"][0, 0]).all()
    np.testing.assert_array_equal(found["label_status"][1:], status[1:])
