"""Figures as files for papers: PDF with letters as text, PNG at 200 dots an inch."""

from pathlib import Path

from matplotlib import rc_context
from matplotlib.figure import Figure

from surfgrad.files import replacing

ENDINGS = ("pdf", "png")


def save_for_print(figure: Figure, folder: Path, name: str) -> None:
    """Write folder/name.pdf and .png, each whole or not at all; the same figure makes the same files.

    The figure has been drawn once: its layout, most of the cost of drawing, is kept.
    """
    figure.set_layout_engine("none")
    for ending in ENDINGS:
        metadata = {"CreationDate": None, "Creator": None, "Producer": None} if ending == "pdf" else {"Software": None}
        with replacing(folder / f"{name}.{ending}") as temporary, rc_context({"pdf.fonttype": 42}):
            figure.savefig(temporary, format=ending, dpi=200, metadata=metadata)
