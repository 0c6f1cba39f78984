"""The table: each liar, the metrics that must name it, and those that its lie must leave alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surfgrad.contracts import Forward
from surfgrad.testing.liars.depth import dropped_halfspace, moho_locked, shifted_kernel, smoothed_kernel
from surfgrad.testing.liars.identities import leaning_density, love_sees_vp
from surfgrad.testing.liars.manifold import prior_projected, tied_kernel
from surfgrad.testing.liars.noise import noisy_band, wrong_slope
from surfgrad.testing.liars.other import other_mode, other_period
from surfgrad.testing.liars.size import flipped_sign, log_kernel, per_km_kernel, scaled_kernel
from surfgrad.testing.liars.untrained import random_weights
from surfgrad.testing.liars.values import biased_values, nan_at_cutoff, random_nan


@dataclass(frozen=True)
class Entry:
    """One liar of the shelf.

    `make(honest, ...)`: the liar. `named_by`: metrics that must FAIL, each of them, where the lie is: in the `bands`
    and `parameters` given (None: anywhere), and nowhere else. `spares`: metrics that must FAIL nowhere. `needs`: what
    `make` wants to know beside the honest forward, by argument name: "subspace" (of the models' prior).
    """

    make: Callable[..., Forward]
    named_by: tuple[str, ...]
    spares: tuple[str, ...]
    bands: tuple[str, ...] | None = None
    parameters: tuple[str, ...] | None = None
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The maker's name."""
        return self.make.__name__

    def liar(self, honest: Forward, **known: Any) -> Forward:
        """The liar made of `honest`, with what it needs taken from `known`."""
        return self.make(honest, **{name: known[name] for name in self.needs})


_LATE = ("20-30", "30-45", "45-60")
"""Bands in which modes come near their cut-off."""

_ENTRIES = (
    Entry(
        scaled_kernel,
        named_by=("amplitude_ratio", "homogeneity"),
        spares=("cosine", "sign_agreement", "centroid_shift", "density", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        flipped_sign,
        named_by=("sign_agreement", "homogeneity"),
        spares=("centroid_shift", "roughness_ratio", "density", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        per_km_kernel,
        named_by=("homogeneity", "amplitude_ratio"),
        spares=("halfspace_error", "sign_agreement", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        log_kernel,
        named_by=("amplitude_ratio",),
        spares=("sign_agreement", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        shifted_kernel,
        named_by=("centroid_shift",),
        spares=("halfspace_error", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        smoothed_kernel,
        named_by=("roughness_ratio",),
        spares=("halfspace_error", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        dropped_halfspace,
        named_by=("halfspace_error",),
        spares=("relative_l2", "cosine", "roughness_ratio", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        moho_locked,
        named_by=("cosine", "relative_l2"),
        spares=("halfspace_error", "homogeneity", "density", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        other_period,
        named_by=("cosine", "centroid_shift"),
        spares=("love_vp", "value_mae", "missing"),
    ),
    Entry(
        other_mode,
        named_by=("cosine", "homogeneity"),
        spares=("density", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        wrong_slope,
        named_by=("relative_l2", "cosine"),
        spares=("homogeneity", "density", "halfspace_error", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        noisy_band,
        named_by=("relative_l2", "cosine"),
        spares=("homogeneity", "density", "halfspace_error", "love_vp", "value_mae", "missing"),
        bands=("10-20",),
    ),
    Entry(
        biased_values,
        named_by=("value_mae",),
        spares=("relative_l2", "cosine", "amplitude_ratio", "halfspace_error", "density", "love_vp", "missing"),
    ),
    Entry(
        random_nan,
        named_by=("missing",),
        spares=("relative_l2", "cosine", "amplitude_ratio", "halfspace_error", "value_mae"),
    ),
    Entry(
        nan_at_cutoff,
        named_by=("missing",),
        spares=("relative_l2", "cosine", "amplitude_ratio", "halfspace_error", "value_mae"),
        bands=_LATE,
    ),
    Entry(
        prior_projected,
        named_by=("relative_l2", "density"),
        spares=("value_mae", "missing"),
        needs=("subspace",),
    ),
    Entry(
        tied_kernel,
        named_by=("sign_agreement",),
        spares=("homogeneity", "density", "love_vp", "value_mae", "missing"),
        parameters=("vp", "rho"),
    ),
    Entry(
        love_sees_vp,
        named_by=("love_vp",),
        spares=("density", "cosine", "value_mae", "missing"),
    ),
    Entry(
        leaning_density,
        named_by=("density",),
        spares=("homogeneity", "love_vp", "value_mae", "missing"),
    ),
    Entry(
        random_weights,
        named_by=("value_mae", "cosine", "homogeneity"),
        spares=("missing",),
    ),
)
SHELF = {entry.name: entry for entry in _ENTRIES}
"""Name -> entry, every liar with its default size."""
