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
_VALUES = ("value_mae", "missing")
"""What a lie about kernels alone leaves as it was."""

_ENTRIES = (
    Entry(
        scaled_kernel,
        named_by=("amplitude_ratio", "homogeneity", "spectral_amplitude", "taylor_error"),
        spares=("cosine", "sign_agreement", "centroid_shift", "density", "love_vp", "spectral_cosine", *_VALUES),
    ),
    Entry(
        flipped_sign,
        named_by=("sign_agreement", "homogeneity", "spectral_cosine", "step_cosine", "misfit_excess"),
        spares=("centroid_shift", "roughness_ratio", "density", "love_vp", "information_ratio", *_VALUES),
    ),
    Entry(
        per_km_kernel,
        named_by=("homogeneity", "amplitude_ratio", "information_ratio", "posterior_width"),
        spares=("halfspace_error", "sign_agreement", "love_vp", *_VALUES),
    ),
    Entry(
        log_kernel,
        named_by=("amplitude_ratio",),
        spares=("sign_agreement", "love_vp", *_VALUES),
    ),
    Entry(
        shifted_kernel,
        named_by=("centroid_shift",),
        spares=("halfspace_error", "love_vp", *_VALUES),
    ),
    Entry(
        smoothed_kernel,
        named_by=("roughness_ratio",),
        spares=("halfspace_error", "love_vp", *_VALUES),
    ),
    Entry(
        dropped_halfspace,
        named_by=("halfspace_error",),
        spares=("relative_l2", "cosine", "roughness_ratio", "attraction", "love_vp", *_VALUES),
    ),
    Entry(
        moho_locked,
        named_by=("attraction", "cosine"),
        spares=("halfspace_error", "homogeneity", "density", "love_vp", *_VALUES),
    ),
    Entry(
        other_period,
        named_by=("cosine", "centroid_shift", "taylor_error"),
        spares=("love_vp", *_VALUES),
    ),
    Entry(
        other_mode,
        named_by=("cosine", "homogeneity", "subspace_distance", "taylor_error"),
        spares=("density", "love_vp", *_VALUES),
    ),
    Entry(
        wrong_slope,
        named_by=("relative_l2", "cosine", "taylor_slope"),
        spares=("homogeneity", "density", "halfspace_error", "love_vp", *_VALUES),
    ),
    Entry(
        noisy_band,
        named_by=("relative_l2", "cosine"),
        spares=("homogeneity", "density", "halfspace_error", "love_vp", *_VALUES),
        bands=("10-20",),
    ),
    Entry(
        biased_values,
        named_by=("value_mae", "misfit_ratio", "misfit_excess", "posterior_shift"),
        spares=(
            "relative_l2",
            "cosine",
            "amplitude_ratio",
            "halfspace_error",
            "off_manifold",
            "taylor_error",
            "missing",
        ),
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
        named_by=("off_manifold",),
        spares=("on_manifold", *_VALUES),
        needs=("subspace",),
    ),
    Entry(
        tied_kernel,
        named_by=("sign_agreement", "off_manifold"),
        spares=("homogeneity", "density", "love_vp", *_VALUES),
        parameters=("vp", "rho"),
    ),
    Entry(
        love_sees_vp,
        named_by=("love_vp",),
        spares=("density", "cosine", *_VALUES),
    ),
    Entry(
        leaning_density,
        named_by=("density",),
        spares=("homogeneity", "love_vp", *_VALUES),
    ),
    Entry(
        random_weights,
        named_by=("value_mae", "cosine", "homogeneity", "on_manifold", "step_error"),
        spares=("missing",),
    ),
)
SHELF = {entry.name: entry for entry in _ENTRIES}
"""Name -> entry, every liar with its default size."""
