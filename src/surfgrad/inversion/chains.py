"""Running chains side by side: tune, then draw, whatever moves them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.affine import square_root
from surfgrad.inversion.hamiltonian import Dynamics, Place
from surfgrad.inversion.mass import shape_of, window_ends
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.starts import starting_points
from surfgrad.inversion.step_size import StepSize
from surfgrad.inversion.target import Target

Array = np.ndarray
Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class State:
    """Where C chains are: a place of the density that moves them, and the one to draw from, logarithm (C,), there."""

    at: Place
    value: Array


class Mover(Protocol):
    """What moves chains by one draw."""

    @property
    def method(self) -> str:
        """Its name, for records."""
        ...

    @property
    def targets(self) -> Sequence[Target]:
        """The densities that must have a value at a start; trajectories run on the last."""
        ...

    @property
    def transitions(self) -> int:
        """Trajectories a draw."""
        ...

    @property
    def learns_from(self) -> str:
        """The statistic that is the acceptance of trajectories."""
        ...

    def begin(self, x: Array) -> State:
        """The state at x (C, D)."""
        ...

    def move(self, state: State, dynamics: Dynamics, rng: np.random.Generator) -> tuple[State, dict[str, Array]]:
        """The state after one draw, and its statistics by name, (C,) each."""
        ...


@dataclass(frozen=True, eq=False)
class Plan:
    """How long chains run, from where, and what they are told; see `surfgrad.inversion.delayed.delayed_acceptance`."""

    draws: int
    tune: int
    chains: int
    seed: int
    start: Array | None
    covariance: Array | None
    target_acceptance: float
    progress: Progress | None

    def told(self, done: int) -> None:
        """Pass on how many of all iterations are done."""
        if self.progress is not None:
            self.progress(done, self.tune + self.draws)


def check_counts(**counts: tuple[int, int]) -> None:
    """UsageError naming the first count that is below its least: name=(given, least)."""
    for name, (given, least) in counts.items():
        if given < least:
            raise UsageError(f"{name}: {given} given; allowed is {least} or more")


def run(mover: Mover, plan: Plan) -> SampleSet:
    """Tuning and draws of all chains."""
    began = time.perf_counter()
    check_counts(draws=(plan.draws, 1), tune=(plan.tune, 0), chains=(plan.chains, 1), inner=(mover.transitions, 1))
    target = mover.targets[-1]
    size = len(target.names)
    rng = np.random.default_rng(plan.seed)
    factor = square_root(plan.covariance, size)
    state = mover.begin(starting_points(mover.targets, plan.start, factor, plan.chains, rng))
    # The longest stable step shrinks with the fourth root of the dimension (Neal 2011, section 5.4.4).
    state, dynamics = _tune(mover, state, Dynamics(target, factor, size**-0.25), plan, rng)
    x, value = np.empty((plan.chains, plan.draws, size)), np.empty((plan.chains, plan.draws))
    kept = []
    for draw in range(plan.draws):
        state, statistics = mover.move(state, dynamics, rng)
        x[:, draw], value[:, draw] = state.at.x, state.value
        kept.append(statistics)
        plan.told(plan.tune + draw + 1)
    by_name: dict[str, Array] = {name: np.stack([each[name] for each in kept], axis=1) for name in kept[0]}
    by_name["step_size"] = np.array(dynamics.step)
    by_name["n_steps"] = np.array(mover.transitions * dynamics.steps)
    return SampleSet(target.names, x, value, mover.method, plan.seed, time.perf_counter() - began, by_name)


def _tune(
    mover: Mover, state: State, dynamics: Dynamics, plan: Plan, rng: np.random.Generator
) -> tuple[State, Dynamics]:
    """Move on without keeping, and settle step size and shape on the way."""
    ends, seen = window_ends(plan.tune), list[Array]()
    step = StepSize(dynamics.step, plan.target_acceptance)
    for draw in range(plan.tune):
        state, statistics = mover.move(state, replace(dynamics, step=step.now), rng)
        step.learn(float(np.mean(statistics[mover.learns_from])))
        seen.append(state.at.x)
        if draw + 1 in ends:
            factor = shape_of(np.concatenate(seen))
            dynamics = dynamics if factor is None else replace(dynamics, factor=factor)
            step, seen = StepSize(dynamics.step, plan.target_acceptance), []
        plan.told(draw + 1)
    return state, replace(dynamics, step=step.settled)
