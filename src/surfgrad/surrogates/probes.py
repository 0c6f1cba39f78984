"""A few models inside a surrogate's domain, on which two forms of it can be compared."""

import numpy as np

from surfgrad.surrogates.card import Card

_LEVELS = np.linspace(0.2, 0.8, 5)[:, None]
"""Where, between the bounds of the training set, vs is."""
_LAYERS = 24
_DEEPEST = 0.7
"""Of the longest wavelength, where the network has no grid."""


def probe_models(card: Card) -> tuple[np.ndarray, ...]:
    """thickness, vp, vs, rho of 5 models (5, L), rounded to single precision.

    Where the card has a grid, vs follows its bounds layer by layer; otherwise vs rises with depth.
    """
    low, high = np.array(card.domain.vs_range).T
    thickness = np.array(card.domain.thickness)
    share = _LEVELS
    if not thickness.size:
        depths = np.geomspace(1e-2, 1.0, _LAYERS) * _DEEPEST * high.max() * max(card.domain.periods)
        thickness = np.append(np.diff(depths, prepend=0.0)[:-1], 0.0)
        share = _LEVELS * np.linspace(0.5, 1.2, _LAYERS)
    vs = low + share * (high - low)
    models = (np.tile(thickness, (len(vs), 1)), 1.75 * vs, vs, np.full_like(vs, 2.7))
    return tuple(values.astype(np.float32).astype(np.float64) for values in models)
