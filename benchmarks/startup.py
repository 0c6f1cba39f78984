"""Start-up: import alone, the first phase velocity with a cold compile cache, and the same with a warm one.

Run from the repository root: `python -m benchmarks.startup`. Every number is a whole process, interpreter included,
except the import, whose bare interpreter start is subtracted.
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


def process(code: str, cache: str) -> tuple[float, str]:
    """Seconds of a whole process, and what it printed."""
    path = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path, "NUMBA_CACHE_DIR": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, done.stdout


def line(name: str, seconds: float, target: float) -> None:
    """One line of the table."""
    print(f"{name:45s} {seconds:7.2f} s   target {target:5.1f} s: {'met' if seconds <= target else 'NOT MET'}")


def main(repeats: int = 5) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as cache:
        bare = statistics.median(process("pass", cache)[0] for _ in range(repeats))
        imported = statistics.median(process("import surfgrad", cache)[0] for _ in range(repeats))
        line("import surfgrad", imported - bare, 0.3)
        line("first phase_velocity, cold cache", float(process(CALL, cache)[1]), 20.0)
        line(
            "phase_velocity, warm cache, whole process",
            statistics.median(process(CALL, cache)[0] for _ in range(repeats)),
            1.5,
        )


if __name__ == "__main__":
    main()
