"""The no-U-turn sampler (Hoffman & Gelman 2014, JMLR 15), through nutpie."""

import time
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.inversion.affine import AffineTarget, square_root
from surfgrad.inversion.chains import Progress, check_counts
from surfgrad.inversion.samples import SampleSet
from surfgrad.inversion.starts import starting_points
from surfgrad.inversion.target import Target
from surfgrad.machine import cores

Array = np.ndarray

LEAST_TUNE = 10
"""nutpie breaks down on fewer than two; ten find no step size either, but say so by their divergences."""
LOOK = 0.1
"""Seconds between looks at running chains: how long an interrupt may have to wait."""
GLANCE = 0.001
"""Seconds to wait for a chain that is only asked whether it is done: nutpie calls every chain unfinished after none."""
STATISTICS = {
    "diverging": "diverging",
    "mean_tree_accept": "acceptance_rate",
    "depth": "tree_depth",
    "n_steps": "n_steps",
    "step_size": "step_size",
    "energy": "energy",
}
"""nutpie's names, and ArviZ's."""


def nuts(
    target: Target,
    *,
    draws: int = 1000,
    tune: int = 1000,
    chains: int = 4,
    seed: int,
    start: Array | None = None,
    covariance: Array | None = None,
    target_acceptance: float = 0.8,
    threads: int | None = None,
    progress: Progress | None = None,
) -> SampleSet:
    """Draws from `target` by NUTS with its gradient; the same seed gives the same draws, whatever `threads`.

    `start`: (chains, D), or a centre (D,) around which chains are scattered with `covariance` (D, D); default: draws
    from the prior. `covariance`, such as Laplace's, also makes the coordinates in which chains move: the rounder the
    posterior is in them, the longer the steps. Step size and a diagonal mass are adapted in the `tune` draws that are
    thrown away. `threads`: chains side by side (default: as many as this process may use cores). `progress`: called
    with draws done and all draws.

    Where the density has no value (-inf) a trajectory ends and its draws count as diverging. What `target` raises, and
    KeyboardInterrupt, stop all chains. Raises UsageError without nutpie (extra `sampling`) or for a bad start.
    """
    began = time.perf_counter()
    nutpie = _nutpie()
    check_counts(draws=(draws, 1), tune=(tune, LEAST_TUNE), chains=(chains, 1))
    factor = square_root(covariance, len(target.names))
    seeds = np.random.SeedSequence(seed).spawn(chains + 1)
    rng = np.random.default_rng(seeds[-1])
    starts = _off_the_top(target, starting_points([target], start, factor, chains, rng), factor, rng)
    centre = starts.mean(axis=0)
    round_target = AffineTarget(target, centre, factor)
    at = np.ascontiguousarray(np.linalg.solve(factor, (starts - centre).T).T)
    options = {"draws": draws, "tune": tune, "target_accept": target_acceptance}
    waiting = [_Chain(nutpie, round_target, at[i], _number(seeds[i]), options) for i in range(chains)]
    traces = _run(waiting, min(threads or cores(), chains), chains * (draws + tune), progress)
    return _collect(traces, round_target, seed, time.perf_counter() - began)


@dataclass(eq=False)
class _Chain:
    """One chain: what nutpie calls, and what it made of it."""

    nutpie: ModuleType
    target: AffineTarget
    start: Array
    seed: int
    options: dict[str, Any]
    done: int = 0
    failure: BaseException | None = None
    sampler: Any = None
    trace: Any = field(default=None, repr=False)

    def begin(self) -> None:
        """Start sampling in a thread of nutpie's."""
        size = self.start.size
        model = self.nutpie.compiled_pyfunc.from_pyfunc(
            size,
            lambda: self._density,
            lambda *_: self._keep,
            [np.dtype(np.float64)],
            [(size,)],
            ["z"],
            make_initial_point_fn=lambda _: self.start,
        )
        self.sampler = self.nutpie.sample(
            model, chains=1, seed=self.seed, blocking=False, progress_bar=False, save_warmup=False, **self.options
        )

    def finished(self, patience: float) -> bool:
        """Whether it is done, after waiting up to `patience` seconds; raises what the target raised."""
        try:
            self.trace = self.sampler.wait(timeout=patience)
        except TimeoutError:
            pass
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as reason:  # what its compiled part throws is no Exception
            if self.failure is None:
                raise RuntimeError(f"nutpie: {str(reason).splitlines()[0]}") from reason
        if self.failure is not None:
            raise self.failure
        return self.trace is not None

    def stop(self) -> None:
        """End sampling and drop what there is of it."""
        if self.trace is None and self.sampler is not None:
            with suppress(BaseException):  # one that has broken down cannot be stopped, and need not
                self.sampler.cancel()

    def _density(self, z: Array) -> tuple[float, Array]:
        # An exception would take nutpie's thread down and leave the others running: it is kept for the caller's thread.
        if self.failure is None:
            try:
                value, gradient = self.target.log_density(z[None])
                return float(value[0]), np.ascontiguousarray(gradient[0])
            except BaseException as failure:
                self.failure = failure
        raise _OverError

    def _keep(self, z: Array) -> dict[str, Array]:
        self.done += 1
        return {"z": np.array(z)}


class _OverError(Exception):
    """Tells nutpie that there is no density here; it takes that for a divergence and goes on until it is stopped."""

    is_recoverable = True


def _run(chains: list[_Chain], threads: int, total: int, progress: Progress | None) -> list[Any]:
    """The traces of all chains, `threads` of them at a time; on any error all are stopped."""
    waiting, running = list(chains), list[_Chain]()
    try:
        while waiting or running:
            while waiting and len(running) < threads:
                running.append(waiting.pop(0))
                running[-1].begin()
            # Only the first is waited for; the others are asked whether they are done.
            running = [chain for i, chain in enumerate(running) if not chain.finished(GLANCE if i else LOOK)]
            if progress is not None:
                progress(sum(chain.done for chain in chains), total)
    except BaseException:
        for chain in running:
            chain.stop()
        raise
    return [chain.trace for chain in chains]


def _collect(traces: list[Any], target: AffineTarget, seed: int, seconds: float) -> SampleSet:
    z = np.concatenate([np.asarray(trace.posterior["z"].values) for trace in traces])
    kept = {theirs: [trace.sample_stats[theirs].values for trace in traces] for theirs in (*STATISTICS, "logp")}
    values = {name: np.concatenate(each) for name, each in kept.items()}
    statistics = {ours: values[theirs] for theirs, ours in STATISTICS.items()}
    return SampleSet(target.names, target.x(z), values["logp"], "nuts", seed, seconds, statistics)


def _off_the_top(target: Target, starts: Array, factor: Array, rng: np.random.Generator) -> Array:
    """Starts moved by a hundredth of the posterior's width where a derivative is zero: nutpie scales by its inverse."""
    level = (target.log_density(starts)[1] @ factor == 0).any(axis=1)
    moved = starts + 0.01 * level[:, None] * (rng.standard_normal(starts.shape) @ factor.T)
    return starting_points([target], moved, factor, len(moved), rng)


def _number(seed: np.random.SeedSequence) -> int:
    return int(seed.generate_state(1, np.uint64)[0] >> np.uint64(1))


def _nutpie() -> ModuleType:
    try:
        with warnings.catch_warnings():
            # nutpie imports ArviZ, whose versions before 1 announce the next ones to whoever imports them.
            warnings.simplefilter("ignore", FutureWarning)
            import nutpie
            import nutpie.compiled_pyfunc
    except ImportError:
        raise UsageError('nuts: nutpie is not installed: pip install "surfgrad[sampling]"') from None
    return nutpie
