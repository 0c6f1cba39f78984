"""What the public functions promise about shapes, order, batches, threads and bad input."""

import numpy as np
import pytest
from tests.reference.samples import random_model
from tests.waves.engine import ENGINE
from tests.waves.test_kernels import CRUST

from surfgrad.errors import ModelError, UsageError
from surfgrad.status import Status
from surfgrad.waves.phase import solve_batch

PERIODS = np.array([30.0, 2.0, 7.0, 7.0, 100.0, 3.3, 5.0, 11.0, 13.0, 60.0, 2.5])
WAVES = ("rayleigh", "love")


def batch(models: int = 7, layers: int = 6, seed: int = 30) -> list[np.ndarray]:
    """(N, L) columns."""
    rng = np.random.default_rng(seed)
    return [np.array(columns) for columns in zip(*(random_model(rng, layers) for _ in range(models)), strict=True)]


@pytest.mark.parametrize("wave", WAVES)
def test_shapes_follow_the_batch_axes(wave):
    models = batch(6)
    for leading in ((), (6,), (2, 3), (1, 6, 1)):
        shaped = [column[0] if leading == () else column.reshape(*leading, 6) for column in models]
        assert ENGINE.phase_velocity(*shaped, PERIODS, wave=wave).shape == (*leading, 11)
        record = ENGINE.dispersion(*shaped, PERIODS, wave=wave, mode=1)
        assert record.velocity.shape == record.status.shape == (*leading, 11)
        assert (record.wave, record.mode, record.kind) == (wave, 1, "phase")
        kernels = ENGINE.phase_kernels(*shaped, PERIODS[:3], wave=wave)
        assert kernels.vs.shape == kernels.vp.shape == kernels.rho.shape == kernels.thickness.shape == (*leading, 3, 6)
        counts = ENGINE.mode_count(*shaped, PERIODS, np.full((*leading, 11), 2.0), wave=wave)
        assert counts.shape == (*leading, 11)
        assert np.issubdtype(counts.dtype, np.integer)


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 1])
def test_a_model_gives_the_same_bits_alone_and_in_company(wave, mode):
    models = batch()
    together = ENGINE.phase_velocity(*models, PERIODS, wave=wave, mode=mode)
    kernels = ENGINE.phase_kernels(*models, PERIODS, wave=wave, mode=mode)
    for i in (0, 3, 6):
        alone = [column[i] for column in models]
        np.testing.assert_array_equal(ENGINE.phase_velocity(*alone, PERIODS, wave=wave, mode=mode), together[i])
        np.testing.assert_array_equal(ENGINE.phase_kernels(*alone, PERIODS, wave=wave, mode=mode).vs, kernels.vs[i])


@pytest.mark.parametrize("wave", WAVES)
@pytest.mark.parametrize("mode", [0, 2])
def test_the_order_of_periods_changes_no_bit_and_their_company_only_rounding(wave, mode):
    models = batch()
    straight = ENGINE.phase_velocity(*models, PERIODS, wave=wave, mode=mode)
    order = np.random.default_rng(1).permutation(len(PERIODS))
    shuffled = ENGINE.phase_velocity(*models, PERIODS[order], wave=wave, mode=mode)
    np.testing.assert_array_equal(shuffled, straight[:, order])
    single = [ENGINE.phase_velocity(*models, [period], wave=wave, mode=mode)[:, 0] for period in PERIODS]
    np.testing.assert_allclose(np.stack(single, axis=-1), straight, rtol=1e-13)


@pytest.mark.parametrize("wave", WAVES)
def test_the_number_of_threads_changes_no_bit(wave):
    models = batch()
    one = ENGINE.phase_velocity(*models, PERIODS, wave=wave, threads=1)
    np.testing.assert_array_equal(ENGINE.phase_velocity(*models, PERIODS, wave=wave, threads=2), one)
    one, two = (ENGINE.phase_kernels(*models, PERIODS, wave=wave, threads=threads) for threads in (1, 2))
    for name in ("thickness", "vp", "vs", "rho"):
        np.testing.assert_array_equal(two[name], one[name])


def test_inputs_are_not_modified_and_may_be_read_only_or_strided():
    models = batch()
    wanted = ENGINE.phase_velocity(*models, PERIODS)
    copies = [column.copy() for column in models]
    periods = PERIODS.copy()
    for array in (*models, periods):
        array.setflags(write=False)
    np.testing.assert_array_equal(ENGINE.phase_velocity(*models, periods), wanted)
    ENGINE.phase_kernels(*models, periods)
    for column, copy in zip(models, copies, strict=True):
        np.testing.assert_array_equal(column, copy)
    strided = [np.asfortranarray(column) for column in copies]
    np.testing.assert_array_equal(ENGINE.phase_velocity(*strided, np.repeat(PERIODS, 2)[::2]), wanted)
    integers = [np.array([40, 0]), np.array([6, 8]), np.array([3, 4]), np.array([3, 3])]
    floats = [column.astype(float) for column in integers]
    np.testing.assert_array_equal(ENGINE.phase_velocity(*integers, [10]), ENGINE.phase_velocity(*floats, [10.0]))


def test_untrapped_modes_are_nan_with_a_status_and_keep_their_place():
    record = ENGINE.dispersion(*CRUST, [200.0, 2.0, 300.0, 2.5], wave="love", mode=1)
    assert np.isfinite(record.velocity).tolist() == [False, True, False, True]
    assert record.status.tolist() == [Status.NO_MODE, Status.OK, Status.NO_MODE, Status.OK]
    np.testing.assert_array_equal(record.periods, [200.0, 2.0, 300.0, 2.5])


def test_layers_without_thickness_are_not_there():
    h, vp, vs, rho = (
        np.insert(column, (0, 2, 4), value) for column, value in zip(CRUST, (0, 5.5, 2.9, 2.0), strict=True)
    )
    for wave in WAVES:
        padded, plain = (ENGINE.phase_kernels(*model, PERIODS, wave=wave) for model in ((h, vp, vs, rho), CRUST))
        np.testing.assert_allclose(padded.velocity, plain.velocity, rtol=1e-12)
        for name in ("vp", "vs", "rho"):
            assert np.abs(padded[name][:, [0, 3, 6]]).max() < 1e-12
            np.testing.assert_allclose(np.delete(padded[name], (0, 3, 6), axis=-1), plain[name], atol=1e-9)


def test_no_periods_are_refused():
    with pytest.raises(ModelError, match="periods"):
        ENGINE.phase_velocity(*CRUST, [])


def test_mode_count_steps_at_the_roots():
    periods = np.array([2.0, 3.0])
    for wave in WAVES:
        for mode in range(3):
            c = ENGINE.phase_velocity(*CRUST, periods, wave=wave, mode=mode)
            assert ENGINE.mode_count(*CRUST, periods, c * (1 - 1e-9), wave=wave).tolist() == [mode, mode]
            assert ENGINE.mode_count(*CRUST, periods, c * (1 + 1e-9), wave=wave).tolist() == [mode + 1, mode + 1]


BAD = {
    "negative vs": (2, 3, -3.3, "vs"),
    "NaN vs": (2, 1, np.nan, "vs"),
    "zero vp": (1, 0, 0.0, "vp"),
    "infinite rho": (3, 2, np.inf, "rho"),
    "negative rho": (3, 4, -1.0, "rho"),
    "negative thickness": (0, 1, -2.0, "thickness"),
    "NaN thickness": (0, 2, np.nan, "thickness"),
    "vp below vs": (1, 2, 1.0, "vp"),
}


@pytest.mark.parametrize(("column", "layer", "value", "name"), BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("function", ["phase_velocity", "dispersion", "phase_kernels"])
def test_a_bad_entry_is_named(function, column, layer, value, name):
    model = [array.copy() for array in CRUST]
    model[column][layer] = value
    with pytest.raises(ModelError) as caught:
        getattr(ENGINE, function)(*model, [10.0])
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    assert str(value).rstrip("0").rstrip(".") in message


@pytest.mark.parametrize("period", [0.0, -1.0, np.nan, np.inf])
def test_a_bad_period_is_named(period):
    with pytest.raises(ModelError, match="period"):
        ENGINE.phase_velocity(*CRUST, [10.0, period])


def test_columns_of_different_lengths_are_refused():
    h, vp, vs, rho = CRUST
    with pytest.raises(ModelError):
        ENGINE.phase_velocity(h[1:], vp, vs, rho, [10.0])
    with pytest.raises(ModelError):
        ENGINE.phase_velocity([], [], [], [], [10.0])


@pytest.mark.parametrize("options", [{"wave": "stoneley"}, {"mode": -1}, {"mode": 0.5}, {"earth": "hollow"}])
def test_bad_options_are_refused(options):
    with pytest.raises((UsageError, ModelError)) as caught:
        ENGINE.phase_velocity(*CRUST, [10.0], **options)
    assert str(next(iter(options.values()))) in str(caught.value)


def test_a_batch_for_ensembles_goes_on_past_a_bad_model():
    models = batch()
    wanted = ENGINE.dispersion(*models, PERIODS)
    models[2] = models[2].copy()
    models[2][4, 1] = -1.0
    velocity, status = solve_batch(*models, PERIODS, wave="rayleigh")
    assert np.isnan(velocity[4]).all()
    assert (status[4] == Status.INVALID_MODEL).all()
    others = np.arange(7) != 4
    np.testing.assert_array_equal(velocity[others], wanted.velocity[others])
    np.testing.assert_array_equal(status[others], wanted.status[others])
    assert status.dtype == np.uint8
