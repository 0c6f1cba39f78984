"""`surfgrad layering`: where the layers of an inversion may end, from the wavelengths of a measured curve."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.curves_in import read_curves
from surfgrad.cli.outputs import check_text_and_plot, write_text_and_plot
from surfgrad.cli.ranges import parse_name, parse_numbers
from surfgrad.contracts import WAVES
from surfgrad.errors import UsageError
from surfgrad.units import Units

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.curves.observed import ObservedCurves
    from surfgrad.earth.near_surface.layering import Layering
    from surfgrad.earth.near_surface.wavelengths import WavelengthRange

MOST_PANELS = 8
_COLUMNS = ("bottom_min", "bottom_max", "thickness_min", "thickness_max")


def layering(
    curves: Annotated[str, typer.Argument(metavar="CURVES", help="CSV, SURF96 or Geopsy file of dispersion")],
    number: Annotated[str, typer.Option(help="layers above the half-space, like 5 or 3,5,7")] = "",
    ratio: Annotated[str, typer.Option(help="layering ratio, above 1, like 2 or 1.5,2,3")] = "",
    thinnest: Annotated[float, typer.Option(help="thinnest layer: shortest wavelength over this, 2 or more")] = 3.0,
    resolution: Annotated[float, typer.Option(help="deepest bottom: longest wavelength over this, 1 or more")] = 2.0,
    wave: Annotated[str, typer.Option(help="whose phase velocities: rayleigh or love")] = "rayleigh",
    file_is: options.FileIs = "",
    columns: options.Columns = "",
    missing: options.Missing = None,
    units: Annotated[str, typer.Option(help="km (km/s) or si (m, m/s): of CURVES in CSV, and of results")] = "km",
    out: Annotated[Path | None, typer.Option(help="CSV file; without it the table is printed")] = None,
    plot: options.Plot = None,
) -> None:
    """Layerings by number (LN) and by ratio (LR) after Cox & Teague (2016), from a fundamental mode's wavelengths.

    CSV columns: method, parameter, layer (1 on top), and its bottom_min, bottom_max, thickness_min, thickness_max in
    km or m; the half-space begins at the last bottom.
    """
    system, wave = options.parse_units(units), parse_name(wave, "--wave", WAVES)
    check_text_and_plot(out, plot, curves, "CURVES")
    if not number and not ratio:
        raise UsageError("--number, --ratio: neither given; give one or both")
    wanted = [("number", value) for value in parse_numbers(number, "--number")] if number else []
    wanted += [("ratio", value) for value in parse_numbers(ratio, "--ratio")] if ratio else []
    waves = _wavelengths(read_curves(curves, file_is, columns, missing, system), curves, wave, system)
    made = [_make(waves, method, value, thinnest, resolution) for method, value in wanted]
    if plot is not None and len(made) > MOST_PANELS:
        raise UsageError(f"--plot: {len(made)} layerings; a figure has room for {MOST_PANELS}")

    def draw() -> "Figure":
        from surfgrad.report.layerings import plot_layerings

        return plot_layerings(made, units=system.name, title=Path(curves).name)

    write_text_and_plot(out, lambda: rows(made, system), plot, draw)
    from surfgrad.cli.tables import print_rows

    if out is None:
        print_rows(rows(made, system))
        return
    span = f"{waves.shortest:.4g} to {waves.longest:.4g} {system.length}"
    reach = (
        f"layers of {made[0].thinnest:.4g} {system.length} and more, down to {made[0].resolution:.4g} {system.length}"
    )
    print(f"{out}: {len(made)} layerings for wavelengths of {span}: {reach}")


def _wavelengths(observed: "ObservedCurves", path: str, wave: str, units: Units) -> "WavelengthRange":
    """Of the wave's fundamental phase velocities, in the units' length."""
    from surfgrad.earth.near_surface.wavelengths import wavelength_range

    chosen = observed.select(wave, "phase", 0)
    if not len(chosen):
        held = ", ".join(" ".join(map(str, key)) for key, _ in observed.curves())
        raise UsageError(f"{path}: {held} given; a {wave} phase velocity of mode 0 is needed")
    return wavelength_range(chosen.period_s, units.factor * chosen.value)


def _make(waves: "WavelengthRange", method: str, value: float, thinnest: float, resolution: float) -> "Layering":
    from surfgrad.earth.near_surface.by_number import layering_by_number
    from surfgrad.earth.near_surface.by_ratio import layering_by_ratio

    if method == "number":
        return layering_by_number(waves, value, thinnest=thinnest, resolution=resolution)
    return layering_by_ratio(waves, value, thinnest=thinnest, resolution=resolution)


def rows(layerings: "Sequence[Layering]", units: Units) -> Iterator[str]:
    """The CSV's lines, header first; the layerings are in `units`."""
    yield ",".join(("method", "parameter", "layer", *(units.column(name, units.length) for name in _COLUMNS)))
    for each in layerings:
        for layer, lengths in enumerate(zip(*(getattr(each, name) for name in _COLUMNS), strict=True), start=1):
            yield ",".join((each.method, f"{each.parameter:g}", str(layer), *(repr(float(h)) for h in lengths)))
