"""No result depends, by so much as a bit, on the order of periods or models, on repeats, batches or threads."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.waves.promises import batch

import surfgrad as sg

Answer = dict[str, np.ndarray]
Quantity = Callable[..., Answer]
PERIODS = np.array([2.0, 2.5, 3.3, 5.0, 7.0, 11.0, 13.0, 30.0, 60.0, 100.0])
KERNELS = ("velocity", "status", "thickness", "vp", "vs", "rho", "error")


def values(function: Callable[..., Any]) -> Quantity:
    """A function that returns an array, as a quantity."""
    return lambda *model, **options: {"value": function(*model, **options)}


def kernels(function: Callable[..., Any], **more: Any) -> Quantity:
    """A function that returns Kernels, as a quantity."""

    def quantity(*model: Any, **options: Any) -> Answer:
        record = function(*model, **options, **more)
        return {name: getattr(record, name) for name in KERNELS}

    return quantity


QUANTITIES = {
    "phase velocity": values(sg.phase_velocity),
    "group velocity": values(sg.group_velocity),
    "group velocity, Love": values(lambda *model, **options: sg.group_velocity(*model, wave="love", **options)),
    "phase kernels": kernels(sg.phase_kernels),
    "phase kernels, Love, log": kernels(sg.phase_kernels, wave="love", per="log"),
    "phase kernels on a sphere": kernels(sg.phase_kernels, earth="spherical"),
    "group kernels": kernels(sg.group_kernels),
    "group kernels, Love, km": kernels(sg.group_kernels, wave="love", per="km"),
    "ellipticity": values(sg.ellipticity),
    "ellipticity kernels": kernels(sg.ellipticity_kernels),
}
quantities = pytest.mark.parametrize("quantity", QUANTITIES.values(), ids=QUANTITIES.keys())
orders = st.tuples(st.permutations(range(PERIODS.size)), st.lists(st.integers(0, PERIODS.size - 1), max_size=8)).map(
    lambda both: np.array([*both[1], *both[0]])
)
"""Every period once or more often, in any order: which *other* periods are asked for is allowed to move rounding."""
choices = st.lists(st.integers(0, 6), min_size=1, max_size=9).map(np.array)


def same(found: Answer, wanted: Answer) -> None:
    for name, array in wanted.items():
        np.testing.assert_array_equal(found[name], array, err_msg=name)


def the_order_of_periods_changes_no_bit(quantity: Quantity, order: np.ndarray) -> None:
    straight = quantity(*batch(3), PERIODS)
    same(quantity(*batch(3), PERIODS[order]), {name: array[:, order] for name, array in straight.items()})


def company_changes_no_bit(quantity: Quantity, chosen: np.ndarray) -> None:
    straight = quantity(*batch(), PERIODS)
    found = quantity(*(column[chosen] for column in batch()), PERIODS, threads=1 + chosen.size % 2)
    same(found, {name: array[chosen] for name, array in straight.items()})


def arrays_are_in_c_order(quantity: Quantity) -> None:
    for periods in (PERIODS, PERIODS[::-1]):
        for models in (batch(), [column.reshape(7, 1, 6) for column in batch()]):
            for name, array in quantity(*models, periods).items():
                assert array.flags.c_contiguous, name
                assert array.dtype == (np.uint8 if name == "status" else np.float64), name


@quantities
@given(order=orders)
@settings(max_examples=8)
def test_the_order_of_periods_changes_no_bit(quantity, order):
    the_order_of_periods_changes_no_bit(quantity, order)


@quantities
@given(chosen=choices)
@settings(max_examples=6)
def test_company_changes_no_bit(quantity, chosen):
    company_changes_no_bit(quantity, chosen)


@quantities
def test_arrays_are_in_c_order(quantity):
    arrays_are_in_c_order(quantity)


def test_kernels_by_energy_are_in_c_order_too():
    record = sg.phase_kernels(*batch(2), PERIODS[3:5], method="energy")
    assert all(record[name].flags.c_contiguous for name in ("thickness", "vp", "vs", "rho"))


def bent(bend: Callable[[np.ndarray, Any, dict[str, Any]], np.ndarray]) -> Quantity:
    """Group kernels that are bent after the fact."""

    def quantity(*arguments: Any, **options: Any) -> Answer:
        true = QUANTITIES["group kernels"](*arguments, **options)
        return {name: bend(array, arguments, options) for name, array in true.items() if name != "status"}

    return quantity


def one_up(array: np.ndarray, where: Any) -> np.ndarray:
    array = array.copy()
    array[where] = np.nextafter(array[where], np.inf)
    return array


LIARS = {
    "the first period is another": (
        the_order_of_periods_changes_no_bit,
        bent(lambda array, *_: one_up(array, np.s_[:, 0])),
        PERIODS.size - 1 - np.arange(PERIODS.size),
    ),
    "ascending periods": (
        the_order_of_periods_changes_no_bit,
        bent(lambda array, arguments, _: array[:, np.argsort(arguments[4], kind="stable")]),
        PERIODS.size - 1 - np.arange(PERIODS.size),
    ),
    "the last model is another": (
        company_changes_no_bit,
        bent(lambda array, *_: one_up(array, -1)),
        np.array([6, 0]),
    ),
    "two threads are another": (
        company_changes_no_bit,
        bent(lambda array, _, options: one_up(array, 0) if options.get("threads") == 2 else array),
        np.array([1]),
    ),
}


@pytest.mark.parametrize(("promise", "liar", "argument"), LIARS.values(), ids=LIARS.keys())
def test_liars_are_rejected(promise, liar, argument):
    with pytest.raises(AssertionError):
        promise(liar, argument)
    promise(QUANTITIES["group kernels"], argument)


def test_strided_arrays_are_rejected():
    with pytest.raises(AssertionError):
        arrays_are_in_c_order(bent(lambda array, *_: np.moveaxis(np.moveaxis(array, 1, 0).copy(), 0, 1)))
