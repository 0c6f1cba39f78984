"""Arguments and options that several commands share, so that each says the same everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.ranges import parse_name

EARTHS = ("flat", "spherical")

Model = Annotated[str, typer.Argument(metavar="MODEL", help="model96 or CSV file, or ak135 or prem")]
Waves = Annotated[str, typer.Option(help="rayleigh, love, or both with a comma")]
Modes = Annotated[str, typer.Option(help="0 is the fundamental; 0:2 is 0, 1 and 2")]
Periods = Annotated[str, typer.Option(help="s; 2:60:1 is 59 periods, 5,10,20 three")]
Earth = Annotated[str, typer.Option(help="flat, or spherical: layers are shells, flattened (docs/spherical-earth.md)")]
CurvesOut = Annotated[Path | None, typer.Option(help="CSV file; without it the curves are printed")]
NetCDFOut = Annotated[Path | None, typer.Option(help="NetCDF file")]
Plot = Annotated[Path | None, typer.Option(help="figure: .png, .pdf or .svg")]


def parse_earth(text: str) -> str:
    """`flat` or `spherical`; raises UsageError."""
    return parse_name(text, "--earth", EARTHS)
