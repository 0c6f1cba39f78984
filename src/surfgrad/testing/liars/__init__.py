"""Forwards that are wrong in a known way, each with the metrics that must name it; and honest ones that must pass.

A check that has never rejected anything is no check. Wrap any honest forward, `scaled_kernel(ExactForward())`, or take
them all from the table, `SHELF`.
"""

from surfgrad.testing.liars.depth import dropped_halfspace, moho_locked, shifted_kernel, smoothed_kernel
from surfgrad.testing.liars.honest import HONEST, Differenced, SinglePrecision
from surfgrad.testing.liars.identities import leaning_density, love_sees_vp
from surfgrad.testing.liars.liar import Liar
from surfgrad.testing.liars.manifold import prior_projected, tied_kernel
from surfgrad.testing.liars.naming import misnamed, places, without
from surfgrad.testing.liars.noise import noisy_band, wrong_slope
from surfgrad.testing.liars.other import other_mode, other_period
from surfgrad.testing.liars.shelf import SHELF, Entry
from surfgrad.testing.liars.size import flipped_sign, log_kernel, per_km_kernel, scaled_kernel
from surfgrad.testing.liars.untrained import UntrainedNetwork, random_weights
from surfgrad.testing.liars.values import biased_values, nan_at_cutoff, random_nan

__all__ = [
    "HONEST",
    "SHELF",
    "Differenced",
    "Entry",
    "Liar",
    "SinglePrecision",
    "UntrainedNetwork",
    "biased_values",
    "dropped_halfspace",
    "flipped_sign",
    "leaning_density",
    "log_kernel",
    "love_sees_vp",
    "misnamed",
    "moho_locked",
    "nan_at_cutoff",
    "noisy_band",
    "other_mode",
    "other_period",
    "per_km_kernel",
    "places",
    "prior_projected",
    "random_nan",
    "random_weights",
    "scaled_kernel",
    "shifted_kernel",
    "smoothed_kernel",
    "tied_kernel",
    "without",
    "wrong_slope",
]
