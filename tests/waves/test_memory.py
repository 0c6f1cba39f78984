"""What a call holds beside its input and its result: bounded for kernels, a copy of both for velocities."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.errors import ModelError
from surfgrad.waves import chunks

PERIODS = np.geomspace(2.0, 60.0, 12)
CHUNK = 2**18
"""Bytes: chunks small enough for a quick test."""
KERNELS: dict[str, Callable[..., Any]] = {
    "phase": sg.phase_kernels,
    "per km": lambda *model, **o: sg.phase_kernels(*model, per="km", **o),
    "log": lambda *model, **o: sg.phase_kernels(*model, per="log", **o),
    "spherical": lambda *model, **o: sg.phase_kernels(*model, earth="spherical", **o),
    "group": sg.group_kernels,
    "ellipticity": sg.ellipticity_kernels,
    "attenuation": lambda *model, **o: sg.attenuation(*model, qp=300.0, qs=100.0, **o),
}
VELOCITIES = {"phase": sg.phase_velocity, "group": sg.group_velocity, "ellipticity": sg.ellipticity}


def models(count: int, layers: int = 6) -> list[np.ndarray]:
    """(count, layers) columns of models whose fundamental modes exist."""
    vs = np.sort(np.random.default_rng(5).uniform(1.0, 4.0, (count, layers)), axis=1)
    return [np.full_like(vs, 3.0), 1.75 * vs, vs, np.full_like(vs, 2.7)]


def size(result: Any) -> int:
    """Bytes of a result's arrays."""
    arrays = [result] if isinstance(result, np.ndarray) else vars(result).values()
    return sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))


def work_space(solve: Callable[..., Any], count: int) -> tuple[int, int]:
    """(bytes at the peak that are neither input nor result, bytes of input and result)."""
    columns = models(count)
    solve(*models(3), PERIODS, threads=1)  # whatever is loaded or compiled once
    tracemalloc.start()
    try:
        result = solve(*columns, PERIODS, threads=1)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    return peak - size(result), sum(column.nbytes for column in columns) + size(result)


def growth(solve: Callable[..., Any]) -> float:
    """Bytes of work space that a further model takes, over the bytes of its four arrays."""
    (small, _), (large, _) = work_space(solve, 400), work_space(solve, 1200)
    return (large - small) / 800 / sum(column[0].nbytes for column in models(1))


@pytest.mark.parametrize("solve", KERNELS.values(), ids=KERNELS)
def test_kernels_of_a_large_batch_take_a_bounded_work_space(solve, monkeypatch):
    monkeypatch.setattr(chunks, "WORK", CHUNK)
    # A checked copy of the input grows with the batch; attenuation's has two columns more, and their quotients.
    assert growth(solve) < (2.6 if solve is KERNELS["attenuation"] else 1.1)
    assert work_space(solve, 400)[0] < 12 * CHUNK


def test_without_chunks_the_work_space_grows(monkeypatch):
    monkeypatch.setattr(chunks, "WORK", 2**40)
    assert growth(KERNELS["spherical"]) > 5.0
    assert growth(KERNELS["attenuation"]) > 5.0


@pytest.mark.parametrize("solve", VELOCITIES.values(), ids=VELOCITIES)
def test_velocities_take_copies_of_input_and_result(solve):
    work, held = work_space(solve, 2000)
    assert work < 1.6 * held


@pytest.mark.parametrize("batch", [(150,), (10, 15)])
@pytest.mark.parametrize("name", KERNELS)
def test_chunks_change_no_bit(name, batch, monkeypatch):
    columns = [column.reshape(*batch, -1) for column in models(150)]
    whole = KERNELS[name](*columns, PERIODS)
    monkeypatch.setattr(chunks, "WORK", 2**15)
    assert chunks._models((6,), PERIODS.size) < 20
    parts = KERNELS[name](*columns, PERIODS)
    for field, value in vars(whole).items():
        np.testing.assert_array_equal(getattr(parts, field), value)
    assert parts.velocity.shape == (*batch, PERIODS.size)


def test_a_bad_entry_is_named_by_its_own_index(monkeypatch):
    monkeypatch.setattr(chunks, "WORK", 2**15)
    columns = models(150)
    columns[2][140, 3] = -1.0
    for name in ("phase", "group", "attenuation"):
        with pytest.raises(ModelError, match=r"vs\[140, 3\]: -1"):
            KERNELS[name](*columns, PERIODS)
