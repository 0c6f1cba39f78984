"""Models and curves as files for the page to hand to the browser, written by the same writers as everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from surfgrad.curves.observed import ObservedCurves
from surfgrad.earth.model import EarthModel
from surfgrad.errors import SurfgradError, UsageError
from surfgrad.explore.messages import CurvesSaved, ModelSaved
from surfgrad.explore.solve import solved, value_of

MODEL_ENDINGS = {"model96": ".mod", "csv": ".csv", "geopsy": ".model", "nd": ".nd", "tvel": ".tvel"}
CURVE_ENDINGS = {"csv": ".csv", "surf96": ".dsp", "geopsy": ".txt", "geopsy2": ".txt"}


@dataclass(frozen=True)
class Saved:
    """A file's name and text; `left_out`: values that the model does not have, which such a file cannot hold."""

    name: str
    text: str
    left_out: int = 0


def save_model(asked: ModelSaved) -> Saved:
    """The model in the format asked for; raises ModelError or UsageError, in one line."""
    model = EarthModel(*asked.model.arrays, name=asked.name or None)
    name = _stem(asked.name, "model") + MODEL_ENDINGS[asked.format]
    return Saved(name, _text(name, lambda path: model.to_file(path, units=asked.units, format=asked.format)))


def save_curves(asked: CurvesSaved) -> Saved:
    """The branches' curves in the format asked for, without the values that there are none of."""
    from surfgrad.curves.writing import write_curves

    if asked.format == "surf96" and asked.sigma is None:
        raise UsageError("sigma: none given; SURF96 needs one in each row")
    curves, left_out = _solve(asked)
    name = _stem(asked.name, "curves") + CURVE_ENDINGS[asked.format]
    text = _text(name, lambda path: write_curves(curves, path, units=asked.units, format=asked.format))
    return Saved(name, text, left_out)


def _solve(asked: CurvesSaved) -> tuple[ObservedCurves, int]:
    periods = np.array(asked.periods)
    rows: list[tuple[str, str, int, float, float]] = []
    every = 0
    for branch in asked.branches:
        for kind in asked.kinds:
            if kind == "ellipticity" and branch.wave == "love":
                continue
            found = value_of(solved(kind, asked.model, periods, branch))
            every += found.size
            rows += [
                (branch.wave, kind, branch.mode, float(at), float(value))
                for at, value in zip(periods, found, strict=True)
                if np.isfinite(value)
            ]
    if not rows:
        raise UsageError(f"curves: no value among {every} to write; the model has none of these modes there")
    waves, kinds, modes, times, values = (np.array(column) for column in zip(*rows, strict=True))
    sigma = np.array(np.nan if asked.sigma is None else asked.sigma)
    return ObservedCurves(waves, kinds, modes, times, values, sigma), every - len(rows)


def _text(name: str, write: Callable[[Path], object]) -> str:
    with TemporaryDirectory(prefix="surfgrad-") as folder:
        path = Path(folder) / f"file{Path(name).suffix}"
        try:
            write(path)
        except SurfgradError as error:
            raise UsageError(str(error).replace(str(path), name)) from None
        return path.read_text(encoding="utf-8")


def _stem(text: str, otherwise: str) -> str:
    """A file name that any system takes."""
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in text.strip())
    return kept.strip("._")[:60] or otherwise
