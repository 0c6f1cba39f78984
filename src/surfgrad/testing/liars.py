"""Forwards that are wrong in a known way, each with the metric that must catch it; and honest ones that must pass.

A check that has never rejected anything is no check. Wrap any honest forward: `scaled_kernel(ExactForward())`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from surfgrad.contracts import Domain, Forward
from surfgrad.records import Array, Kernels

Models = tuple[Array, Array, Array, Array]
BendKernels = Callable[[Kernels, Models, Array], Kernels]
BendValues = Callable[[Array], Array]
PARAMETERS = ("vp", "vs", "rho")


@dataclass(frozen=True)
class Liar:
    """A Forward whose answers are bent on their way out.

    `caught_by`: the audit's metric that must FAIL. `spares`: metrics that must not, because this lie leaves them alone.
    """

    honest: Forward
    name: str
    caught_by: str
    spares: tuple[str, ...] = ()
    bend_kernels: BendKernels | None = None
    bend_values: BendValues | None = None

    @property
    def waves(self) -> tuple[str, ...]:
        """Those of the honest forward."""
        return self.honest.waves

    @property
    def kind(self) -> str:
        """That of the honest forward."""
        return self.honest.kind

    @property
    def domain(self) -> Domain:
        """That of the honest forward."""
        return self.honest.domain

    def predict(self, models: Any, periods: Any) -> Array:
        """The honest velocities, bent when this liar bends values."""
        velocity = np.asarray(self.honest.predict(models, periods))
        return velocity if self.bend_values is None else self.bend_values(velocity)

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """The honest kernels, bent when this liar bends kernels."""
        from surfgrad.earth.stack import stack_models

        kernels = self.honest.jacobian(models, periods)
        if self.bend_kernels is not None:
            stack = stack_models(models)
            arrays = (stack.thickness, stack.vp, stack.vs, stack.rho)
            kernels = self.bend_kernels(kernels, arrays, np.asarray(periods, dtype=np.float64))
        if self.bend_values is not None:
            kernels = replace(kernels, velocity=self.bend_values(kernels.velocity))
        return kernels


def _each(kernels: Kernels, bend: Callable[[Array, str], Array]) -> Kernels:
    """Bend the vp, vs and rho kernels that exist."""
    bent: dict[str, Any] = {}
    for name in PARAMETERS:
        kernel = kernels[name]
        bent[name] = None if kernel is None else bend(kernel, name)
    return replace(kernels, **bent)


def _parameter(models: Models, name: str) -> Array:
    """(N, 1, 1, L)."""
    return models[1 + PARAMETERS.index(name)][:, None, None, :]


def scaled_kernel(honest: Forward, factor: float = 1.3) -> Liar:
    """Every kernel too large by `factor`: the right shape, the wrong size."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _each(kernels, lambda kernel, name: factor * kernel)

    return Liar(honest, "scaled_kernel", "amplitude_ratio", ("cosine", "sign_agreement", "centroid_shift"), bend)


def flipped_sign(honest: Forward) -> Liar:
    """Every kernel of the wrong sign: an inversion runs uphill."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _each(kernels, lambda kernel, name: -kernel)

    return Liar(honest, "flipped_sign", "sign_agreement", ("centroid_shift", "roughness_ratio", "value_mae"), bend)


def shifted_kernel(honest: Forward, layers: int = 2) -> Liar:
    """Every kernel too deep by `layers` layers; the half-space's own is left alone."""

    def move(kernel: Array, name: str) -> Array:
        moved = np.zeros_like(kernel)
        moved[..., layers:-1] = kernel[..., : -1 - layers]
        moved[..., -1] = kernel[..., -1]
        return np.where(np.isnan(kernel), np.nan, moved)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _each(kernels, move)

    return Liar(honest, "shifted_kernel", "centroid_shift", ("halfspace_error", "value_mae"), bend)


def smoothed_kernel(honest: Forward, points: int = 9) -> Liar:
    """Every kernel averaged over `points` neighbouring layers: interfaces are gone."""

    def average(kernel: Array, name: str) -> Array:
        finite, half = kernel[..., :-1], points // 2
        window = [finite[..., max(k - half, 0) : k + half + 1].mean(axis=-1) for k in range(finite.shape[-1])]
        return np.stack([*window, kernel[..., -1]], axis=-1)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _each(kernels, average)

    return Liar(honest, "smoothed_kernel", "roughness_ratio", ("halfspace_error", "value_mae"), bend)


def per_km_kernel(honest: Forward) -> Liar:
    """Kernels divided by the layer's thickness, yet said to be per layer."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        thickness = models[0][:, None, None, :].copy()
        thickness[..., -1] = 1.0
        safe = np.where(thickness > 0, thickness, 1.0)
        return _each(kernels, lambda kernel, name: kernel / safe)

    return Liar(honest, "per_km_kernel", "homogeneity", ("halfspace_error", "value_mae"), bend)


def log_kernel(honest: Forward) -> Liar:
    """dln c / dln m given for dc/dm, the two quantities that the paper compares with one another."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        velocity = kernels.velocity[..., None]
        return _each(kernels, lambda kernel, name: kernel * _parameter(models, name) / velocity)

    return Liar(honest, "log_kernel", "amplitude_ratio", ("value_mae", "sign_agreement"), bend)


def dropped_halfspace(honest: Forward) -> Liar:
    """No kernel for the half-space: everything below the grid is taken as known."""

    def drop(kernel: Array, name: str) -> Array:
        return np.concatenate([kernel[..., :-1], 0.0 * kernel[..., -1:]], axis=-1)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _each(kernels, drop)

    return Liar(honest, "dropped_halfspace", "halfspace_error", ("relative_l2", "cosine", "value_mae"), bend)


def wrong_slope(honest: Forward, size: float = 0.5, seed: int = 0) -> Liar:
    """Right values, noise in the kernels that no sum over layers shows: the identities hold to the last digit.

    The noise is `size` times the kernel's norm and orthogonal to the model's own parameter profile.
    """

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        noise = np.asarray(np.random.default_rng(seed).standard_normal(models[0].shape[1]))
        noise[-1] = 0.0

        def disturb(kernel: Array, name: str) -> Array:
            profile = _parameter(models, name).copy()
            profile[..., -1] = 0.0
            off = noise - profile * (noise * profile).sum(-1, keepdims=True) / (profile**2).sum(-1, keepdims=True)
            norm = np.sqrt((kernel[..., :-1] ** 2).sum(-1, keepdims=True) / (off**2).sum(-1, keepdims=True))
            return kernel + size * norm * off

        return _each(kernels, disturb)

    spares = ("homogeneity", "density", "halfspace_error", "value_mae", "love_vp")
    return Liar(honest, "wrong_slope", "relative_l2", spares, bend)


def other_period(honest: Forward, factor: float = 0.6) -> Liar:
    """Right values, the kernels of a shorter period: sensitivity lies too shallow."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        other = honest.jacobian(models, factor * periods)
        return replace(other, velocity=kernels.velocity, status=kernels.status)

    return Liar(honest, "other_period", "cosine", ("value_mae",), bend)


def random_nan(honest: Forward, share: float = 0.05) -> Liar:
    """No answer for a share of samples that nothing is wrong with."""

    def lose(velocity: Array) -> Array:
        # the digits beyond a mm/s are as good as random, and the same for predict and jacobian, alone or in a batch
        return np.where(np.modf(1e6 * velocity)[0] < share, np.nan, velocity)

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        lost = np.isnan(lose(kernels.velocity))[..., None]
        return _each(kernels, lambda kernel, name: np.where(lost, np.nan, kernel))

    return Liar(honest, "random_nan", "missing", ("relative_l2", "cosine", "value_mae"), bend, lose)


def biased_values(honest: Forward, shift: float = 0.15) -> Liar:
    """Right kernels, every velocity too high by `shift` km/s."""
    return Liar(honest, "biased_values", "value_mae", ("relative_l2", "cosine", "missing"), None, lambda c: c + shift)


def love_sees_vp(honest: Forward, share: float = 0.3) -> Liar:
    """Love waves given a share of their vs kernel for vp, to which they are blind."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        if kernels.vp is None or kernels.vs is None:
            return kernels
        vp, love = kernels.vp.copy(), [wave == "love" for wave in honest.waves]
        vp[:, love] = share * kernels.vs[:, love]
        return replace(kernels, vp=vp)

    return Liar(honest, "love_sees_vp", "love_vp", ("density", "value_mae", "cosine"), bend)


def leaning_density(honest: Forward, share: float = 0.1) -> Liar:
    """Density kernels that do not add up to nothing: scaling all densities would change c."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        if kernels.rho is None:
            return kernels
        total = _parameter(models, "rho").sum(-1, keepdims=True)
        return replace(kernels, rho=kernels.rho + share * kernels.velocity[..., None] / total)

    return Liar(honest, "leaning_density", "density", ("homogeneity", "love_vp", "value_mae"), bend)


LIARS: tuple[Callable[[Forward], Liar], ...] = (
    scaled_kernel,
    flipped_sign,
    shifted_kernel,
    smoothed_kernel,
    per_km_kernel,
    log_kernel,
    dropped_halfspace,
    wrong_slope,
    other_period,
    random_nan,
    biased_values,
    love_sees_vp,
    leaning_density,
)
"""Every liar, with its default size."""


@dataclass(frozen=True)
class Differenced:
    """An honest control: kernels by central differences of the honest forward's own predictions."""

    honest: Forward
    step: float = 1e-4

    @property
    def waves(self) -> tuple[str, ...]:
        """Those of the honest forward."""
        return self.honest.waves

    @property
    def kind(self) -> str:
        """That of the honest forward."""
        return self.honest.kind

    @property
    def domain(self) -> Domain:
        """That of the honest forward."""
        return self.honest.domain

    def predict(self, models: Any, periods: Any) -> Array:
        """The honest velocities."""
        return np.asarray(self.honest.predict(models, periods))

    def jacobian(self, models: Any, periods: Any) -> Kernels:
        """Central differences."""
        from surfgrad.testing.check_kernel import difference_kernels

        return difference_kernels(self.honest, models, periods, self.step)


def _single(array: Array) -> Array:
    return array.astype(np.float32).astype(np.float64)


def rounded(honest: Forward) -> Liar:
    """An honest control: everything rounded to single precision, as a network's answers are."""

    def bend(kernels: Kernels, models: Models, periods: Array) -> Kernels:
        return _each(kernels, lambda kernel, name: _single(kernel))

    return Liar(honest, "rounded", "", (), bend, _single)


HONEST: tuple[Callable[[Forward], Forward], ...] = (lambda honest: honest, rounded, Differenced)
"""Controls that every check must let pass: the forward itself, rounded, and by differences."""
