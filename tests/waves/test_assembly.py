"""The lane loops run on the widest registers: their machine code, compiled afresh, is packed double arithmetic.

A criterion of instructions, not of time. Skipped where the processor or the settings are others than it knows.
"""

import platform
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import llvmlite.binding as llvm
import numba
import numpy as np
import pytest

from surfgrad.waves import compiled, love, rayleigh
from surfgrad.waves.compiled import LANES
from surfgrad.waves.lanes import SIZE, Y1, Y2

LOOPS = {
    "rayleigh, thin": (rayleigh._climb_thin, 5),
    "rayleigh, medium": (rayleigh._climb_medium, 5),
    "rayleigh, thick": (rayleigh.climb, 2),
    "love, thin": (love._climb_thin, 3),
    "love, medium": (love._climb_medium, 3),
}
"""One layer's work on all lanes: function, and how many numbers it takes beside the buffer. (`love.climb`, for thick
layers, does 6 operations on 9 numbers loaded and stored: too few to judge.)"""
ARITHMETIC = re.compile(r"^\s+v?(?:add|sub|mul|div|sqrt|fn?m(?:add|sub)(?:132|213|231))([ps])d\s+(.+)$", re.MULTILINE)
SHARE = 0.9
"""Of the arithmetic instructions; what is left belongs to no lane: 1/rho and the like."""


def wide_registers() -> set[str]:
    """The registers that count as wide here; skips, saying why, where nobody knows."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        pytest.skip(f"the criterion knows x86-64 only, this is {platform.machine()}")
    if numba.config.DISABLE_JIT:
        pytest.skip("NUMBA_DISABLE_JIT is set: there is no machine code")
    if numba.config.CPU_NAME or numba.config.CPU_FEATURES:
        pytest.skip("NUMBA_CPU_NAME or NUMBA_CPU_FEATURES is set: the code is not this processor's")
    features = llvm.get_host_cpu_features()
    if not features.get("avx2"):
        pytest.skip(f"{llvm.get_host_cpu_name()} has no AVX2: registers hold two doubles")
    # LLVM keeps to 256 bits on some processors that have 512, because these slow down.
    return {"ymm", "zmm"} if features.get("avx512f") else {"ymm"}


def share_of_wide_arithmetic(function: Callable[..., Any], numbers: int, wide: set[str]) -> float:
    """Share of the function's double-precision arithmetic that is packed in wide registers, compiled as the engine is.

    Compiled afresh: what comes from numba's cache has no assembly.
    """
    options = {name: value for name, value in compiled._OPTIONS.items() if name != "cache"}
    dispatcher = numba.njit(**options)(function)
    dispatcher.compile((numba.typeof(np.empty(SIZE)), *[numba.float64] * numbers))
    (text,) = dispatcher.inspect_asm().values()
    found = Counter(
        kind == "p" and any(register in operands for register in wide) for kind, operands in ARITHMETIC.findall(text)
    )
    assert found.total() > 20, "nearly no arithmetic was found: the pattern does not know this assembly"
    return found[True] / found.total()


@pytest.mark.parametrize(("loop", "numbers"), LOOPS.values(), ids=LOOPS)
def test_lane_loops_are_vectorised(loop, numbers):
    assert share_of_wide_arithmetic(loop.py_func, numbers, wide_registers()) > SHARE


def chained(buf, mu, h, slowness2):  # type: ignore[no-untyped-def]
    """A lane loop in which every lane waits for the one before: it cannot be vectorised."""
    for i in range(1, LANES):
        x = h * h * (1.0 - buf[Y1 + i - 1] * slowness2)
        s = 1.0 + x * (1 / 6) * (1.0 + x * (1 / 20) * (1.0 + x * (1 / 42) * (1.0 + x * (1 / 72))))
        d = 0.5 * x * (1.0 + x * (1 / 12) * (1.0 + x * (1 / 30) * (1.0 + x * (1 / 56) * (1.0 + x * (1 / 90)))))
        buf[Y2 + i] = (1.0 + d) * buf[Y2 + i - 1] - mu * s * buf[Y2 + i]
        buf[Y1 + i] += x * s + d


def test_a_scalar_loop_fails_the_criterion():
    assert share_of_wide_arithmetic(chained, 3, wide_registers()) < 0.1


def test_half_the_width_fails_the_criterion():
    wide_registers()
    assert share_of_wide_arithmetic(rayleigh._climb_thin.py_func, 5, {"xmm"}) < 0.1
