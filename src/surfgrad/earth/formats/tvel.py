"""The .tvel files of ttimes (Kennett, Engdahl & Buland 1995), which TauP reads too.

Two lines of comment, then rows depth, vp, vs, density (km, km/s, km/s, g/cm3); a depth given twice is a discontinuity.
Among the rows # and // begin comments.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.earth.formats.layers_to_samples import sample_rows
from surfgrad.earth.formats.samples import parse_sample, without_comment
from surfgrad.earth.formats.samples_to_layers import Cut, model_of_samples
from surfgrad.files import replacing
from surfgrad.text import fail, is_number, one_line, shorten

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

_COMMENTS = 2


def parse_tvel(lines: Sequence[str], path: str | Path, cut: Cut) -> "EarthModel":
    """The model in the lines of a file; see `surfgrad.earth.formats.samples_to_layers`. FormatError names the line."""
    if len(lines) < _COMMENTS:
        fail(path, len(lines), "the file ends here; two lines of comment and rows of samples are allowed")
    for line, text in enumerate(lines[:_COMMENTS], start=1):
        cells = text.split()
        if len(cells) >= 4 and all(map(is_number, cells)):
            fail(path, line, f"{shorten(text.strip())!r} given, which would be lost; two lines of comment stand first")
    rows = ((line, without_comment(text)) for line, text in enumerate(lines, start=1) if line > _COMMENTS)
    samples = [parse_sample(text, path, line) for line, text in rows if text]
    return model_of_samples(samples, path, lines[0].strip().removesuffix(" - P") or Path(path).stem, cut)


def write_tvel(model: "EarthModel", path: str | Path) -> None:
    """Write the model, its half-space down to 6371 km, with as many digits as make it come back to the last bit."""
    name = one_line(model.name or "model")
    text = "\n".join([f"{name} - P", f"{name} - S", *sample_rows(model)]) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")
