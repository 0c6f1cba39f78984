"""How many of a prior's models trap the mode at every period: a number that its table states."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.contracts import WAVES
from surfgrad.earth.priors.base import Prior
from surfgrad.earth.priors.periods import prior_periods
from surfgrad.ensembles.sources import PriorSource
from surfgrad.status import WITH_VALUE


@dataclass(frozen=True, eq=False)
class Trapped:
    """Of `count` models: the share whose mode has a velocity at all `periods` (T,), s: `models`, every wave; `waves`,
    each alone. `values`: the share of single values, by wave."""

    count: int
    periods: np.ndarray
    models: float
    waves: dict[str, float]
    values: dict[str, float]


def trapped_share(
    prior: Prior, count: int, seed: int = 0, periods: Any = None, mode: int = 0, threads: int | None = None
) -> Trapped:
    """Solve samples 0 ... count - 1 of a prior exactly, both waves, and count the periods that have a velocity.

    `periods`: (T,), s; default `prior_periods`. `threads`: of the engine.
    """
    from surfgrad.waves.phase import solve_batch

    times = prior_periods(prior) if periods is None else np.atleast_1d(np.asarray(periods, dtype=np.float64))
    models = PriorSource(prior, seed, count).models(0, count)
    valued = {
        wave: np.isin(solve_batch(*models, times, wave=wave, mode=mode, threads=threads)[1], WITH_VALUE)
        for wave in WAVES
    }
    whole = {wave: found.all(axis=1) for wave, found in valued.items()}
    return Trapped(
        count=count,
        periods=times,
        models=float(np.logical_and.reduce(list(whole.values())).mean()),
        waves={wave: float(each.mean()) for wave, each in whole.items()},
        values={wave: float(found.mean()) for wave, found in valued.items()},
    )
