"""`surfgrad export`: a surrogate as an ONNX file."""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.outputs import check_output
from surfgrad.cli.ranges import parse_periods
from surfgrad.cli.threads import yield_cores


def export(
    surrogate: Annotated[str, typer.Argument(metavar="CKPT", help="checkpoint folder")],
    out: Annotated[Path, typer.Option(help="the file, for example model.onnx")],
    periods: Annotated[str, typer.Option(help="s, for example 2:60:1; default: those of the training set")] = "",
) -> None:
    """Write a surrogate as ONNX: models in km, km/s, g/cm3, velocities in km/s, at fixed periods.

    The file is run and compared with the surrogate before it gets its name.
    """
    check_output(out, "--out", (".onnx",))
    wanted = parse_periods(periods) if periods else None
    yield_cores()
    from surfgrad.surrogates.checkpoint import load_surrogate
    from surfgrad.surrogates.onnx import export_onnx

    told = export_onnx(load_surrogate(surrogate), out, wanted)
    print(f"{out}: {told['architecture']}, {', '.join(told['waves'])}, {len(told['periods_s'])} periods")
    print(f"  differs from the surrogate by at most {told['largest_difference']:.1e} (ONNX Runtime, single precision)")
