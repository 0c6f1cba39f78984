"""What the public functions promise, as functions of an engine that fail where it breaks its word."""

from typing import Any

import numpy as np
import pytest
from tests.reference.samples import random_model
from tests.waves.engine import Engine
from tests.waves.test_kernels import CRUST

from surfgrad.errors import ModelError, UsageError
from surfgrad.status import Status

PERIODS = np.array([30.0, 2.0, 7.0, 7.0, 100.0, 3.3, 5.0, 11.0, 13.0, 60.0, 2.5])
WAVES = ("rayleigh", "love")


def batch(models: int = 7, layers: int = 6, seed: int = 30) -> list[np.ndarray]:
    """(N, L) columns."""
    rng = np.random.default_rng(seed)
    return [np.array(columns) for columns in zip(*(random_model(rng, layers) for _ in range(models)), strict=True)]


def shapes_follow_the_batch_axes(engine: Engine, wave: str) -> None:
    models = batch(6)
    for leading in ((), (6,), (2, 3), (1, 6, 1)):
        shaped = [column[0] if leading == () else column.reshape(*leading, 6) for column in models]
        assert engine.phase_velocity(*shaped, PERIODS, wave=wave).shape == (*leading, 11)
        record = engine.dispersion(*shaped, PERIODS, wave=wave, mode=1)
        assert record.velocity.shape == record.status.shape == (*leading, 11)
        assert (record.wave, record.mode, record.kind) == (wave, 1, "phase")
        kernels = engine.phase_kernels(*shaped, PERIODS[:3], wave=wave)
        assert kernels.vs.shape == kernels.vp.shape == kernels.rho.shape == kernels.thickness.shape == (*leading, 3, 6)
        counts = engine.mode_count(*shaped, PERIODS, np.full((*leading, 11), 2.0), wave=wave)
        assert counts.shape == (*leading, 11)
        assert np.issubdtype(counts.dtype, np.integer)


def a_model_gives_the_same_bits_alone_and_in_company(engine: Engine, wave: str, mode: int) -> None:
    models = batch()
    together = engine.phase_velocity(*models, PERIODS, wave=wave, mode=mode)
    kernels = engine.phase_kernels(*models, PERIODS, wave=wave, mode=mode)
    for i in (0, 3, 6):
        alone = [column[i] for column in models]
        np.testing.assert_array_equal(engine.phase_velocity(*alone, PERIODS, wave=wave, mode=mode), together[i])
        np.testing.assert_array_equal(engine.phase_kernels(*alone, PERIODS, wave=wave, mode=mode).vs, kernels.vs[i])


def the_order_of_periods_changes_no_bit_and_their_company_only_rounding(engine: Engine, wave: str, mode: int) -> None:
    models = batch()
    straight = engine.phase_velocity(*models, PERIODS, wave=wave, mode=mode)
    order = np.random.default_rng(1).permutation(len(PERIODS))
    shuffled = engine.phase_velocity(*models, PERIODS[order], wave=wave, mode=mode)
    np.testing.assert_array_equal(shuffled, straight[:, order])
    single = [engine.phase_velocity(*models, [period], wave=wave, mode=mode)[:, 0] for period in PERIODS]
    np.testing.assert_allclose(np.stack(single, axis=-1), straight, rtol=1e-13)


def the_number_of_threads_changes_no_bit(engine: Engine, wave: str) -> None:
    models = batch()
    one = engine.phase_velocity(*models, PERIODS, wave=wave, threads=1)
    np.testing.assert_array_equal(engine.phase_velocity(*models, PERIODS, wave=wave, threads=2), one)
    one, two = (engine.phase_kernels(*models, PERIODS, wave=wave, threads=threads) for threads in (1, 2))
    for name in ("thickness", "vp", "vs", "rho"):
        np.testing.assert_array_equal(two[name], one[name])


def inputs_are_not_modified_and_may_be_read_only_or_strided(engine: Engine) -> None:
    models = batch()
    wanted = engine.phase_velocity(*models, PERIODS)
    copies = [column.copy() for column in models]
    periods = PERIODS.copy()
    for array in (*models, periods):
        array.setflags(write=False)
    np.testing.assert_array_equal(engine.phase_velocity(*models, periods), wanted)
    engine.phase_kernels(*models, periods)
    for column, copy in zip(models, copies, strict=True):
        np.testing.assert_array_equal(column, copy)
    strided = [np.asfortranarray(column) for column in copies]
    np.testing.assert_array_equal(engine.phase_velocity(*strided, np.repeat(PERIODS, 2)[::2]), wanted)
    integers = [np.array([40, 0]), np.array([6, 8]), np.array([3, 4]), np.array([3, 3])]
    floats = [column.astype(float) for column in integers]
    np.testing.assert_array_equal(engine.phase_velocity(*integers, [10]), engine.phase_velocity(*floats, [10.0]))


def untrapped_modes_are_nan_with_a_status_and_keep_their_place(engine: Engine) -> None:
    record = engine.dispersion(*CRUST, [200.0, 2.0, 300.0, 2.5], wave="love", mode=1)
    assert np.isfinite(record.velocity).tolist() == [False, True, False, True]
    assert record.status.tolist() == [Status.NO_MODE, Status.OK, Status.NO_MODE, Status.OK]
    np.testing.assert_array_equal(record.periods, [200.0, 2.0, 300.0, 2.5])


def layers_without_thickness_are_not_there(engine: Engine) -> None:
    h, vp, vs, rho = (
        np.insert(column, (0, 2, 4), value) for column, value in zip(CRUST, (0, 5.5, 2.9, 2.0), strict=True)
    )
    for wave in WAVES:
        padded, plain = (engine.phase_kernels(*model, PERIODS, wave=wave) for model in ((h, vp, vs, rho), CRUST))
        np.testing.assert_allclose(padded.velocity, plain.velocity, rtol=1e-12)
        for name in ("vp", "vs", "rho"):
            assert np.abs(padded[name][:, [0, 3, 6]]).max() < 1e-12
            np.testing.assert_allclose(np.delete(padded[name], (0, 3, 6), axis=-1), plain[name], atol=1e-9)


def no_periods_are_refused(engine: Engine) -> None:
    with pytest.raises(ModelError, match="periods"):
        engine.phase_velocity(*CRUST, [])


def mode_count_steps_at_the_roots(engine: Engine) -> None:
    periods = np.array([2.0, 3.0])
    for wave in WAVES:
        for mode in range(3):
            c = engine.phase_velocity(*CRUST, periods, wave=wave, mode=mode)
            assert engine.mode_count(*CRUST, periods, c * (1 - 1e-9), wave=wave).tolist() == [mode, mode]
            assert engine.mode_count(*CRUST, periods, c * (1 + 1e-9), wave=wave).tolist() == [mode + 1, mode + 1]


def a_bad_entry_is_named(engine: Engine, function: str, column: int, layer: int, value: float, name: str) -> None:
    model = [array.copy() for array in CRUST]
    model[column][layer] = value
    with pytest.raises(ModelError) as caught:
        getattr(engine, function)(*model, [10.0])
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    assert str(value).rstrip("0").rstrip(".") in message


def a_bad_period_is_named(engine: Engine, period: float) -> None:
    with pytest.raises(ModelError, match="period"):
        engine.phase_velocity(*CRUST, [10.0, period])


def columns_of_different_lengths_are_refused(engine: Engine) -> None:
    h, vp, vs, rho = CRUST
    with pytest.raises(ModelError):
        engine.phase_velocity(h[1:], vp, vs, rho, [10.0])
    with pytest.raises(ModelError):
        engine.phase_velocity([], [], [], [], [10.0])


def bad_options_are_refused(engine: Engine, options: dict[str, Any]) -> None:
    with pytest.raises((UsageError, ModelError)) as caught:
        engine.phase_velocity(*CRUST, [10.0], **options)
    assert str(next(iter(options.values()))) in str(caught.value)
