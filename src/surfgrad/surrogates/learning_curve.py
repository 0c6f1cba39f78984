"""How value and kernel errors fell while a surrogate was trained, as a table."""

import csv
from pathlib import Path

from surfgrad.surrogates.card import Card

COLUMNS = (
    "step",
    "seconds",
    "training_loss",
    "validation_loss",
    "validation_mae_km_s",
    "validation_kernel_error",
    "training_models",
    "parameters",
)
"""`training_loss`: value term since the last row; `validation_kernel_error`: median relative L2 error of vs kernels,
empty where the data hold no derivatives."""


def write_learning_curve(card: Card, path: Path) -> None:
    """One row for each judgement of the card's history: columns COLUMNS."""
    training = card.training
    size = {"training_models": training["samples"]["training"], "parameters": training["parameters"]}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**entry, **size} for entry in training["history"])
