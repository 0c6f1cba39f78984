"""The rows of `benchmarks.emergence` that the documentation quotes: those of many models, and of few beside."""

import csv
from datetime import date
from pathlib import Path

from benchmarks.emergence_rows import TRAINING, Row, read
from benchmarks.kept import DIGITS, FOLDER, versions

from surfgrad.files import replacing

MANY, FEW = FOLDER / "emergence.csv", FOLDER / "emergence_few.csv"
EXACT = (*TRAINING, "seed", "models", "minutes", "parameters", "steps", "test", "wave")
SHOWN = ("value MAE", "off-manifold share")
PARTS = tuple(
    f"{part} {metric}" for part in ("vs", "vp", "rho", "on-manifold", "off-manifold") for metric in ("L2", "cosine")
)
"""Of each part all periods and every band."""


def rows() -> list[Row]:
    """Of the large run."""
    return read(MANY)


def others() -> list[list[Row]]:
    """Of runs with other numbers of models."""
    found: dict[str, list[Row]] = {}
    for row in read(FEW):
        found.setdefault(row["models"], []).append(row)
    return list(found.values())


def keep(many: list[Row], few: list[list[Row]]) -> None:
    """Write both files; without `few` the second stays as it is."""
    write(MANY, many)
    if few:
        write(FEW, [row for run in few for row in run])


def write(path: Path, found: list[Row]) -> None:
    """No columns that no table has; the command and versions in remarks above."""
    names = [name for name in found[0] if name in (*EXACT, *SHOWN) or name.startswith(PARTS)]
    with replacing(path) as temporary, Path(temporary).open("w", encoding="utf-8", newline="") as file:
        file.write(f"# {command(found)}\n# {date.today().isoformat()}, {versions(['surfgrad', 'numpy', 'torch'])}\n")
        table = csv.DictWriter(file, names, lineterminator="\n")
        table.writeheader()
        table.writerows(
            {name: row[name] if name in EXACT else f"{float(row[name]):.{DIGITS}g}" for name in names} for row in found
        )


def command(found: list[Row]) -> str:
    """What made these rows."""
    first, names = found[0], list(dict.fromkeys(row["architecture"] for row in found))
    seeds = len({row["seed"] for row in found})
    return (
        f"python -m benchmarks.emergence --out FOLDER --models {first['models']} --minutes {first['minutes']}"
        f" --seeds {seeds} --architectures {','.join(names)}"
    )
