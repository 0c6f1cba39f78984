"""From a prior, or from given models, to a store of models and their curves: chunk by chunk, resumable."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from surfgrad.contracts import WAVES
from surfgrad.earth.priors import Prior, get_prior
from surfgrad.earth.stack import stack_models
from surfgrad.ensembles.schema import Card, Curves, curves_of, first_difference, identity
from surfgrad.ensembles.sources import GivenModels, PriorSource, Source
from surfgrad.ensembles.store import Ensemble, open_ensemble
from surfgrad.errors import FormatError, UsageError

PERIODS = tuple(float(period) for period in range(2, 61))
"""Default periods: 2 to 60 s, step 1 s."""

CHUNK = 500
"""Samples computed and written at once: seconds of work, a few megabytes."""

Progress = Callable[[int, int], None]
"""Called as progress(samples done, samples in all) after every chunk."""


class Solve(Protocol):
    """The engine, as an ensemble sees it: never raises for a bad model, says so in the status."""

    def __call__(
        self,
        thickness: np.ndarray,
        vp: np.ndarray,
        vs: np.ndarray,
        rho: np.ndarray,
        periods: np.ndarray,
        *,
        wave: str,
        mode: int,
        threads: int | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Velocity and status, (N, T) each."""
        ...


def generate(
    prior: Prior | str,
    count: int,
    seed: int,
    out: str | Path,
    *,
    periods: Any = PERIODS,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    first: int = 0,
    chunk: int = CHUNK,
    workers: int | None = 2,
    progress: Progress | None = None,
    solve: Solve | None = None,
) -> Ensemble:
    """Draw samples first ... first + count - 1 of a prior, compute their curves, write the store `out`.

    `prior`: a name or a Prior. `periods`: (T,), s. `chunk`: samples per unit of work. `workers`: engine threads.
    Sample i depends on (prior, seed, i) only. The same call continues where an interrupted one stopped, and returns at
    once where the store exists. Raises UsageError where `out` holds something else.
    """
    if isinstance(prior, str):
        prior = get_prior(prior)
    curves = curves_of(periods, waves, mode)
    return _produce(PriorSource(prior, seed, count, first), curves, Path(out), chunk, workers, progress, solve)


def from_models(
    models: Any,
    out: str | Path,
    *,
    source: str | Mapping[str, Any],
    periods: Any = PERIODS,
    waves: Sequence[str] = WAVES,
    mode: int = 0,
    chunk: int = CHUNK,
    workers: int | None = 2,
    progress: Progress | None = None,
    solve: Solve | None = None,
) -> Ensemble:
    """The curves of given models: an EarthModel, a list of them, or four arrays (N, L); otherwise like `generate`.

    `source`: what the models are, for the card (a name, or a mapping that JSON can hold).
    """
    stack = stack_models(models)
    arrays = (stack.thickness, stack.vp, stack.vs, stack.rho)
    description = {"name": source} if isinstance(source, str) else dict(source)
    curves = curves_of(periods, waves, mode)
    return _produce(GivenModels(arrays, description), curves, Path(out), chunk, workers, progress, solve)


def _produce(
    source: Source,
    curves: Curves,
    out: Path,
    chunk: int,
    workers: int | None,
    progress: Progress | None,
    solve: Solve | None,
) -> Ensemble:
    from surfgrad.ensembles.writer import begin, clear_remains

    if chunk < 1:
        raise UsageError(f"chunk: {chunk} given; at least 1 sample is allowed")
    if workers is not None and workers < 1:
        raise UsageError(f"workers: {workers} given; at least 1 is allowed")
    card = identity(source.card(), curves, source.layers)
    if out.exists():
        found = _existing(out, card)
        clear_remains(out)
        return found
    solve = solve or _engine()
    writer = begin(source, curves, card, out, chunk)
    for index in range(writer.chunks):
        start, stop = writer.span(index)
        if not writer.done(index):
            writer.write(index, _compute(source, start, stop, curves, workers, solve))
        if progress is not None:
            progress(stop, source.count)
    writer.finish()
    return open_ensemble(out)


def _compute(source: Source, start: int, stop: int, curves: Curves, workers: int | None, solve: Solve) -> Any:
    """One unit of work: the models of one chunk and their curves."""
    from surfgrad.ensembles.writer import Block

    thickness, vp, vs, rho = source.models(start, stop)
    grid = source.grid
    if grid is not None and not np.array_equal(thickness, np.broadcast_to(grid, thickness.shape)):
        raise UsageError(f"samples {start} to {stop - 1}: their layers are not those of the first; one grid is allowed")
    periods = np.array(curves.periods)
    solved = [
        solve(thickness, vp, vs, rho, periods, wave=wave, mode=curves.mode, threads=workers) for wave in curves.waves
    ]
    velocity = np.stack([one[0] for one in solved], axis=1)
    status = np.stack([one[1] for one in solved], axis=1).astype(np.uint8)
    return Block(thickness if grid is None else None, vp, vs, rho, velocity, status)


def _existing(out: Path, card: Card) -> Ensemble:
    """The finished store at `out`, provided that it is the one asked for."""
    try:
        found = open_ensemble(out)
    except FormatError as error:
        raise UsageError(f"--out {out}: exists and is not a whole ensemble ({error})") from None
    difference = first_difference(card, {key: found.card.get(key) for key in card})
    if difference is not None:
        raise UsageError(f"--out {out}: holds another ensemble ({difference}); remove it or choose another --out")
    return found


def _engine() -> Solve:
    from surfgrad.waves.phase import solve_batch

    return solve_batch
