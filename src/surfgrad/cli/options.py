"""Arguments and options that several commands share, so that each says the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.ranges import parse_name
from surfgrad.errors import UsageError
from surfgrad.units import NAMES, SI, Units, unit_system

EARTHS = ("flat", "spherical")
AXES = ("period", "frequency", "wavelength")

Model = Annotated[str, typer.Argument(metavar="MODEL", help="model96, CSV, Geopsy, .nd or .tvel file, ak135 or prem")]
Waves = Annotated[str, typer.Option(help="rayleigh, love, or both with a comma")]
Modes = Annotated[str, typer.Option(help="0 is the fundamental; 0:2 is 0, 1 and 2")]
Periods = Annotated[str, typer.Option(help="s; 2:60:1 is 59 periods, 5,10,20 three, 1:50:log9 nine evenly in log")]
Frequencies = Annotated[str, typer.Option(help="Hz, written as periods are; instead of --periods")]
UnitsOption = Annotated[
    str, typer.Option("--units", help="km (km/s, g/cm3, s) or si (m, m/s, kg/m3, Hz): of a CSV MODEL, and of results")
]
Axis = Annotated[
    str, typer.Option(help="of the figure: period, frequency or wavelength; default: period, for --units si frequency")
]
Earth = Annotated[str, typer.Option(help="flat, or spherical: layers are shells, flattened (docs/spherical-earth.md)")]
CurvesOut = Annotated[Path | None, typer.Option(help="CSV file; without it the curves are printed")]
NetCDFOut = Annotated[Path | None, typer.Option(help="NetCDF file")]
Plot = Annotated[Path | None, typer.Option(help="figure: .png, .pdf or .svg")]
FileIs = Annotated[
    str, typer.Option(help="wave, kind and mode, where a file of curves does not say them, like rayleigh,phase,0")
]
Columns = Annotated[str, typer.Option(help="of a table of curves without heading, like frequency_hz,velocity_m_s")]
Missing = Annotated[
    float | None, typer.Option(help="value that stands for none in a file of curves, like 0; default: only nan does")
]


def check_least(**given: tuple[int, int]) -> None:
    """Raise UsageError naming the first option, `name=(given, least)`, whose number is below the least allowed."""
    for name, (number, least) in given.items():
        if number < least:
            raise UsageError(f"--{name}: {number} given; at least {least} is allowed")


def parse_units(text: str) -> Units:
    """`km` or `si`; raises UsageError."""
    return unit_system(parse_name(text, "--units", NAMES))


def parse_axis(text: str, units: Units) -> str:
    """What a figure is drawn against, or coloured by; raises UsageError."""
    return parse_name(text or ("frequency" if units == SI else "period"), "--axis", AXES)


def parse_earth(text: str) -> str:
    """`flat` or `spherical`; raises UsageError."""
    return parse_name(text, "--earth", EARTHS)
