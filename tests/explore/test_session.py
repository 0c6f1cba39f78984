"""Observations of a session: numbered, the oldest forgotten, whatever threads ask at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from surfgrad.curves.observed import ObservedCurves
from surfgrad.errors import UsageError
from surfgrad.explore.session import MOST_KEPT, Session

CURVES = ObservedCurves(["rayleigh"], ["phase"], [0], [10.0], [3.5], [0.1])  # type: ignore[arg-type]


@pytest.fixture
def threads_that_alternate() -> Iterator[None]:
    """A thread loses its turn after every few instructions: what is not locked goes wrong soon."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_the_oldest_are_forgotten_and_said_so() -> None:
    session = Session()
    for number in range(1, MOST_KEPT + 2):
        assert session.keep(CURVES, f"file {number}")["data"] == number
    assert session.data(None) is None
    assert session.data(2) is CURVES
    with pytest.raises(UsageError, match="data: 1 given; observations of that number are not open"):
        session.data(1)
    assert [each["name"] for each in session.start()["data"]] == [f"file {MOST_KEPT + 1}"]


@pytest.mark.usefixtures("threads_that_alternate")
def test_pages_may_open_while_threads_keep_more_and_all_numbers_differ() -> None:
    session, over = Session(), Event()

    def keep(_: int) -> list[int]:
        numbers = []
        while not over.is_set():
            numbers.append(session.keep(CURVES, "file")["data"])
        return numbers

    with ThreadPoolExecutor(3) as pool:
        found = [pool.submit(keep, each) for each in range(3)]
        try:
            shown = [len(session.start()["data"]) for _ in range(60)]
        finally:
            over.set()
        numbers = [number for each in found for number in each.result()]
    assert set(shown) <= {0, 1}
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
