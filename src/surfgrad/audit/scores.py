"""Numbers of the further tests, before any judgement: each a metric with its samples by model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.audit.attraction import NAMES as ATTRACTION
from surfgrad.audit.bands import Band
from surfgrad.audit.record import PARAMETERS
from surfgrad.audit.spectrum import BY_WAVE, RANGES
from surfgrad.audit.split import NAMES as SPLIT
from surfgrad.records import Array

ALL = "all"


@dataclass(frozen=True, eq=False)
class Score:
    """`samples` (n, S) of one metric of a `part`, NaN where there is none; models are rows.

    `wave`, `parameter`: "all" where they are taken together. `where`: a period band, a range of singular values, or
    "all".
    """

    part: str
    metric: str
    wave: str
    parameter: str
    where: str
    samples: Array


def imprint_scores(
    found: Mapping[str, Array], waves: Sequence[str], periods: Array, bands: Sequence[Band]
) -> list[Score]:
    """By wave and band: the split over all parameters (n, W, T), the attraction for each (n, W, P, T)."""
    scores = []
    for (w, wave), band in ((each, band) for each in enumerate(waves) for band in bands):
        inside = band.contains(periods)
        for name in SPLIT:
            scores.append(Score("imprint", name, wave, ALL, band.name, found[name][:, w, inside]))
        for (p, parameter), name in ((each, name) for each in enumerate(PARAMETERS) for name in ATTRACTION):
            scores.append(Score("imprint", name, wave, parameter, band.name, found[name][:, w, p, inside]))
    return scores


def spectral_scores(found: Mapping[str, Array], waves: Sequence[str]) -> list[Score]:
    """By wave: cosine and amplitude by range of the singular value (n, W, J), the rest for the spectrum (n, W)."""
    scores = []
    for w, wave in enumerate(waves):
        singular = found["singular"][:, w]
        for low, high in RANGES:
            inside = (singular >= low) & (singular < high)
            for name in ("spectral_cosine", "spectral_amplitude"):
                samples = np.where(inside, found[name][:, w], np.nan)
                scores.append(Score("spectral", name, wave, ALL, range_name(low, high), samples))
        scores += [Score("spectral", name, wave, ALL, ALL, found[name][:, w, None]) for name in BY_WAVE]
    return scores


def range_name(low: float, high: float) -> str:
    """ "10-100", or ">=100" without an upper end: singular values in units of the noise."""
    return f"{low:g}-{high:g}" if np.isfinite(high) else f">={low:g}"


def wave_scores(part: str, found: Mapping[str, Array], waves: Sequence[str]) -> list[Score]:
    """By wave, of arrays (n, W, S)."""
    pairs: Iterable[tuple[int, str]] = list(enumerate(waves))
    return [Score(part, name, wave, ALL, ALL, each[:, w]) for w, wave in pairs for name, each in found.items()]


def joint_scores(part: str, found: Mapping[str, Array]) -> list[Score]:
    """Over both waves together, of arrays (n, S)."""
    return [Score(part, name, ALL, ALL, ALL, each) for name, each in found.items()]
