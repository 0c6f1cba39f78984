"""Time-averaged velocity: by layers and by quadrature, its derivatives by differences, and what is refused."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

import surfgrad as sg
from surfgrad.earth.near_surface.vs30 import vs30, vsz, vsz_gradient
from surfgrad.errors import ModelError, UsageError

SOIL = np.array([5.0, 10.0, 20.0, 0.0]), np.array([150.0, 200.0, 300.0, 600.0])
"""m, m/s: 30 m lie inside the third layer."""


def by_quadrature(thickness: np.ndarray, vs: np.ndarray, depth: float) -> float:
    """The definition: z over the integral of slowness, which is looked up depth by depth."""
    tops = np.append(0.0, np.cumsum(thickness[:-1]))

    def slowness(z: float) -> float:
        return 1.0 / vs[max(i for i, top in enumerate(tops) if top <= z)]

    corners = [top for top in tops if 0.0 < top < depth] or None
    return depth / quad(slowness, 0.0, depth, points=corners, limit=200, epsabs=0.0, epsrel=1e-12)[0]


def mean_of_velocity(thickness: np.ndarray, vs: np.ndarray, depth: float) -> float:
    """A liar: velocity averaged over depth instead of slowness."""
    above = np.clip(depth - np.append(0.0, np.cumsum(thickness[:-1])), 0.0, np.append(thickness[:-1], np.inf))
    return float((above * vs).sum() / depth)


def whole_layers(thickness: np.ndarray, vs: np.ndarray, depth: float) -> float:
    """A liar: the layer that crosses the depth is counted whole."""
    tops = np.append(0.0, np.cumsum(thickness[:-1]))
    inside = (tops < depth) & (thickness > 0)
    return float(thickness[inside].sum() / (thickness[inside] / vs[inside]).sum())


def test_by_hand() -> None:
    """30 m: 5 m at 150, 10 m at 200, 15 m at 300 m/s take 1/30 + 1/20 + 1/20 s."""
    assert vs30(*SOIL, units="si") == pytest.approx(30.0 / (1 / 30 + 1 / 20 + 1 / 20), rel=1e-14)
    assert vs30(SOIL[0] / 1e3, SOIL[1] / 1e3) == pytest.approx(0.225, rel=1e-14)


@given(
    st.lists(st.tuples(st.floats(0.01, 20.0), st.floats(50.0, 3000.0)), min_size=1, max_size=8), st.floats(0.1, 100.0)
)
def test_layers_and_quadrature_agree(layers: list[tuple[float, float]], depth: float) -> None:
    thickness, vs = np.array(layers).T
    assert vsz(thickness, vs, depth) == pytest.approx(by_quadrature(thickness, vs, depth), rel=1e-9)


@pytest.mark.parametrize("liar", [mean_of_velocity, whole_layers])
def test_quadrature_rejects(liar: Callable[..., float]) -> None:
    assert abs(liar(*SOIL, 30.0) / by_quadrature(*SOIL, 30.0) - 1.0) > 1e-2


def test_shallow_models_go_on_in_the_half_space_and_deep_ones_are_cut() -> None:
    thickness, vs = np.array([10.0, 0.0]), np.array([200.0, 400.0])
    assert vsz(thickness, vs, 30.0) == pytest.approx(30.0 / (10 / 200 + 20 / 400))
    assert vsz(thickness, vs, 4.0) == 200.0
    assert vsz([np.inf], [400.0], 30.0) == 400.0


def test_batches_keep_their_shape() -> None:
    vs = SOIL[1] * np.linspace(0.8, 1.2, 6).reshape(3, 2, 1)
    whole = vsz_gradient(SOIL[0], vs, 30.0)
    assert (whole.velocity.shape, whole.vs.shape, whole.thickness.shape) == ((3, 2), (3, 2, 4), (3, 2, 4))
    np.testing.assert_array_equal(vsz(SOIL[0], vs, 30.0)[2, 1], vsz(SOIL[0], vs[2, 1], 30.0))
    np.testing.assert_array_equal(whole.thickness[2, 1], vsz_gradient(SOIL[0], vs[2, 1], 30.0).thickness)


def differences(thickness: np.ndarray, vs: np.ndarray, depth: float, step: float) -> tuple[np.ndarray, np.ndarray]:
    """One-sided where thicknesses grow (V has a kink at an interface), central in vs."""
    base, each = vsz(thickness, vs, depth), np.eye(vs.size)
    by_vs = [(vsz(thickness, vs + step * e, depth) - vsz(thickness, vs - step * e, depth)) / (2 * step) for e in each]
    by_thickness = [(vsz(thickness + step * e, vs, depth) - base) / step for e in each]
    return np.array(by_vs), np.array(by_thickness)


@pytest.mark.parametrize("depth", [3.0, 5.0, 12.0, 15.0, 30.0, 35.0, 80.0])
def test_derivatives_and_differences_agree(depth: float) -> None:
    """At 5, 15 and 35 m the depth is an interface."""
    exact = vsz_gradient(*SOIL, depth)
    by_vs, by_thickness = differences(*SOIL, depth, 1e-4)
    assert exact.velocity == vsz(*SOIL, depth)
    np.testing.assert_allclose(exact.vs, by_vs, atol=1e-7)
    np.testing.assert_allclose(exact.thickness, by_thickness, atol=1e-3)


def test_an_interface_is_one_in_any_unit() -> None:
    """0.005 + 0.01 + 0.015 and its like are 0.03 but for rounding, on which the side of the kink must not hang."""
    for thickness in ([5.0, 10.0, 15.0, 0.0], [0.0, 12.0, 18.0, 0.0], [7.0, 11.0, 12.0, 0.0], [3.1, 8.2, 18.7, 0.0]):
        metres = vsz_gradient(thickness, SOIL[1], 30.0)
        kilometres = vsz_gradient(np.array(thickness) / 1e3, SOIL[1] / 1e3, 0.03)
        np.testing.assert_allclose(kilometres.thickness, metres.thickness, rtol=1e-9, atol=1e-9)
        assert metres.thickness[2] == 0.0
        np.testing.assert_allclose(
            metres.thickness, differences(np.array(thickness), SOIL[1], 30.0, 1e-4)[1], atol=1e-3
        )


def test_differences_reject_a_thickness_derivative_that_moves_nothing_below() -> None:
    """With what lies below held in place, a thicker layer would only add its own time."""
    exact = vsz_gradient(*SOIL, 30.0)
    alone = exact.velocity**2 / 30.0 * -1.0 / SOIL[1]
    assert np.abs(alone[:2] - differences(*SOIL, 30.0, 1e-4)[1][:2]).max() > 1.0


def test_velocity_scales() -> None:
    """V is homogeneous of degree one in vs, and of degree 0 in depth and thicknesses together."""
    exact = vsz_gradient(*SOIL, 33.0)
    assert (exact.vs * SOIL[1]).sum() == pytest.approx(exact.velocity, rel=1e-14)
    assert vsz(SOIL[0] * 7, SOIL[1], 33.0 * 7) == pytest.approx(exact.velocity, rel=1e-14)


@pytest.mark.parametrize(
    ("thickness", "vs", "depth", "named"),
    [
        ([5, -1, 0], [150, 200, 600], 30.0, r"thickness\[1\]: -1 given"),
        ([5, np.inf, 0], [150, 200, 600], 30.0, r"thickness\[1\]: inf given"),
        ([5, 10, 0], [0, 200, 600], 30.0, r"vs\[0\]: 0 given.*water"),
        ([5, 10, 0], [[150, 200, 600], [150, np.nan, 600]], 30.0, r"vs\[1, 1\]: nan given"),
        ([5, 10], [150, 200, 600], 30.0, "shape"),
        ([], [], 30.0, "at least one layer"),
        ([5, 0], [150, 600], 0.0, "depth: 0.0 given"),
        ([5, 0], [150, 600], np.inf, "depth: inf given"),
        ([5, 0], [150, 600], [10.0, 30.0], "one finite depth"),
        ("soil", [150, 600], 30.0, "thickness: 'soil' given"),
    ],
)
def test_bad_input_is_named(thickness: object, vs: object, depth: float, named: str) -> None:
    for function in (vsz, vsz_gradient):
        with pytest.raises(ModelError, match=named) as caught:
            function(thickness, vs, depth)
        assert "\n" not in str(caught.value)


def test_units_are_names() -> None:
    with pytest.raises(UsageError, match="km or si"):
        vs30(*SOIL, units="m")


def test_the_callers_arrays_stay() -> None:
    thickness = np.array([5.0, 10.0, np.inf])
    vsz_gradient(thickness, [150.0, 200.0, 600.0], 30.0)
    assert thickness[-1] == np.inf


def test_public_names() -> None:
    assert (sg.vs30, sg.vsz, sg.vsz_gradient) == (vs30, vsz, vsz_gradient)
