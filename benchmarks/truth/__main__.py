"""The engine against truth: random models of every difficult family, judged by another formulation in more digits.

    python -m benchmarks.truth [--triples 50000] [--seed 0] [--jobs 1] [--out FILE.md] [--keep]

Run from the repository root. Prints a table and a verdict; exit code 1 if any value is wrong, missing, or less exact
than the engine promises. `--keep` writes the results that the documentation quotes. What is judged and how:
docs/accuracy.md.
"""

import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import argparse
import sys
import time
from pathlib import Path

from benchmarks import pages
from benchmarks.kept import keep
from benchmarks.truth import fixed, report
from benchmarks.truth.chunks import chunks, examined
from benchmarks.truth.families import FAMILIES
from benchmarks.truth.tally import Tally
from rich.console import Console
from rich.progress import track
from tests.reference.long_count import AVAILABLE

from surfgrad.files import replacing


def main() -> int:
    """The command; returns its exit code."""
    options = _options()
    if not AVAILABLE:
        print("no 80-bit floats on this machine: counting with mpmath instead, ten times slower", file=sys.stderr)
    start = time.perf_counter()
    tallies = {name: Tally() for name in FAMILIES}
    work = chunks(options.triples, options.seed)
    for family, tally in track(examined(work, options.jobs), total=len(work), console=Console(stderr=True)):
        tallies[family].add(tally)
    rows = fixed.rows()
    bad = report.failures(tallies, rows)
    text = "\n\n".join([report.families(tallies), report.fixed(rows)]) + "\n"
    print(text)
    if options.out:
        with replacing(options.out) as path:
            path.write_text(text)
    if options.keep:
        command = f"python -m benchmarks.truth --triples {options.triples} --seed {options.seed}"
        keep("truth", command, report.records(tallies, rows), ("mpmath",))
        pages.fill()
    print(f"seed {options.seed}, {time.perf_counter() - start:.0f} s in {options.jobs} process(es)")
    print("\n".join(["FAIL", *bad]) if bad else "PASS: every value is the one asked for")
    return 1 if bad else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.truth")
    parser.add_argument("--triples", type=int, default=50_000, help="model, period, mode and wave: at least this many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--out", type=Path, help="a file for the tables")
    parser.add_argument("--keep", action="store_true", help="write the results that the documentation quotes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
