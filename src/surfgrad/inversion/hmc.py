"""Hamiltonian Monte Carlo of one density, many chains side by side: a batch costs little more than one model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surfgrad.inversion.chains import Plan, Progress, State, run
from surfgrad.inversion.hamiltonian import Dynamics, place, transition
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.target import Target

Array = np.ndarray


def hmc(
    target: Target,
    *,
    draws: int = 1000,
    tune: int = 500,
    chains: int = 4,
    seed: int,
    start: Array | None = None,
    covariance: Array | None = None,
    target_acceptance: float = 0.8,
    progress: Progress | None = None,
) -> SampleSet:
    """Draws from `target` by trajectories of a quarter period; arguments as in `delayed_acceptance`.

    Statistics: `acceptance_rate`, `diverging`, (chains, draws); `n_steps`, evaluations a draw, and `step_size`.
    """
    return run(_Hmc(target), Plan(draws, tune, chains, seed, start, covariance, target_acceptance, progress))


@dataclass(frozen=True, eq=False)
class _Hmc:
    target: Target
    method: str = "hmc"
    transitions: int = 1
    learns_from: str = "acceptance_rate"

    @property
    def targets(self) -> Sequence[Target]:
        return (self.target,)

    def begin(self, x: Array) -> State:
        at = place(self.target, x)
        return State(at, at.value)

    def move(self, state: State, dynamics: Dynamics, rng: np.random.Generator) -> tuple[State, dict[str, Array]]:
        there, chance, diverged = transition(dynamics, state.at, rng)
        return State(there, there.value), {"acceptance_rate": chance, "diverging": diverged}
