"""`surfgrad vs30`: the time-averaged shear velocity of the upper metres, and what building codes class it as."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from surfgrad.cli import options
from surfgrad.cli.columns import in_units
from surfgrad.cli.models_in import read_model
from surfgrad.cli.outputs import check_apart, check_output, write_all
from surfgrad.cli.ranges import exact_positive
from surfgrad.units import KM, SI, Units

if TYPE_CHECKING:
    from surfgrad.earth.model import EarthModel

_NOTE = "by Vs30 alone; soft clay, liquefiable or thin soil can put a site into another class"


class Average(NamedTuple):
    """`depth`, as written, and down to it the mean `velocity`, km/s; `classes`: code -> class, at 30 m only."""

    depth: float
    velocity: float
    classes: dict[str, str]


def vs30(
    model: options.Model,
    depths: Annotated[str, typer.Option(help="km, or m for --units si, like 10,30 or 5:50:5; default: 30 m")] = "",
    units: options.UnitsOption = "km",
    out: Annotated[Path | None, typer.Option(help="CSV file")] = None,
) -> None:
    """Vs30, the time-averaged vs of the upper 30 m, and the site's class by it; or down to other --depths.

    CSV columns: depth_km, average_vs_km_s (or depth_m, average_vs_m_s), and the classes by ASCE/SEI 7-16, ASCE/SEI 7-22
    and EN 1998-1:2004, empty but at 30 m.
    """
    system = options.parse_units(units)
    check_output(out, "--out")
    check_apart(out, "--out", model, "MODEL")
    wanted = depths or ("30" if system == SI else "0.03")
    at = [float(z) for z in exact_positive(wanted, "--depths", "depth", system.length, f"in {system.length}")]
    ground = read_model(model, units=system)
    averages = [_average(ground, depth, system) for depth in at]
    if out is not None:
        text = "\n".join(rows(averages, system)) + "\n"
        write_all({out: lambda path: path.write_text(text, encoding="utf-8")})
    for line in _told(averages, ground, system):
        print(line)


def _average(ground: "EarthModel", depth: float, units: Units) -> Average:
    from surfgrad.earth.near_surface.site_class import CODES, site_class
    from surfgrad.earth.near_surface.vs30 import THIRTY, vsz

    kilometres = depth / units.factor
    velocity = float(vsz(ground.thickness, ground.vs, kilometres))
    at_thirty = kilometres == THIRTY / SI.factor
    return Average(depth, velocity, {code: site_class(velocity, code) for code in CODES} if at_thirty else {})


def rows(averages: Sequence[Average], units: Units) -> Iterator[str]:
    """The CSV's lines, header first."""
    from surfgrad.earth.near_surface.site_class import CODES

    classes = (f"class_{code.replace('-', '_')}" for code in CODES)
    yield ",".join((units.column("depth", units.length), units.column("average_vs", units.velocity), *classes))
    for each in averages:
        texts = (each.classes.get(code, "") for code in CODES)
        yield ",".join((repr(each.depth), in_units(each.velocity, units), *texts))


def _told(averages: Sequence[Average], ground: "EarthModel", units: Units) -> Iterator[str]:
    """A line for each depth, the classes at 30 m, and where the half-space had to stand in."""
    from surfgrad.earth.near_surface.site_class import CODES

    digits = 5 if units == KM else 2
    for each in averages:
        name = "Vs30" if each.classes else f"Vs down to {each.depth:g} {units.length}"
        yield f"{name}: {each.velocity * units.factor:.{digits}f} {units.velocity}"
        for code, site in each.classes.items():
            yield f"  {site:<2}  {CODES[code].title}"
        if each.classes:
            yield f"  ({_NOTE})"
    base = float(ground.depth_top[-1]) * units.factor
    if max(each.depth for each in averages) > base:
        yield f"The half-space begins at {base:g} {units.length} and is taken to go on below."
