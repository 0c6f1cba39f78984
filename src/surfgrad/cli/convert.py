"""`surfgrad convert`: a model or observed curves from one file format, and system of units, into another."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from surfgrad.cli import curves_in, models_in, options
from surfgrad.cli.outputs import check_apart, check_output
from surfgrad.cli.words_of_options import words_of_options
from surfgrad.errors import FormatError, UsageError
from surfgrad.format_names import Formats
from surfgrad.units import Units

if TYPE_CHECKING:
    from surfgrad.curves.observed import ObservedCurves
    from surfgrad.earth.model import EarthModel


def convert(
    given: Annotated[str, typer.Argument(metavar="IN", help="file of a model or of curves; or ak135 or prem")],
    out: Annotated[Path, typer.Option(help="file to write; its ending tells the format, or --to")],
    to: Annotated[
        str, typer.Option(help="model96, csv, geopsy, nd, tvel; of curves csv, surf96, geopsy, geopsy2")
    ] = "",
    units: Annotated[str, typer.Option(help="km or si (m, m/s, kg/m3): of IN, where its format has both")] = "km",
    to_units: Annotated[str, typer.Option(help="of --out; default: as --units, where its format has both")] = "",
    depth: Annotated[float | None, typer.Option(help="km, of .nd and .tvel: where the half-space begins")] = None,
    step: Annotated[float | None, typer.Option(help="km, of .nd and .tvel: layers to cut gradients into")] = None,
    file_is: options.FileIs = "",
    columns: options.Columns = "",
    missing: Annotated[
        float | None, typer.Option(help="value that stands for none in a file of curves, like 0 or nan")
    ] = None,
    zero_sigma: Annotated[float | None, typer.Option(help="what a sigma of 0 stands for; nan: not given")] = None,
) -> None:
    """A model, or observed curves, into another format or other units; what a format cannot hold is refused.

    docs/formats.md has the formats. Of models thickness, vp, vs and density are kept; Q is not.
    """
    check_output(out, "--out")
    check_apart(out, "--out", given, "IN")
    told = dict(columns=columns or None, missing=missing, zero_sigma=zero_sigma, **curves_in.said_of(file_is))
    cut = {"depth": depth, "step": step}
    system, to_system = options.parse_units(units), options.parse_units(to_units) if to_units else None
    with words_of_options(format="--to"):
        curves = _holds_curves(given, columns)
        _check_fits("curves" if curves else "a model", cut if curves else told)
        thing = _curves(given, system, told) if curves else _model(given, system, cut)
    with words_of_options(units="--to-units", format="--to"):
        _write(thing, out, to or None, to_system, system)
    print(f"{out}: {thing!r}")


def _holds_curves(path: str, columns: str) -> bool:
    """Whether a file holds curves; if not, a model; FormatError where it is neither."""
    from surfgrad.curves.reading import format_of as curve_format
    from surfgrad.earth.formats.kinds import format_of as model_format
    from surfgrad.text import content_lines, fail, read_lines, told

    if columns:
        return True
    if not Path(path).exists():
        return False
    lines = read_lines(path)
    for holds, tell in ((False, model_format), (True, curve_format)):
        try:
            tell(lines, path)
        except FormatError:
            continue
        return holds
    line, first = next(content_lines(lines), (1, ""))
    known = "a model or curves in a format of docs/formats.md is allowed; --columns names those of a bare table"
    fail(path, line, f"{told(first)} given; {known}")


def _check_fits(what: str, others: dict[str, Any]) -> None:
    """Refuse options that say nothing about such a file."""
    for name, value in others.items():
        if value is not None:
            raise UsageError(f"{name}=: given for {what}; it is not allowed there")


def _model(text: str, units: Units, cut: dict[str, float | None]) -> "EarthModel":
    from surfgrad.earth.model import EarthModel
    from surfgrad.earth.reference import NAMES

    if not Path(text).exists() and text.lower() in NAMES:
        _check_fits("a reference Earth", cut)
        return EarthModel.reference(text.lower())
    if models_in.is_spherical(text):
        print(f"{text} says SPHERICAL EARTH; the model does not: give --earth spherical with it", file=sys.stderr)
    held = models_in.units_of(text, units).name
    return EarthModel.from_file(text, units=held, depth=cut["depth"], step=cut["step"])


def _curves(path: str, units: Units, told: dict[str, Any]) -> "ObservedCurves":
    from surfgrad.curves.reading import read_curves

    return read_curves(path, units=curves_in.units_of(path, told["columns"] or "", units).name, **told)


def _write(thing: "EarthModel | ObservedCurves", out: Path, to: str | None, wanted: Units | None, units: Units) -> None:
    from surfgrad.curves import kinds as curve_kinds
    from surfgrad.curves import writing as curve_writing
    from surfgrad.earth.formats import kinds as model_kinds
    from surfgrad.earth.formats import writing as model_writing
    from surfgrad.earth.model import EarthModel

    if isinstance(thing, EarthModel):
        name = model_writing.written_format(out, to)
        model_writing.write_model(thing, out, units=_held(name, model_kinds.FORMATS, wanted, units), format=to)
    else:
        name = curve_writing.written_format(out, to)
        curve_writing.write_curves(thing, out, units=_held(name, curve_kinds.FORMATS, wanted, units), format=to)


def _held(name: str, formats: Formats, wanted: Units | None, units: Units) -> str:
    """The units to write in: those wanted, else those of IN where the format can hold them, else its own."""
    held = formats[name]
    return (wanted or (units if units in held else held[0])).name
