"""What is written is read again to the last bit: any model, any curves, every format and unit that can hold them."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surfgrad.curves import ObservedCurves, read_curves, write_curves
from surfgrad.earth.model import EarthModel

MODEL_WAYS = {
    "model96": ("m.mod", {}),
    "csv-km": ("m.csv", {}),
    "csv-si": ("m.csv", {"units": "si"}),
    "geopsy": ("m.txt", {"units": "si", "format": "geopsy"}),
    "nd": ("m.nd", {}),
    "tvel": ("m.tvel", {}),
}
CURVE_WAYS = {
    "surf96": ("c.dsp", "km", "surf96"),
    "csv-km": ("c.csv", "km", None),
    "csv-si": ("c.csv", "si", None),
    "geopsy": ("c.txt", "si", "geopsy"),
    "geopsy2": ("c.txt", "si", "geopsy2"),
}


@st.composite
def models(draw: Any) -> EarthModel:
    """One to six layers, the top ones perhaps water, of any double that ground can have."""
    count = draw(st.integers(1, 6))
    water = draw(st.integers(0, count - 1))
    thickness = draw(st.lists(st.floats(1e-6, 500.0), min_size=count, max_size=count))
    vs = [0.0 if i < water else draw(st.floats(0.01, 8.0)) for i in range(count)]
    # Half-spaces are fast enough not to look like other units.
    vp = [draw(st.floats(0.3 if each == 0.0 else max(1.16 * each, 0.03), 19.9)) for each in vs]
    rho = draw(st.lists(st.floats(0.1, 29.9), min_size=count, max_size=count))
    return EarthModel(thickness, vp, vs, rho, name=draw(st.none() | st.text(max_size=20)))


@pytest.mark.parametrize("way", MODEL_WAYS)
def test_models_come_back(way: str) -> None:
    name, options = MODEL_WAYS[way]

    @settings(max_examples=60)
    @given(models())
    def comes_back(model: EarthModel) -> None:
        with tempfile.TemporaryDirectory() as folder:
            model.to_file(Path(folder) / name, **options)
            assert EarthModel.from_file(Path(folder) / name, **options) == model

    comes_back()


@st.composite
def curves(draw: Any, sigma: st.SearchStrategy[float], kinds: tuple[str, ...]) -> ObservedCurves:
    """One to six observations in any order, of any double that a curve can have."""
    kind = st.sampled_from(kinds)
    row = st.tuples(
        st.sampled_from(("rayleigh", "love")),
        kind,
        st.integers(0, 9999),
        st.floats(1e-4, 1e4),
        st.floats(0.02, 20.0),
        sigma,
    )
    rows = [
        ("rayleigh" if kind == "ellipticity" else wave, kind, mode, period, value, spread)
        for wave, kind, mode, period, value, spread in draw(st.lists(row, min_size=1, max_size=6))
    ]
    return ObservedCurves(*map(np.array, zip(*rows, strict=True)))


@pytest.mark.parametrize("way", CURVE_WAYS)
def test_curves_come_back(way: str) -> None:
    name, units, format = CURVE_WAYS[way]
    spread, none = st.floats(1e-9, 10.0), st.just(np.nan)
    velocities, every = ("phase", "group"), ("phase", "group", "ellipticity")
    kept = {"csv": curves(spread | none, every), "geo": curves(spread, velocities) | curves(none, velocities)}

    @settings(max_examples=60)
    @given(kept.get(way[:3], curves(spread, velocities)))
    def come_back(observed: ObservedCurves) -> None:
        with tempfile.TemporaryDirectory() as folder:
            write_curves(observed, Path(folder) / name, units=units, format=format)
            assert read_curves(Path(folder) / name, units=units) == observed

    come_back()
