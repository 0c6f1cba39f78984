"""A handful of models to look at, chosen by rank and not by taste: from the best judged to the worst."""

import numpy as np

from surfgrad.audit.profile import profile_metrics
from surfgrad.audit.record import PARAMETERS, Examples
from surfgrad.records import Array, Kernels


def choose(relative_l2: Array, count: int) -> tuple[Array, Array]:
    """Positions and quantiles (E,) of `count` models evenly spread in rank of their median relative_l2 of vs.

    `relative_l2`: (N, W, P, T). Models without a judged sample are not ranked; fewer models give fewer examples.
    """
    scores = np.full(relative_l2.shape[0], np.nan)
    for number, each in enumerate(relative_l2[:, :, PARAMETERS.index("vs")]):
        finite = each[np.isfinite(each)]
        if finite.size:
            scores[number] = np.median(finite)
    order = np.argsort(scores, kind="stable")[: int(np.isfinite(scores).sum())]
    if not order.size or count < 1:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    ranks = np.unique(np.round(np.linspace(0, order.size - 1, count)).astype(np.int64))
    return order[ranks], ranks / max(order.size - 1, 1)


def make_examples(
    index: Array,
    quantile: Array,
    models: tuple[Array, Array, Array, Array],
    mask: Array,
    learned: Kernels,
    exact: Kernels,
    periods: Array,
    chosen_periods: Array,
) -> Examples:
    """Both sides' velocities and, at the periods at positions `chosen_periods` (Q,), kernels of E models."""
    layers = mask.shape[1]
    truth, given = _stacked(exact, chosen_periods, layers), _stacked(learned, chosen_periods, layers)
    yardstick = truth[:, :, PARAMETERS.index("vs")]
    strict = [
        profile_metrics(given[:, :, p], truth[:, :, p], yardstick, models[0], mask)["relative_l2"]
        for p in range(len(PARAMETERS))
    ]
    padding = ~mask[:, None, None, None, :]
    return Examples(
        index=index,
        quantile=quantile,
        thickness=models[0],
        vp=models[1],
        vs=models[2],
        rho=models[3],
        mask=mask,
        exact_velocity=exact.velocity,
        velocity=learned.velocity,
        periods=periods[chosen_periods],
        exact_kernel=np.where(padding, np.nan, truth),
        kernel=np.where(padding, np.nan, given),
        relative_l2=np.stack(strict, axis=2),
    )


def _stacked(kernels: Kernels, chosen: Array, layers: int) -> Array:
    """(E, W, P, Q, L), NaN for a parameter that the forward does not have."""
    blank = np.full((*kernels.velocity.shape, layers), np.nan)
    given = [kernels[parameter] for parameter in PARAMETERS]
    return np.stack([(blank if each is None else each)[:, :, chosen] for each in given], axis=2)
