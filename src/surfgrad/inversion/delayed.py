"""Delayed acceptance: a cheap density proposes, the exact one decides (Christen & Fox 2005, JCGS 14, 795-810)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.chains import Plan, Progress, State, run
from surfgrad.inversion.hamiltonian import Dynamics, place, transition
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.target import Target

Array = np.ndarray


def delayed_acceptance(
    exact: Target,
    cheap: Target,
    *,
    draws: int = 1000,
    tune: int = 500,
    chains: int = 4,
    seed: int,
    start: Array | None = None,
    covariance: Array | None = None,
    inner: int = 1,
    target_acceptance: float = 0.8,
    progress: Progress | None = None,
) -> SampleSet:
    """Draws from `exact`, proposed by `inner` transitions of Hamiltonian Monte Carlo on `cheap`.

    The transitions satisfy detailed balance with respect to the cheap density p*: p*(x) K(x, y) = p*(y) K(y, x). What
    they lead to is accepted with probability

        a(x, y) = min(1, p(y) p*(x) / (p(x) p*(y))),      `second_stage`,

    Christen & Fox's second stage for a cheap density that does not depend on the state. Hence

        p(x) K(x, y) a(x, y) = K(x, y) / p*(y) min(p(x) p*(y), p(y) p*(x)),

    and K(x, y) / p*(y) = K(y, x) / p*(x): the same with x and y exchanged, which is detailed balance with respect to
    the exact p. However wrong p* is, it costs acceptance, never correctness. One evaluation of `exact` a draw, none
    where the transitions refused to move. **The cheap density must have a value wherever the exact one does**: what it
    cannot reach is not sampled, and no diagnostic can tell.

    `start`, `covariance`, `progress`: as in `nuts`. Chains are asked side by side, along the batch axis. In the `tune`
    draws, which are thrown away, the step size is adapted to `target_acceptance` of the first stage and the shape of
    the steps to the draws of all chains; then nothing changes any more. The same seed gives the same draws.

    Statistics: `first_stage_acceptance`, of the trajectories; `second_stage_acceptance`, a(x, y), NaN where there was
    nothing to decide; `accepted`, `diverging`, (chains, draws); `n_steps`, evaluations of `cheap` a draw; `step_size`.
    """
    if tuple(exact.names) != tuple(cheap.names):
        raise UsageError("cheap: its coordinates are not those of the exact density")
    plan = Plan(draws, tune, chains, seed, start, covariance, target_acceptance, progress)
    return run(_Delayed(exact, cheap, inner), plan)


def second_stage(exact_there: Array, exact_here: Array, cheap_there: Array, cheap_here: Array) -> Array:
    """min(1, p(y) p*(x) / (p(x) p*(y))) from logarithms of the densities; 0 where p(y) is."""
    with np.errstate(invalid="ignore"):  # -inf: no value, and no move
        ratio = (exact_there - exact_here) - (cheap_there - cheap_here)
    return np.asarray(np.exp(np.minimum(np.where(np.isnan(ratio), -np.inf, ratio), 0.0)))


@dataclass(frozen=True, eq=False)
class _Delayed:
    exact: Target
    cheap: Target
    transitions: int
    method: str = "delayed"
    learns_from: str = "first_stage_acceptance"

    @property
    def targets(self) -> Sequence[Target]:
        return (self.exact, self.cheap)

    def begin(self, x: Array) -> State:
        return State(place(self.cheap, x), self.exact.log_density(x)[0])

    def move(self, state: State, dynamics: Dynamics, rng: np.random.Generator) -> tuple[State, dict[str, Array]]:
        there, chances, lost = state.at, list[Array](), list[Array]()
        for _ in range(self.transitions):
            there, chance, diverged = transition(dynamics, there, rng)
            chances.append(chance)
            lost.append(diverged)
        moved = (there.x != state.at.x).any(axis=1)
        value = state.value.copy()
        if moved.any():
            value[moved] = self.exact.log_density(there.x[moved])[0]
        chance = second_stage(value, state.value, there.value, state.at.value)
        accepted = moved & (rng.uniform(size=len(chance)) < chance)
        statistics = {
            "first_stage_acceptance": np.mean(chances, axis=0),
            "second_stage_acceptance": np.where(moved, chance, np.nan),
            "accepted": accepted,
            "diverging": np.any(lost, axis=0),
        }
        return State(there.where(accepted, state.at), np.where(accepted, value, state.value)), statistics
