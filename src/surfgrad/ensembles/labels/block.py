"""The labels of a block of samples: which periods, which directions, and the exact derivatives."""

from dataclasses import dataclass, field

import numpy as np

from surfgrad.ensembles.labels.chance import uniforms
from surfgrad.ensembles.labels.codes import CHANCES, Codes, draw_codes
from surfgrad.ensembles.labels.derivatives import Models, log_kernels
from surfgrad.ensembles.labels.directions import directions
from surfgrad.ensembles.labels.periods import choose_periods
from surfgrad.ensembles.labels.plan import Plan
from surfgrad.ensembles.labels.rounding import rounded
from surfgrad.status import WITH_VALUE, Status

Array = np.ndarray


@dataclass(frozen=True)
class Context:
    """What labels need to know of their set: `waves`, `periods` (T,), s, and the `pool` (P, 3, L) of log models."""

    waves: tuple[str, ...]
    periods: Array
    pool: Array = field(repr=False)


def label_block(
    models: Models,
    velocity: Array,
    status: Array,
    plan: Plan,
    seed: int,
    first_index: int,
    *,
    context: Context,
    threads: int | None = None,
) -> dict[str, Array]:
    """The arrays that `rows.arrays(plan)` lists, for n samples, of which the first is number `first_index`.

    `models`: thickness, vp, vs, rho, (n, L), km, km/s, km/s, g/cm3; `velocity`, km/s, and `status`: (n, W, T), as the
    engine gave them. What is chosen depends on (seed, index) and the sample alone. Derivatives are those of the same
    mode as the velocity; where it has none they are NaN and `label_status` says why.
    """
    plan.check(len(context.waves), context.periods.size, models[2].shape[1])
    count, waves = velocity.shape[:2]
    parts = np.cumsum([context.periods.size, waves * plan.periods, 2 * plan.directions])
    size = int(parts[-1]) + CHANCES * plan.directions
    by_period, by_kernel, by_target, by_code = np.split(uniforms(seed, first_index, count, size), parts, axis=1)
    chosen = choose_periods(context.periods, by_period, plan.periods)
    speed = np.take_along_axis(velocity, chosen[:, None], axis=2)
    kernels = np.stack(
        [
            log_kernels(models, context.periods[chosen], speed[:, row], wave, threads)
            for row, wave in enumerate(context.waves)
        ],
        axis=1,
    )
    codes, kernels = _settled(np.take_along_axis(status, chosen[:, None], axis=2), kernels)
    out = {"label_period": chosen.astype(np.uint16), "label_status": codes}
    if plan.directions:
        lengths = _wavelengths(speed, context.periods[chosen], models[2][:, -1], by_target)
        chance = by_code.reshape(count, plan.directions, CHANCES)
        drawn = draw_codes(chance, lengths, models[0], len(context.pool))
        out |= _along(kernels, drawn, context.pool)
    if plan.kernels:
        out |= _whole(kernels, by_kernel, plan.kernels)
    return out


def _settled(status: Array, kernels: Array) -> tuple[Array, Array]:
    """Codes (n, W, P), the velocities' own but NOT_CONVERGED where a kernel is not finite, and kernels, there NaN."""
    broken = np.isin(status, WITH_VALUE) & ~np.isfinite(kernels).all(axis=(3, 4))
    codes = np.where(broken, Status.NOT_CONVERGED, status).astype(np.uint8)
    return codes, np.where(broken[..., None, None], np.nan, kernels)


def _wavelengths(speed: Array, periods: Array, halfspace: Array, chance: Array) -> Array:
    """(n, D), km: of one of the sample's values for each direction; where that is none, as if c were the half-space's
    vs."""
    count = speed.shape[0]
    which = np.stack(np.split(chance, 2, axis=1))
    wave, label = (which * np.array(speed.shape[1:])[:, None, None]).astype(np.int64)
    rows = np.arange(count)[:, None]
    c = speed[rows, wave, label]
    length = np.where(np.isfinite(c), c, halfspace[:, None]) * periods[rows, label]
    # An invalid model may have a half-space of any kind; its directions have to be some, its derivatives are NaN.
    return np.where(np.isfinite(length) & (length > 0), length, 1.0)


def _along(kernels: Array, codes: Codes, pool: Array) -> dict[str, Array]:
    """Codes, and the kernels (n, W, P, 3, L) summed along their directions."""
    count, waves, labels, _, layers = kernels.shape
    v = directions(codes.kind, codes.weight, codes.place, pool, layers)
    flat = kernels.reshape(count, waves * labels, 3 * layers)
    along = flat @ v.reshape(count, -1, 3 * layers).swapaxes(1, 2)
    return {
        "direction_kind": codes.kind,
        "direction_weight": codes.weight,
        "direction_place": codes.place,
        "dlnc": along.reshape(count, waves, labels, -1).astype(np.float32),
    }


def _whole(kernels: Array, chance: Array, count: int) -> dict[str, Array]:
    """Some kernels whole, rounded: distinct places in wave x label, every one as likely."""
    picked = np.sort(np.argsort(chance, axis=1)[:, :count], axis=1)
    flat = kernels.reshape(len(kernels), -1, *kernels.shape[3:])
    rows = np.arange(len(kernels))[:, None]
    return {"kernel_pick": picked.astype(np.uint16), "kernel": rounded(flat[rows, picked])}
