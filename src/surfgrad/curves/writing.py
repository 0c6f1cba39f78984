"""Writing observed curves to files of any format that is known."""

from pathlib import Path

from surfgrad.curves.kinds import FORMATS
from surfgrad.curves.observed import ObservedCurves
from surfgrad.curves.surf96 import write_surf96
from surfgrad.curves.write_csv import write_csv
from surfgrad.curves.write_geopsy import write_geopsy
from surfgrad.errors import UsageError
from surfgrad.format_names import check_format, check_format_units
from surfgrad.looks import velocity_doubt
from surfgrad.units import unit_system

_GEOPSY_2 = "geopsy2"


def written_format(path: str | Path, format: str | None = None) -> str:
    """The format given, both of Geopsy's being one, or the one that the ending tells; UsageError where neither is."""
    if format is None and Path(path).suffix.lower() != ".csv":
        raise UsageError(f"format: needed for {Path(path).name!r}; csv, surf96, geopsy, {_GEOPSY_2} are allowed")
    return check_format({None: "csv", _GEOPSY_2: "geopsy"}.get(format, format) or "", FORMATS)


def write_curves(curves: ObservedCurves, path: str | Path, *, units: str = "km", format: str | None = None) -> None:
    """Write observations so that `read_curves` gives them back to the last bit; whole or not at all.

    `format`: "csv", "surf96", "geopsy" (of version 3: stddev is a factor) or "geopsy2" (stddev in s/m); by default the
    ending .csv tells, and for others it is needed. `units`: "km" or "si"; SURF96 is in km, Geopsy in SI. Raises
    UsageError for an option that is not allowed and for observations that the format cannot hold.
    """
    system = unit_system(units)
    if not len(curves):
        raise UsageError(f"{path}: no observations given; at least one is allowed")
    name = written_format(path, format)
    check_format_units(name, system, FORMATS, path)
    velocities = curves.value[curves.kind != "ellipticity"]
    words = velocity_doubt("velocity", float(velocities.max()), system) if velocities.size else None
    if words is not None:
        raise UsageError(f"{path}: {words.partition(' (')[0]}")
    if name == "csv":
        write_csv(curves, path, system)
    elif name == "surf96":
        write_surf96(curves, path)
    else:
        write_geopsy(curves, path, held="s/m" if format == _GEOPSY_2 else "factor")
