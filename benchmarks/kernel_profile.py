"""What the phase kernels of a whole curve spend their time on: 256 layers x 59 periods, one thread.

Run from the repository root: `python -m benchmarks.kernel_profile [--models N] [--repeats N] [--page docs/engine.md]`.
Every part is the engine's own machine code, called by itself, CALLS times in a compiled loop, on what the parts before
it have left; processor time, the least of many such loops, medians over the models. `--page` replaces the table between
the markers there.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import time

import numpy as np
from benchmarks.doc_tables import replace_between, table
from benchmarks.models import PERIODS, Arrays, weak_models

import surfgrad as sg
from surfgrad.waves import love_gradient, rayleigh_gradient
from surfgrad.waves.batch import WAVE_CODES, kernel_room, solve_valid
from surfgrad.waves.chain import begin_chain, write_out
from surfgrad.waves.compiled import LANES, compiled
from surfgrad.waves.gradient import kernels_of_models
from surfgrad.waves.lanes import CC, GRADIENT_SIZE, G, K, group_bounds
from surfgrad.waves.layers import COLUMNS, layer_table, start_layer
from surfgrad.waves.rayleigh_gradient import start_above
from surfgrad.waves.steps import cut_layers, make_store
from surfgrad.waves.sweep import evaluate
from surfgrad.waves.water import surface

WAVES = ("rayleigh", "love")
CALLS = 8
ROWS = {
    "table": "layers' constants",
    "cut": "sublayers, and room for what is kept",
    "up": "sweep up, solution kept below every layer",
    "down": "sweep down, chain rule to the parameters",
    "out": "from lanes into C order",
    "rest": "rest of the machine code",
    "kernels": "**kernels at known roots**",
    "curve": "**roots: the curve itself**",
    "python": "arguments, records: Python's part",
    "all": "**`phase_kernels`**",
    "alone": "**`phase_velocity`**",
    "plain": "beside: as many plain sweeps, one a lane group",
}
"""Parts in the table's order; the first six add up to "kernels", that with "curve" and "python" to "all"."""


def seconds(function: Callable[[], object], repeats: int) -> float:
    """Least seconds of processor time of one call."""
    function()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return min(times)


def profile(model: Arrays, wave: str, repeats: int) -> dict[str, float]:
    """Seconds of every part, by the names of ROWS."""
    columns = [np.ascontiguousarray(column, dtype=float)[None] for column in model]
    layers = np.empty((model[0].size, COLUMNS))
    omega = 2.0 * np.pi / PERIODS
    velocity, _ = solve_valid(*columns, PERIODS, wave=wave, mode=0, threads=1)
    out = kernel_room(1, PERIODS.size, model[0].size).swapaxes(0, 1)
    spent = {
        "table": seconds(lambda: layer_table(*(column[0] for column in columns), layers), repeats),
        "kernels": seconds(
            lambda: kernels_of_models(WAVE_CODES[wave], *columns, omega, velocity, out, 0),
            repeats,
        ),
        "curve": seconds(lambda: solve_valid(*columns, PERIODS, wave=wave, mode=0, threads=1), repeats),
        "all": seconds(lambda: sg.phase_kernels(*model, PERIODS, wave=wave, threads=1), repeats),
        "alone": seconds(lambda: sg.phase_velocity(*model, PERIODS, wave=wave, threads=1), repeats),
    }
    for begin in range(0, PERIODS.size, LANES):
        lanes = np.arange(begin, min(begin + LANES, PERIODS.size))
        for part, found in _lane_group(layers, omega, velocity[0], wave, lanes, out, repeats).items():
            spent[part] = spent.get(part, 0.0) + found
    spent["rest"] = spent["kernels"] - sum(spent[part] for part in ("table", "cut", "up", "down", "out"))
    spent["python"] = spent["all"] - spent["kernels"] - spent["curve"]
    return spent


def _lane_group(
    layers: np.ndarray, omega: np.ndarray, velocity: np.ndarray, wave: str, lanes: np.ndarray, out: Any, repeats: int
) -> dict[str, float]:
    """Seconds of the parts that are done for LANES periods at a time."""
    buf, by_layer = np.zeros(GRADIENT_SIZE), np.zeros((layers.shape[0], 4 * LANES))
    at = np.minimum(lanes[0] + np.arange(LANES), lanes[-1])
    c, k = velocity[at], omega[at] / velocity[at]
    buf[K : K + LANES], buf[CC : CC + LANES], buf[G : G + LANES] = k, c * c, 2.0 / (c * c)
    surface(buf)
    first = max(start_layer(layers, *pair) for pair in zip(k, c, strict=True))
    bounds = group_bounds(buf)
    sublayers = cut_layers(layers, 0, first, *bounds)
    size = rayleigh_gradient.STATE if wave == "rayleigh" else love_gradient.STATE
    up, down = (_rayleigh_up, _rayleigh_down) if wave == "rayleigh" else (_love_up, _love_down)
    sweep = (layers, first, buf, *sublayers, bounds, make_store(sublayers[0].size, size))
    if wave == "rayleigh":
        sweep = (*sweep, np.empty(sublayers[0].size, np.bool_))
    factor, code, start = np.ones(LANES), WAVE_CODES[wave], np.full(LANES, first)
    values = np.empty(LANES), np.empty(LANES, np.int64)
    tasks: dict[str, Callable[[], object]] = {
        "cut": lambda: _cut(layers, first, bounds, size),
        "up": lambda: up(*sweep),
        "down": lambda: down(*sweep, by_layer),
        "out": lambda: _out(by_layer, first + 1, lanes, factor, out),
        "plain": lambda: _plain(code, layers, k, c, start, *values),
    }
    return {part: seconds(task, repeats) / CALLS for part, task in tasks.items()}


@compiled
def _cut(layers, first, bounds, size):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        owner, _parts = cut_layers(layers, 0, first, *bounds)
        make_store(owner.shape[0], size)


@compiled
def _rayleigh_up(layers, first, buf, owner, parts, bounds, store, plain):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        rayleigh_gradient.upwards(layers, first, buf, owner, parts, bounds, store, plain)


@compiled
def _rayleigh_down(layers, first, buf, owner, parts, bounds, store, plain, by_layer):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        begin_chain(buf)
        start_above(buf)
        rayleigh_gradient.downwards(layers, first, buf, owner, parts, bounds, store, plain, by_layer)


@compiled
def _love_up(layers, first, buf, owner, parts, bounds, store):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        love_gradient.upwards(layers, first, buf, owner, parts, bounds, store)


@compiled
def _love_down(layers, first, buf, owner, parts, bounds, store, by_layer):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        begin_chain(buf)
        love_gradient.downwards(layers, first, buf, owner, parts, bounds, store, by_layer)


@compiled
def _out(by_layer, depth, lanes, factor, out):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        write_out(by_layer, depth, lanes, factor, out, 0)


@compiled
def _plain(wave, layers, k, c, start, f, count):  # type: ignore[no-untyped-def]
    for _ in range(CALLS):
        evaluate(wave, layers, k, c, start, f, count)


def as_table(spent: dict[str, dict[str, float]]) -> str:
    """Markdown: microseconds, and shares of the kernels at known roots; over `phase_velocity` for the sums."""
    rows = []
    for part, words in ROWS.items():
        row = [words]
        for wave in WAVES:
            of_wave = spent[wave]
            over = "kernels" if part in list(ROWS)[:7] or part == "plain" else "alone"
            share = of_wave[part] / of_wave[over]
            row += [f"{1e6 * of_wave[part]:.0f}", f"{share:.0%}" if over == "kernels" else f"{share:.2f} x"]
        rows.append(row)
    return table(["part", "Rayleigh, µs", "share", "Love, µs", "share"], rows)


def main() -> None:
    """Print the table, or write it into a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, default=4)
    parser.add_argument("--repeats", type=int, default=300)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    models = weak_models(given.models)
    spent = {}
    for wave in WAVES:
        found = [profile(model, wave, given.repeats) for model in models]
        spent[wave] = {part: float(np.median([one[part] for one in found])) for part in ROWS}
    text = as_table(spent)
    if given.page is None:
        print(text)
    else:
        replace_between(given.page, "kernel profile", text)


if __name__ == "__main__":
    main()
