"""Batches of valid models: distinct periods in order, models shared out to threads, each solved alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.machine import cores
from surfgrad.status import Status
from surfgrad.waves.backward import look_for_backward_waves, may_run_backwards
from surfgrad.waves.compiled import compiled, lean
from surfgrad.waves.curve import solve_curve
from surfgrad.waves.layers import COLUMNS, layer_table
from surfgrad.waves.plan import make_plan
from surfgrad.waves.search import make_room
from surfgrad.waves.sweep import LOVE, RAYLEIGH

Array = np.ndarray
MOST_PHASE = 1e10
"""Vertical S phase, rad, that layers may hold. Up to it values are certified, but one may take minutes in which nothing
can be interrupted; and it is ten thousand times beyond any ground, as where units are mixed up."""
WAVE_CODES = {"rayleigh": RAYLEIGH, "love": LOVE}


def solve_valid(
    thickness: Array, vp: Array, vs: Array, rho: Array, periods: Array, *, wave: str, mode: int, threads: int | None
) -> tuple[Array, Array]:
    """Velocity and status (N, T) of N valid models (N, L), shared out to threads; each model is solved alone."""
    distinct, back = distinct_periods(periods)
    omega = 2.0 * np.pi / distinct
    velocity = np.empty((vs.shape[0], distinct.size))
    status = np.empty(velocity.shape, np.uint8)
    mode = int(mode)  # the core is compiled for one kind of integer
    if omega[0] * longest_crossing(thickness, vp, vs) > MOST_PHASE:
        _solve_reachable((thickness, vp, vs, rho), distinct, wave, mode, velocity, status)
        return spread(velocity, back), spread(status, back)

    def run(part: slice) -> None:
        model = (WAVE_CODES[wave], thickness[part], vp[part], vs[part], rho[part], omega, mode)
        folded = np.zeros(vs[part].shape[0], np.bool_)
        _solve_models(*model, velocity[part], status[part], folded)
        if folded.any():
            _unfold_models(*model, velocity[part], status[part], folded)

    share_out(run, vs.shape[0], threads)
    return spread(velocity, back), spread(status, back)


@lean
def longest_crossing(thickness, vp, vs):
    """Longest time, s, that S waves (sound in water) take straight down through the layers of any of the models."""
    longest, last = 0.0, vs.shape[1] - 1
    for n in range(vs.shape[0]):
        time = 0.0
        for i in range(last):
            time += thickness[n, i] / (vs[n, i] if vs[n, i] > 0.0 else vp[n, i])
        longest = max(longest, time)
    return longest


def _solve_reachable(
    model: tuple[Array, ...], periods: Array, wave: str, mode: int, velocity: Array, status: Array
) -> None:
    """Fill the values (N, T) of models some of which are out of reach at the shortest of the ascending periods."""
    velocity[:], status[:] = np.nan, Status.NOT_CONVERGED
    for i in range(len(velocity)):
        h, a, b, r = (column[i : i + 1] for column in model)
        phase = 2.0 * np.pi / periods * longest_crossing(h, a, b)
        first = int(np.argmax(phase <= MOST_PHASE)) if phase[-1] <= MOST_PHASE else periods.size
        if first < periods.size:
            found = solve_valid(h, a, b, r, periods[first:], wave=wave, mode=mode, threads=1)
            velocity[i, first:], status[i, first:] = found[0][0], found[1][0]


def distinct_periods(periods: Array) -> tuple[Array, Array | slice]:
    """The distinct periods, ascending, and the index that puts their results back on `periods`."""
    if bool((periods[1:] > periods[:-1]).all()):
        return periods, slice(None)
    return np.unique(periods, return_inverse=True)


def spread(values: Array, back: Array | slice, axis: int = -1) -> Array:
    """Results at distinct periods, put back on the caller's periods by the index of `distinct_periods`; C order."""
    return values if isinstance(back, slice) else np.take(values, back, axis=axis)


def kernel_room(models: int, periods: int, layers: int) -> Array:
    """Room for kernels (N, 4, T, L) in which those of each parameter, [:, i], lie together in C order."""
    return np.empty((4, models, periods, layers)).swapaxes(0, 1)


def share_out(run: Callable[[slice], None], count: int, threads: int | None) -> None:
    """Call `run` on slices of range(count), in `threads` threads (default: all cores)."""
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int | np.integer) or threads < 1):
        raise UsageError(f"threads: {threads!r} given; allowed are None (all cores) and integers from 1")
    threads = min(cores() if threads is None else int(threads), count)
    if threads <= 1:
        run(slice(0, count))
        return
    step = max(1, -(-count // (threads * 8)))
    with ThreadPoolExecutor(threads) as pool:
        for result in [pool.submit(run, slice(i, min(i + step, count))) for i in range(0, count, step)]:
            result.result()


@compiled
def _solve_models(wave, thickness, vp, vs, rho, omega, mode, velocity, status, folded):
    """Solve each model alone; `folded` marks those that admit backward waves."""
    table, plan, room = np.empty((vs.shape[1], COLUMNS)), make_plan(omega), make_room(omega.shape[0])
    for i in range(vs.shape[0]):
        layer_table(thickness[i], vp[i], vs[i], rho[i], table)
        solve_curve(wave, table, omega, mode, plan, room, velocity[i], status[i])
        folded[i] = wave == RAYLEIGH and may_run_backwards(table)


@compiled
def _unfold_models(wave, thickness, vp, vs, rho, omega, mode, velocity, status, folded):
    # Apart from `_solve_models` so that its machine code is made only for a model that needs it.
    table, plan, room = np.empty((vs.shape[1], COLUMNS)), make_plan(omega), make_room(omega.shape[0])
    for i in range(vs.shape[0]):
        if folded[i]:
            layer_table(thickness[i], vp[i], vs[i], rho[i], table)
            look_for_backward_waves(wave, table, omega, mode, plan, room, velocity[i], status[i])
