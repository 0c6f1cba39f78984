"""Reading models from files of any format that is known."""

from pathlib import Path

from surfgrad.earth.formats.csv import parse_csv
from surfgrad.earth.formats.geopsy import parse_geopsy
from surfgrad.earth.formats.kinds import FORMATS, SAMPLED, format_of
from surfgrad.earth.formats.model96 import parse_model96
from surfgrad.earth.formats.nd import parse_nd
from surfgrad.earth.formats.samples_to_layers import Cut
from surfgrad.earth.formats.tvel import parse_tvel
from surfgrad.earth.model import EarthModel
from surfgrad.errors import UsageError
from surfgrad.format_names import check_format, check_format_units
from surfgrad.text import fail, read_lines
from surfgrad.units import Units, unit_system


def read_model(
    path: str | Path,
    *,
    units: str = "km",
    format: str | None = None,
    depth: float | None = None,
    step: float | None = None,
) -> EarthModel:
    """The one model in a file; see `read_models`. FormatError where there are several."""
    models = read_models(path, units=units, format=format, depth=depth, step=step)
    if len(models) > 1:
        fail(
            path,
            1,
            f"{len(models)} models given; one is allowed here (read_models reads all, in surfgrad.earth.formats)",
        )
    return models[0]


def read_models(
    path: str | Path,
    *,
    units: str = "km",
    format: str | None = None,
    depth: float | None = None,
    step: float | None = None,
) -> list[EarthModel]:
    """The models in a file: one, or more in a Geopsy file.

    `units`: "km" (km, km/s, g/cm3) or "si" (m, m/s, kg/m3), what the file's numbers are in; a format or heading that
    says otherwise is refused, as are numbers that look otherwise. `format`: "model96", "csv", "geopsy", "nd", "tvel";
    by default the ending .nd or .tvel tells, and for others the first line. `depth`, `step`: km, for nd and tvel only:
    how deep to read, and how thick the layers may be into which a gradient is cut (module `samples_to_layers`).
    Raises UsageError for an option that is not allowed and a file that cannot be opened, FormatError naming file and
    line for what is wrong inside.
    """
    system, cut = unit_system(units), Cut(depth, step)
    name = None if format is None else check_format(format, FORMATS)
    lines = read_lines(path)
    name = name or format_of(lines, path)
    check_format_units(name, system, FORMATS, path)
    if name not in SAMPLED and cut != Cut():
        raise UsageError(f"depth, step: given for a {name} file; they are allowed for {' and '.join(SAMPLED)}")
    return _parsed(lines, path, name, system, cut)


def _parsed(lines: list[str], path: str | Path, name: str, units: Units, cut: Cut) -> list[EarthModel]:
    if name == "model96":
        return [parse_model96(lines, path).model()]
    if name == "csv":
        return [parse_csv(lines, path, units)]
    if name == "geopsy":
        return [each.model for each in parse_geopsy(lines, path)]
    return [(parse_nd if name == "nd" else parse_tvel)(lines, path, cut)]
