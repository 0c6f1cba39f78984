"""Start-up: import alone, the first phase velocity with a cold compile cache, and the same with a warm one.

Run from the repository root: `python -m benchmarks.startup`. Every number is a whole process, interpreter included,
except the import, whose bare interpreter start is subtracted. On a busy machine look at the processor time beside it.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
CALL = """
import time
start = time.perf_counter()
from surfgrad import phase_velocity
phase_velocity([30.0, 0.0], [6.0, 8.0], [3.5, 4.6], [2.7, 3.3], [5.0, 20.0])
print(time.perf_counter() - start)
"""


def process(code: str, cache: str) -> tuple[float, float, str]:
    """Seconds of a whole process, by the clock and of the processor, and what it printed."""
    path = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path, "NUMBA_CACHE_DIR": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    spent, after = time.perf_counter() - start, os.times()
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return spent, busy, done.stdout


def medians(code: str, cache: str, repeats: int) -> tuple[float, float]:
    """Median seconds, by the clock and of the processor."""
    runs = [process(code, cache) for _ in range(repeats)]
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


def line(name: str, seconds: float, busy: float, target: float) -> None:
    """One line of the table."""
    verdict = "met" if seconds <= target else "NOT MET"
    print(f"{name:45s} {seconds:7.2f} s  (processor {busy:6.2f} s)   target {target:5.1f} s: {verdict}")


def main(repeats: int = 5) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as cache:
        bare, imported = (medians(code, cache, repeats) for code in ("pass", "import surfgrad"))
        line("import surfgrad", imported[0] - bare[0], imported[1] - bare[1], 0.3)
        _, busy, call = process(CALL, cache)
        line("first phase_velocity, cold cache", float(call), busy, 20.0)
        line("phase_velocity, warm cache, whole process", *medians(CALL, cache, repeats), 1.5)


if __name__ == "__main__":
    main()
