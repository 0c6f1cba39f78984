"""TauP's .nd, "named discontinuities" (TauP manual, chapter on velocity models).

Rows depth, vp, vs, density and, or not, Qp and Qs (km, km/s, km/s, g/cm3); a depth given twice is a discontinuity,
and a word between its two rows (mantle, outer-core, moho, or any other) is its name. # and // begin comments.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.earth.formats.layers_to_samples import sample_rows
from surfgrad.earth.formats.samples import Sample, parse_sample, without_comment
from surfgrad.earth.formats.samples_to_layers import Cut, model_of_samples
from surfgrad.files import replacing
from surfgrad.text import fail, shorten

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def parse_nd(lines: Sequence[str], path: str | Path, cut: Cut) -> "EarthModel":
    """The model in the lines of a file; see `surfgrad.earth.formats.samples_to_layers`. FormatError names the line."""
    samples: list[Sample] = []
    named: tuple[int, str] | None = None
    for line, text in enumerate(lines, start=1):
        content = without_comment(text)
        if not content:
            continue
        if _is_name(content):
            named = (line, content)
            continue
        sample = parse_sample(content, path, line)
        if named and samples and samples[-1].depth != sample.depth:
            words = f"{shorten(named[1])!r} stands between {samples[-1].depth} and {sample.depth} km"
            fail(path, named[0], f"{words}; a name between two rows of one depth is allowed")
        named = None
        samples.append(sample)
    return model_of_samples(samples, path, Path(path).stem, cut)


def write_nd(model: "EarthModel", path: str | Path) -> None:
    """Write the model, its half-space down to 6371 km, with as many digits as make it come back to the last bit."""
    text = "\n".join(sample_rows(model)) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def _is_name(content: str) -> bool:
    return content[0].isalpha() and len(content.split()) == 1
