"""Endless samples from the engine: the very rows that a store would hold."""

from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.ensembles import generate
from surfgrad.ensembles.fresh import fresh_batches
from surfgrad.errors import UsageError


def fresh(**options: Any) -> Any:
    return fresh_batches(ToyPrior(), 1, 7, **{"periods": PERIODS, "solve": toy_solve, **options})


@pytest.mark.parametrize("workers", [1, 3])
def test_batches_are_a_store_s_rows(tmp_path: Path, workers: int) -> None:
    store = generate(ToyPrior(), 28, 1, tmp_path / "a.zarr", periods=PERIODS, solve=toy_solve)
    for number, batch in enumerate(islice(fresh(workers=workers), 4)):
        for name, array in store.arrays().items():
            np.testing.assert_array_equal(batch[name], array.stored(slice(7 * number, 7 * number + 7)))


def test_any_step_can_be_the_first() -> None:
    late, whole = next(fresh(step=3)), list(islice(fresh(), 4))
    np.testing.assert_array_equal(late["vs"], whole[3]["vs"])
    np.testing.assert_array_equal(next(fresh(first=21))["sample"], late["sample"])
    assert not np.isin(next(fresh(step=4))["vs"], late["vs"]).any()


def test_no_more_is_computed_than_is_bounded_by_the_threads() -> None:
    calls: list[int] = []

    def counting(*arrays: Any, **options: Any) -> Any:
        calls.append(1)
        return toy_solve(*arrays, **options)

    batches = fresh(solve=counting, workers=2)
    next(batches)
    batches.close()
    assert len(calls) <= 2 * (1 + 2 * 2)  # two waves; one batch taken, two ahead for each thread


def test_an_error_reaches_the_reader() -> None:
    def failing(*arrays: Any, **options: Any) -> Any:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        next(fresh(solve=failing))


@pytest.mark.parametrize("bad", [{"workers": 0}, {"step": -1}])
def test_bad_arguments_are_refused_at_once(bad: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="size, workers, step"):
        fresh(**bad)
