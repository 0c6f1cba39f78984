"""Layerings: ranges by recursion and in closed form, thicknesses by hand and by linear programming."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from surfgrad.earth.near_surface.by_number import layering_by_number
from surfgrad.earth.near_surface.by_ratio import layering_by_ratio
from surfgrad.earth.near_surface.layering import Layering
from surfgrad.earth.near_surface.wavelengths import WavelengthRange, wavelength_range
from surfgrad.errors import ModelError, UsageError

RANGE = WavelengthRange(2.0, 100.0)


def test_wavelength_is_velocity_times_period() -> None:
    found = wavelength_range([0.1, 0.02, 1.0, 0.05], [0.3, 0.15, np.nan, 0.2])
    assert found == pytest.approx((0.003, 0.03))
    assert (found.thinnest(), found.thinnest(2.0)) == pytest.approx((0.001, 0.0015))
    assert (found.resolution(), found.resolution(3.0)) == pytest.approx((0.015, 0.01))


@pytest.mark.parametrize(
    ("periods", "velocity", "named"),
    [([1.0], [np.nan], "no value"), ([], [], "no value"), ([1.0], [-0.3], "above 0"), ([0.0], [0.3], "above 0"),
     ([1.0, 2.0], [0.3], "shape")],
)  # fmt: skip
def test_wavelengths_refuse(periods: list[float], velocity: list[float], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        wavelength_range(periods, velocity)


def test_by_ratio_by_hand() -> None:
    """2 m / 2 = 1 m, then spans of 2, 4, 8, 16 m; of the 19 m left to 100 m / 2 a layer of its own."""
    found = layering_by_ratio(RANGE, 2.0)
    np.testing.assert_allclose(found.bottom_min, [2 / 3, 1, 3, 7, 15, 31])
    np.testing.assert_allclose(found.bottom_max, [1, 3, 7, 15, 31, 50])
    assert (found.method, found.parameter, found.n_layers) == ("ratio", 2.0, 6)


def test_what_is_left_over_is_added_to_the_last_layer_where_it_is_the_thinner() -> None:
    """1.5, 6 and 19.5 m; of the resolved 15 m 9 m are left, more than 4.5; of 10 m 4 m are left, less than 4.5."""
    np.testing.assert_allclose(layering_by_ratio(WavelengthRange(3.0, 30.0), 3.0).bottom_max, [1.5, 6.0, 15.0])
    np.testing.assert_allclose(layering_by_ratio(WavelengthRange(3.0, 20.0), 3.0).bottom_max, [1.5, 10.0])


@given(st.floats(0.1, 10.0), st.floats(1.0, 1e4), st.floats(1.05, 8.0), st.floats(1.0, 4.0), st.floats(2.0, 3.0))
def test_ratios_are_a_geometric_series(low: float, width: float, ratio: float, resolution: float, thin: float) -> None:
    """In closed form the j-th whole range ends at (shortest / 2) (ratio^j - 1) / (ratio - 1)."""
    waves = WavelengthRange(low, low * width)
    if waves.resolution(resolution) < waves.thinnest(thin):
        with pytest.raises(UsageError, match="resolve down to"):
            layering_by_ratio(waves, ratio, resolution=resolution, thinnest=thin)
        return
    found = layering_by_ratio(waves, ratio, resolution=resolution, thinnest=thin)
    n, deepest = found.n_layers, low * width / resolution
    whole = low / 2 * (ratio ** np.arange(n + 2) - 1) / (ratio - 1)
    np.testing.assert_allclose(found.bottom_max[:-1], whole[1:n], rtol=1e-9)
    assert found.bottom_max[-1] == found.resolution == pytest.approx(deepest)
    assert found.bottom_min[0] == pytest.approx(low / thin)
    np.testing.assert_array_equal(found.bottom_min[1:], found.bottom_max[:-1])
    added = deepest - whole[n - 1] > whole[n] - whole[n - 1] > 0
    left = deepest - whole[n] if added else deepest - whole[n - 1]
    above = whole[n] - whole[n - 1] if added else (whole[n - 1] - whole[n - 2] if n > 1 else 0.0)
    assert left <= above * (1 + 1e-6) if added else left >= above * (1 - 1e-6)


def test_by_number() -> None:
    found = layering_by_number(RANGE, 3, resolution=3.0, thinnest=2.0)
    np.testing.assert_allclose(found.bottom_min, [1.0] * 3)
    np.testing.assert_allclose(found.bottom_max, [100 / 3] * 3)
    np.testing.assert_allclose(found.thickness_min, [1.0] * 3)
    np.testing.assert_allclose(found.thickness_max, [100 / 3 - 2.0] * 3)
    assert layering_by_number(WavelengthRange(3.0, 10.0), 5).thickness_max == pytest.approx([1.0] * 5)


def extreme(layering: Layering, layer: int, sign: float) -> float:
    """The least (sign 1) or greatest (-1) thickness of a layer that the ranges allow, by linear programming."""
    n = layering.n_layers
    bottoms = np.tril(np.ones((n, n)))
    limits = np.vstack((bottoms, -bottoms)), np.append(layering.bottom_max, -layering.bottom_min)
    goal = sign * np.eye(n)[layer]
    solved = linprog(goal, A_ub=limits[0], b_ub=limits[1], bounds=[(layering.thinnest, None)] * n)
    assert solved.status == 0
    return sign * solved.fun


LAYERINGS = [
    layering_by_ratio(RANGE, 2.0),
    layering_by_ratio(RANGE, 1.2),
    layering_by_ratio(RANGE, 1.05, thinnest=2.0),
    layering_by_ratio(WavelengthRange(10.0, 12.0), 2.0),
    layering_by_number(RANGE, 1),
    layering_by_number(RANGE, 7, resolution=3.0),
    layering_by_number(WavelengthRange(3.0, 10.0), 5),
]


@pytest.mark.parametrize("layering", LAYERINGS, ids=lambda each: f"{each.method}-{each.parameter:g}")
def test_thickness_ranges_and_linear_programming_agree(layering: Layering) -> None:
    least = [extreme(layering, layer, 1.0) for layer in range(layering.n_layers)]
    most = [extreme(layering, layer, -1.0) for layer in range(layering.n_layers)]
    np.testing.assert_allclose(layering.thickness_min, least, rtol=1e-7)
    np.testing.assert_allclose(layering.thickness_max, most, rtol=1e-7)


def test_linear_programming_rejects_ranges_that_forget_the_layers_above() -> None:
    """A liar: each bottom less the deepest bottom above it; it misses that the one above may be shallower."""
    layering = LAYERINGS[0]
    naive = np.diff(layering.bottom_max, prepend=0.0)
    assert (naive[1:] < [extreme(layering, layer, -1.0) * 0.99 for layer in range(1, layering.n_layers)]).all()


def test_what_is_allowed() -> None:
    layering = layering_by_ratio(RANGE, 2.0)
    assert layering.allows(np.diff(layering.bottom_max, prepend=0.0))
    assert layering.allows([0.8, 1.2, 3, 6, 12, 20])
    assert not layering.allows([0.5, 1.5, 3, 6, 12, 20])  # the first ends too high
    assert not layering.allows([0.8, 0.1, 3, 6, 12, 20])  # the second above its range
    assert not layering.allows([0.8, 1.2, 3, 6, 12, 40])  # the last below the resolution
    assert not layering.allows([1.0, 1.9, 0.2, 5, 12, 20])  # the third too thin
    with pytest.raises(ModelError, match=r"\(6,\)"):
        layering.allows([1.0, 2.0])


@pytest.mark.parametrize(
    ("number", "named"),
    [(0, "1 and above"), (2.5, "whole numbers"), (76, "up to 75"), (-1, "1 and above")],
)
def test_number_refuses(number: int, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        layering_by_number(RANGE, number)


@pytest.mark.parametrize("ratio", [1.0, 0.5, np.nan, np.inf])
def test_ratio_refuses(ratio: float) -> None:
    with pytest.raises(UsageError, match="above 1 are allowed"):
        layering_by_ratio(RANGE, ratio)


@pytest.mark.parametrize(
    ("waves", "options", "named"),
    [
        (WavelengthRange(0.0, 10.0), {}, "finite range"),
        (WavelengthRange(10.0, 2.0), {}, "finite range"),
        (WavelengthRange(1.0, np.inf), {}, "finite range"),
        (RANGE, {"thinnest": 1.5}, "thinnest: 1.5"),
        (RANGE, {"resolution": 0.5}, "resolution: 0.5"),
        (WavelengthRange(10.0, 10.0), {"resolution": 4.0}, "resolve down to"),
        (WavelengthRange(1e-6, 1e6), {}, None),
    ],
)
def test_ranges_refuse(waves: WavelengthRange, options: dict[str, float], named: str | None) -> None:
    if named is None:
        with pytest.raises(UsageError, match="more than 1000 layers"):
            layering_by_ratio(waves, 1.001)
        return
    for make in (lambda: layering_by_ratio(waves, 2.0, **options), lambda: layering_by_number(waves, 1, **options)):
        with pytest.raises(UsageError, match=named):
            make()
