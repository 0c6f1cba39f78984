"""Error by depth: which layers a forward's kernels are wrong in."""

from collections.abc import Sequence

import numpy as np

from surfgrad.audit.bands import Band, band_index
from surfgrad.audit.domain import GRID_TOLERANCE
from surfgrad.audit.exclusion import Exclusion
from surfgrad.audit.profile import ZERO_SHARE
from surfgrad.audit.record import PARAMETERS, DepthErrors
from surfgrad.records import Array, Kernels


def common_layering(thickness: Array, mask: Array) -> Array:
    """The thickness (L,), km, that all models (N, L) share: a layer's number is then a depth. Empty if they differ."""
    if not len(thickness) or not mask.all():
        return np.zeros(0)
    same = np.allclose(thickness[:, :-1], thickness[:1, :-1], rtol=0.0, atol=GRID_TOLERANCE)
    return np.asarray(thickness[0]) if same else np.zeros(0)


def sizes(learned: Kernels, exact: Kernels) -> tuple[Array, Array]:
    """|K^ - K| and |K|, both (n, W, P, T, L), float32: thousands of profiles are held at once."""
    error, signal = [], []
    for parameter in PARAMETERS:
        truth, given = exact[parameter], learned[parameter]
        assert truth is not None
        error.append(np.full(truth.shape, np.nan) if given is None else np.abs(given - truth))
        signal.append(np.abs(truth))
    return np.stack(error, axis=2).astype(np.float32), np.stack(signal, axis=2).astype(np.float32)


def depth_errors(error: Array, signal: Array, reason: Array, periods: Array, bands: Sequence[Band]) -> DepthErrors:
    """Medians by layer over the judged samples of each band.

    `error`, `signal`: (N, W, P, T, L) from `sizes`; `reason`: (N, W, P, T). NaN where a band holds no judged sample.
    """
    _, waves, parameters, _, layers = error.shape
    shape = (waves, parameters, len(bands), layers)
    median_error, median_signal = np.full(shape, np.nan), np.full(shape, np.nan)
    count = np.zeros(shape[:-1], dtype=np.int64)
    index = band_index(periods, bands)
    for wave, parameter, band in np.ndindex(*shape[:-1]):
        inside = index == band
        judged = reason[:, wave, parameter, inside] == Exclusion.JUDGED
        count[wave, parameter, band] = judged.sum()
        if judged.any():
            median_error[wave, parameter, band] = np.median(error[:, wave, parameter, inside][judged], axis=0)
            median_signal[wave, parameter, band] = np.median(signal[:, wave, parameter, inside][judged], axis=0)
    scale = _scale(median_signal)
    with np.errstate(invalid="ignore", divide="ignore"):
        return DepthErrors(median_error / scale[..., None], median_signal / scale[..., None], scale, count)


def _scale(signal: Array) -> Array:
    """Largest median |K| of the finite layers, (W, P, B); that of vs where the parameter's own is zero."""
    finite = signal[..., :-1] if signal.shape[-1] > 1 else signal
    largest = finite.max(axis=-1)
    yardstick = largest[:, PARAMETERS.index("vs")][:, None, :]
    return np.where(largest <= ZERO_SHARE * yardstick, yardstick, largest)
