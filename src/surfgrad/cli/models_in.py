"""The MODEL argument: a model96 or CSV file, or the name of a reference Earth."""

from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def read_model(text: str) -> "EarthModel":
    """The model that `text` names; a file wins over a reference Earth of the same name.

    Raises UsageError when there is neither, FormatError or ModelError for what is wrong inside the file.
    """
    from surfgrad.earth.model import EarthModel
    from surfgrad.earth.reference import NAMES

    if Path(text).exists():
        return EarthModel.from_file(text)
    if text.lower() in NAMES:
        return EarthModel.reference(text.lower())
    raise UsageError(f"MODEL: no file {text!r}; give a model96 or CSV file or a reference ({', '.join(NAMES)})")
