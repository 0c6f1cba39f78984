"""Taylor's test on some of the audited models: the forward's kernels along a few directions, exact values around."""

from collections.abc import Callable

import numpy as np

from surfgrad.audit.directions import ROUGH, SMOOTH, along, direction
from surfgrad.audit.taylor import CENTRAL, STEPS, taylor_test
from surfgrad.audit.whitenings import Whitenings
from surfgrad.contracts import Forward
from surfgrad.inversion.log_kernels import NAMES as PARAMETERS
from surfgrad.inversion.log_kernels import log_kernels
from surfgrad.inversion.whitening import Models
from surfgrad.records import Array

SCORES = ("taylor_error", "taylor_slope", "taylor_reach")


def run_taylor(
    forward: Forward,
    reference: Forward,
    models: Models,
    periods: Array,
    whitenings: Whitenings,
    count: int,
    rng: np.random.Generator,
    told: Callable[[int], None] = lambda done: None,
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Scores (n, W, D) by name for `count` = D directions of each of n models, smooth and rough by turns, and medians.

    Parameters that the forward does not have are held. The medians over models and directions, (W, E),
    are `taylor_remainder` and `taylor_floor` (see `TaylorTest`). `told` hears how many directions are done.
    """
    kernels = forward.jacobian(models, periods)
    logs = log_kernels(kernels, *models[1:])
    held = np.array([kernels[name] is not None for name in PARAMETERS])[:, None]
    base = np.asarray(reference.predict(models, periods))
    tests = []
    for number in range(count):
        kind = (SMOOTH, ROUGH)[number % 2]
        v = held * np.stack([direction(whitenings.of(h), h.size, kind, rng) for h in models[0]])
        ahead, behind, *stepped = (
            np.asarray(reference.predict(along(models, v, step), periods)) for step in (CENTRAL, -CENTRAL, *STEPS)
        )
        claimed = np.einsum("nwtpl,npl->nwt", logs, v)
        tests.append(taylor_test(base, np.stack(stepped, axis=2), ahead, behind, claimed))
        told(number + 1)
    scores = (np.stack([getattr(each, name) for each in tests], axis=2) for name in ("error", "slope", "reach"))
    curves = {
        "taylor_remainder": _medians([each.remainder for each in tests]),
        "taylor_floor": _medians([each.floor for each in tests]),
    }
    return dict(zip(SCORES, scores, strict=True)), curves


def _medians(remainders: list[Array]) -> Array:
    """(W, E) over models and directions, of arrays (n, W, E); NaN where there is none."""
    every = np.concatenate(remainders)
    known = np.isfinite(every).all(axis=2)
    found = [
        np.median(every[known[:, w], w], axis=0) if known[:, w].any() else every[0, w] for w in range(every.shape[1])
    ]
    return np.array(found)
