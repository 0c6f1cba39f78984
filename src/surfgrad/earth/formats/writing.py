"""Writing a model to a file of any format that is known."""

from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.earth.formats.csv import write_csv
from surfgrad.earth.formats.geopsy import GeopsyModel, write_geopsy
from surfgrad.earth.formats.kinds import FORMATS, SAMPLED
from surfgrad.earth.formats.model96 import Model96, write_model96
from surfgrad.earth.formats.nd import write_nd
from surfgrad.earth.formats.tvel import write_tvel
from surfgrad.errors import UsageError
from surfgrad.format_names import check_format, check_format_units
from surfgrad.looks import density_doubt, depth_doubt, velocity_doubt
from surfgrad.units import unit_system

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel


def written_format(path: str | Path, format: str | None = None) -> str:
    """The format given, or the one that the ending tells; UsageError where there is no such format."""
    suffix = Path(path).suffix.lower().lstrip(".")
    return check_format(format or (suffix if suffix in ("csv", *SAMPLED) else "model96"), FORMATS)


def write_model(model: "EarthModel", path: str | Path, *, units: str = "km", format: str | None = None) -> None:
    """Write a model so that `read_model` gives it back to the last bit; whole or not at all.

    `format`: "model96", "csv", "geopsy", "nd", "tvel"; by default the endings .csv, .nd, .tvel tell, and any other is
    model96. `units`: "km" or "si"; model96, nd and tvel are in km, Geopsy's are in SI. Raises UsageError for an option
    that is not allowed and a model that the format cannot hold.
    """
    system, name = unit_system(units), written_format(path, format)
    check_format_units(name, system, FORMATS, path)
    for words in (
        velocity_doubt("vp", float(model.vp.max()), system),
        density_doubt("rho", float(model.rho.max()), system),
        depth_doubt(float(model.depth_top[-1]), system),
    ):
        if words is not None:
            raise UsageError(f"{path}: {words.partition(' (')[0]}")
    if name == "model96":
        write_model96(Model96.from_model(model), path)
    elif name == "csv":
        write_csv(model, path, system)
    elif name == "geopsy":
        write_geopsy([GeopsyModel(model)], path)
    else:
        (write_nd if name == "nd" else write_tvel)(model, path)
