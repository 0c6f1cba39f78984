"""Site classes: every limit of every table, from both sides."""

import math

import pytest

from surfgrad.earth.near_surface.site_class import CODES, site_class
from surfgrad.errors import UsageError

ABOVE, BELOW = 1.0 + 1e-9, 1.0 - 1e-9


@pytest.mark.parametrize("code", CODES)
def test_each_limit_parts_two_neighbours(code: str) -> None:
    table = CODES[code]
    assert len(table.names) == len(table.limits) + 1
    assert list(table.limits) == sorted(table.limits, reverse=True)
    for upper, lower, limit in zip(table.names, table.names[1:], table.limits, strict=False):
        assert site_class(limit * ABOVE, code, units="si") == upper
        assert site_class(limit * BELOW, code, units="si") == lower


@pytest.mark.parametrize(
    ("velocity", "classes"),
    [
        (100.0, ("E", "E", "D")),
        (180.0, ("D", "DE", "C")),
        (225.0, ("D", "D", "C")),
        (330.0, ("D", "CD", "C")),
        (360.0, ("D", "CD", "C")),
        (500.0, ("C", "C", "B")),
        (700.0, ("C", "BC", "B")),
        (760.0, ("C", "BC", "B")),
        (1000.0, ("B", "B", "A")),
        (1500.0, ("B", "B", "A")),
        (2000.0, ("A", "A", "A")),
    ],
)
def test_the_tables_as_printed(velocity: float, classes: tuple[str, ...]) -> None:
    """Limits in ft/s, 600 = 182.88 m/s and so on, are near those in m/s, not equal."""
    assert tuple(site_class(velocity, code, units="si") for code in CODES) == classes
    assert tuple(site_class(velocity / 1000.0, code) for code in CODES) == classes


@pytest.mark.parametrize(("velocity", "code"), [(0.0, "ec8"), (math.nan, "ec8"), (math.inf, "ec8"), (0.3, "nehrp")])
def test_refused(velocity: float, code: str) -> None:
    with pytest.raises(UsageError, match="allowed"):
        site_class(velocity, code)
