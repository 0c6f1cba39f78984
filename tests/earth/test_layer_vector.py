"""A layered model as a vector, and kernels as derivatives by it."""

from typing import Any

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.earth.layer_vector import LayerVector
from surfgrad.earth.relations import Brocher, Held, VpVsRatio
from surfgrad.errors import ModelError, UsageError

THICKNESS = np.array([4.0, 12.0, 20.0])
VS = np.array([2.6, 3.2, 3.7, 4.4])
PERIODS = np.array([4.0, 12.0, 40.0])

VECTORS = {
    "blocks": LayerVector(4),
    "interleaved": LayerVector(4, Brocher(), order="interleaved"),
    "held thickness": LayerVector(4, VpVsRatio(1.8), thickness=THICKNESS),
    "held vp and rho": LayerVector(4, Held([5.0, 6.0, 6.5, 8.0], 2.8)),
    "si": LayerVector(4, Brocher(), units="si"),
}


def vector_of(layers: LayerVector) -> np.ndarray:
    factor = 1000.0 if layers.units == "si" else 1.0
    return layers.join(factor * THICKNESS, factor * VS)


@pytest.mark.parametrize("layers", VECTORS.values(), ids=VECTORS)
def test_vector_to_model_and_back(layers: LayerVector) -> None:
    vector = vector_of(layers)
    thickness, vp, vs, rho = layers.model(vector)
    np.testing.assert_allclose(thickness, [*THICKNESS, 0.0])
    np.testing.assert_allclose(vs, VS)
    np.testing.assert_allclose((vp, rho), layers.relation.columns(VS))
    np.testing.assert_array_equal(layers.join(*layers.split(vector)), vector)
    two = layers.model(np.stack([vector, 1.1 * vector]))
    np.testing.assert_allclose(two[2], [VS, 1.1 * VS])
    np.testing.assert_array_equal([column[0] for column in two], layers.model(vector))


def test_orders() -> None:
    np.testing.assert_array_equal(VECTORS["blocks"].join(THICKNESS, VS), [4, 12, 20, 2.6, 3.2, 3.7, 4.4])
    np.testing.assert_array_equal(VECTORS["interleaved"].join(THICKNESS, VS), [2.6, 4, 3.2, 12, 3.7, 20, 4.4])
    np.testing.assert_array_equal(VECTORS["held thickness"].join(None, VS), VS)


def differences(layers: LayerVector, vector: np.ndarray, **options: Any) -> np.ndarray:
    """(T, size) central differences of the phase velocity in the vector's unit."""
    factor = 1000.0 if layers.units == "si" else 1.0
    steps = 1e-5 * vector
    sides = [sg.phase_velocity(*layers.model(vector + sign * np.diag(steps)), PERIODS, **options) for sign in (1, -1)]
    return factor * (sides[0] - sides[1]).T / (2 * steps)


@pytest.mark.parametrize("wave", ["rayleigh", "love"])
@pytest.mark.parametrize("earth", ["flat", "spherical"])
@pytest.mark.parametrize("layers", VECTORS.values(), ids=VECTORS)
def test_jacobian_is_that_of_the_curve(layers: LayerVector, wave: str, earth: str) -> None:
    vector = vector_of(layers)
    kernels = sg.phase_kernels(*layers.model(vector), PERIODS, wave=wave, earth=earth)
    expected = differences(layers, vector, wave=wave, earth=earth)
    np.testing.assert_allclose(layers.jacobian(kernels, vector), expected, rtol=1e-6, atol=1e-8)


def test_a_jacobian_without_the_relations_slopes_or_in_another_order_is_none() -> None:
    layers = VECTORS["blocks"]
    vector = vector_of(layers)
    kernels = sg.phase_kernels(*layers.model(vector), PERIODS)
    expected = differences(layers, vector)
    untied = LayerVector(4, Held(*layers.relation.columns(VS)))
    shuffled = LayerVector(4, order="interleaved")
    for liar in (untied, shuffled):
        assert np.abs(liar.jacobian(kernels, vector) - expected).max() > 1e-2


def test_kernels_per_km_are_refused() -> None:
    layers = VECTORS["blocks"]
    kernels = sg.phase_kernels(*layers.model(vector_of(layers)), PERIODS, per="km")
    with pytest.raises(UsageError, match=r"^kernels: per='km' given; kernels per layer"):
        layers.jacobian(kernels, vector_of(layers))


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"layers": 0}, "layers: 0 given; allowed are integers from 1"),
    ({"layers": 2.0}, "layers: 2.0 given; allowed are integers from 1"),
    ({"layers": 3, "order": "mixed"}, "order: 'mixed' given; allowed are blocks, interleaved"),
    ({"layers": 3, "units": "m"}, "units: 'm' given; allowed are km, si"),
    ({"layers": 3, "thickness": [1.0]}, r"thickness: shape \(1,\) given; \(2,\), one for each layer above"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_bad_options_are_refused_in_one_line(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=f"^{words}"):
        LayerVector(**options)


def test_a_vector_of_another_size_is_refused() -> None:
    with pytest.raises(ModelError, match=r"^vector: shape \(4,\) given; \(\.\.\., 7\) is allowed, h1, .* of 4 layers"):
        VECTORS["blocks"].model(VS)
