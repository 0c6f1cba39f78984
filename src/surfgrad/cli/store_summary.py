"""What a command says of a store that it has made."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surfgrad.ensembles import Ensemble


def print_summary(out: Path, store: "Ensemble") -> None:
    """Its size, and how often each status code occurs."""
    print(f"{out}: {store.count} models, {store.layers} layers, {store.periods.size} periods")
    for name, counts in store.card["status_counts"].items():
        print(f"  {name}: " + ", ".join(f"{code} {number}" for code, number in counts.items() if number))
