"""Every table of the documentation that is made of kept results, and the pages that it stands on.

Run from the repository root: `python -m benchmarks.pages` fills them in; with `--check` it says what differs, exit
code 1 if anything does. A benchmark called with `--keep` does the former itself.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    emergence_kept,
    emergence_tables,
    integrations_table,
    peers_tables,
    study_gains,
    study_tables,
    two_routes_tables,
)
from benchmarks.doc_tables import between, replace_between
from benchmarks.kept import kept
from benchmarks.truth import report

ROOT = Path(__file__).resolve().parents[1]
Pages = dict[str, dict[str, str]]
"""Text by page and marker."""


def peers() -> Pages:
    """Beside other solvers."""
    found = kept("peers")
    tables = {"curves": peers_tables.curves, "kernels": peers_tables.kernels, "whole curves": peers_tables.whole_curves}
    page = {f"peers: {name}": make(found.tables[name.replace(" ", "_")]) for name, make in tables.items()}
    return {
        "docs/peers.md": page,
        "README.md": {"peers: summary": peers_tables.summary(found.tables, found.versions)},
    }


def integrations() -> Pages:
    """In the set-ups of other codes."""
    return {
        "docs/coming-from.md": {"integrations: gains": integrations_table.gains(kept("integrations").tables["gains"])}
    }


def accuracy() -> Pages:
    """Values against truth, kernels by two routes."""
    tallies, rows = report.read(kept("truth").tables)
    routes = kept("two_routes").tables
    page = {"truth: families": report.families(tallies), "truth: closed forms": report.fixed(rows)}
    page["two routes: families"] = two_routes_tables.routes(routes["routes"])
    page["two routes: sample"] = two_routes_tables.sample(routes["sample"])
    return {"docs/accuracy.md": page}


def emergence() -> Pages:
    """Do physical kernels emerge?"""
    pages = emergence_tables.written(emergence_kept.rows(), emergence_kept.others())
    found = {f"docs/{page}": {f"emergence: {n}": text for n, text in each.items()} for page, each in pages.items()}
    page = found["docs/emergence.md"]
    page["emergence: outside"] = emergence_tables.outside(kept("emergence_outside").tables["outside"])
    page["emergence: first weights"] = emergence_tables.first_weights(kept("first_weights").tables["weights"])
    return found


def study() -> Pages:
    """What was found by the run that is kept."""
    return {"docs/study.md": study_tables.written(), "docs/emergence.md": study_gains.written()}


GROUPS: tuple[Callable[[], Pages], ...] = (peers, integrations, accuracy, emergence, study)


def written() -> Pages:
    """All of them; a page may have tables of several groups."""
    found: Pages = {}
    for group in GROUPS:
        for page, tables in group().items():
            found.setdefault(page, {}).update(tables)
    return found


def fill() -> None:
    """Put every table where it belongs."""
    for page, tables in written().items():
        for name, text in tables.items():
            replace_between(ROOT / page, name, text)


def differing() -> list[str]:
    """Which tables are not word for word what the kept results say."""
    return [
        f"{page}: {name}"
        for page, tables in written().items()
        for name, text in tables.items()
        if between((ROOT / page).read_text(encoding="utf-8"), name) != text
    ]


def main() -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    parser.add_argument("--check", action="store_true", help="change nothing; say what differs")
    if not parser.parse_args().check:
        fill()
        return 0
    print("\n".join(found := differing()))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
