"""How the scalar core is compiled: cached, without the GIL, with fast-math flags that keep NaN and infinity honest."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numba

# Not "nnan" or "ninf": failure travels as NaN. Not "reassoc": a result must not depend on how a loop was vectorised.
FAST_MATH = {"contract", "nsz", "arcp"}

LANES = 16
"""Values (of frequency and wavenumber) that one sweep through the layers carries side by side."""

HALF = LANES // 2


_OPTIONS: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "fastmath": FAST_MATH,
    # Nobody calls these from C, and the wrapper for it is a third of the compile time. (Not in numba's type stubs.)
    "no_cfunc_wrapper": True,
}

# "nrt" is numba's run time, which counts references. (Not in its type stubs either; its own sorting is compiled so.)
_LEAN: dict[str, Any] = {**_OPTIONS, "_nrt": False}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile `function` at its first call and keep the machine code on disk."""
    dispatcher = numba.njit(**_OPTIONS)(function)
    _stamp(dispatcher)
    return dispatcher


def lean(function: Callable[..., Any]) -> Any:
    """`compiled` without reference counts, for what is called a million times: it can't allocate (compiling fails).

    numba counts a reference to every array at every call, by an atomic operation: a quarter of the time of a curve.
    """
    dispatcher = numba.njit(**_LEAN)(function)
    _stamp(dispatcher)
    return dispatcher


def inlined(function: Callable[..., Any]) -> Any:
    """Compile `function` into its callers."""
    return numba.njit(inline="always", error_model="numpy", fastmath=FAST_MATH)(function)


def _stamp(dispatcher: Any) -> None:
    # numba forgets a cached function when *its own* file changes, not when a function it calls does; without the
    # whole room's stamp an edited or upgraded installation would go on running old machine code.
    cache_file: Any = getattr(getattr(dispatcher, "_cache", None), "_cache_file", None)
    if hasattr(cache_file, "_source_stamp"):
        cache_file._source_stamp = (cache_file._source_stamp, _room_stamp())


@cache
def _room_stamp() -> str:
    digest = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
