"""Kernels for the page's explorer: the arrays of kernels.nc, packed small enough to travel inside the page."""

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.report.figures.palette import EXACT as INK
from surfgrad.report.figures.palette import colour
from surfgrad.report.networks import in_words

if TYPE_CHECKING:
    import xarray as xr

EXACT = "exact"
_MOST = 32767
_NOTHING = -32768
"""Stands for a number that does not exist."""


def explorer_data(kernels: "xr.Dataset", titles: Mapping[str, str]) -> dict[str, Any]:
    """Plain data: names, and by test set the model and its kernels.

    A kernel is 16-bit whole numbers (F, W, P, T, L), little-endian, in base64, times `scale` (W, P, T): the largest of
    all forwards over 32767, so that what is drawn is right to far less than a line's width. -32768: no number.
    """
    names = {each: [str(name) for name in kernels[each].values] for each in ("forward", "wave", "parameter")}
    return {
        **names,
        "labels": [name if name == EXACT else in_words(name) for name in names["forward"]],
        "colours": [INK if name == EXACT else colour(name) for name in names["forward"]],
        "dashed": ["sobolev" in name for name in names["forward"]],
        "sets": [_one(kernels.sel(set=name), titles.get(name, name)) for name in map(str, kernels["set"].values)],
    }


def _one(kernels: "xr.Dataset", title: str) -> dict[str, Any]:
    values = kernels["kernel"].transpose("forward", "wave", "parameter", "period", "layer").values
    real = np.isfinite(kernels["vs"].values)
    values = values[..., real]
    finite = np.where(np.isfinite(values), np.abs(values), 0.0)
    scale = finite.max(axis=(0, -1)) / _MOST
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = np.where(
            np.isfinite(values), np.round(values / np.where(scale > 0, scale, 1.0)[None, ..., None]), _NOTHING
        )
    errors = kernels["relative_l2"].transpose("forward", "wave", "parameter", "period").values
    tops = kernels["depth_top"].values[real]
    return {
        "title": title,
        "number": int(kernels["index"]),
        "period": [float(each) for each in kernels["period"].values],
        "top": [round(float(each), 4) for each in tops],
        "vs": [round(float(each), 4) for each in kernels["vs"].values[real]],
        "layers": int(real.sum()),
        "scale": [[[float(f"{t:.6g}") for t in p] for p in w] for w in scale],
        "error": [[[[_plain(t) for t in p] for p in w] for w in f] for f in errors],
        "kernel": base64.b64encode(whole.astype("<i2").tobytes()).decode("ascii"),
    }


def _plain(value: float) -> float | None:
    return float(f"{value:.3g}") if np.isfinite(value) else None
