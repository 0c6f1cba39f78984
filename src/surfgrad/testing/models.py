"""Hypothesis strategies for layered models; the one file of the package that needs hypothesis."""

from typing import Any

import numpy as np

from surfgrad.earth.brocher import density_from_vp
from surfgrad.earth.model import EarthModel

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError("surfgrad.testing.models needs hypothesis: pip install hypothesis") from error

SLOWEST, FASTEST = 0.1, 5.0
"""vs of the layers, km/s."""
THIN, THICK = 0.001, 40.0
"""Thickness of a thin (1 m) and a thick (evanescent at short periods) layer, km."""


@st.composite
def models(draw: Any, min_layers: int = 1, max_layers: int = 6) -> EarthModel:
    """Any solid model: vs and vp/vs at will in each layer, thickness from 1 m to 40 km, low-velocity zones included.

    The half-space may be slower than layers above it, so a mode need not exist.
    """
    count = draw(st.integers(min_layers, max_layers))
    return _model(
        draw,
        [draw(_thickness()) for _ in range(count)],
        [draw(st.floats(SLOWEST, FASTEST)) for _ in range(count)],
    )


@st.composite
def guiding_models(draw: Any, min_layers: int = 2, max_layers: int = 6) -> EarthModel:
    """Models whose half-space is the fastest layer, so that the fundamental Love mode exists at every period."""
    count = draw(st.integers(min_layers, max_layers))
    vs = [draw(st.floats(SLOWEST, 4.5)) for _ in range(count - 1)]
    return _model(draw, [draw(_thickness()) for _ in range(count)], [*vs, max(vs) * draw(st.floats(1.02, 2.0))])


@st.composite
def channel_models(draw: Any) -> EarthModel:
    """A lid, a low-velocity zone under it, and a fast half-space: strong contrasts, two buried channels at times."""
    lid, channel = draw(st.floats(2.5, 4.5)), draw(st.floats(0.5, 2.4))
    middle = draw(st.floats(2.5, 4.5))
    thickness = [draw(st.floats(1.0, THICK)) for _ in range(3)]
    twice = draw(st.booleans())
    layers = [lid, channel, middle] + ([channel, middle] if twice else [])
    heights = thickness + ([thickness[1], thickness[0]] if twice else [])
    return _model(draw, [*heights, 0.0], [*layers, draw(st.floats(4.55, FASTEST))])


def _thickness() -> Any:
    """Thin, ordinary and thick layers in equal parts."""
    return st.one_of(st.just(THIN), st.floats(0.01, 5.0), st.floats(5.0, THICK))


def _model(draw: Any, thickness: list[float], vs: list[float]) -> EarthModel:
    """vp/vs of 1.5 to 3, density of Brocher's (2005) equation (1) within a tenth."""
    speed = np.array(vs)
    vp = speed * np.array([draw(st.floats(1.5, 3.0)) for _ in vs])
    factor = np.array([draw(st.floats(0.9, 1.1)) for _ in vs])
    return EarthModel(np.array(thickness), vp, speed, density_from_vp(np.clip(vp, 1.5, 8.5)) * factor)
