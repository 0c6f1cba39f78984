"""`surfgrad explore`: a page in the browser on which a model is dragged and the exact engine follows."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli import options
from surfgrad.cli.threads import yield_cores
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from surfgrad.explore.session import Session
    from surfgrad.units import Units


def explore(
    model: Annotated[
        str | None,
        typer.Argument(
            metavar="MODEL", help="model96, CSV, Geopsy, .nd or .tvel file, ak135 or prem; default: a crust"
        ),
    ] = None,
    data: Annotated[
        str | None, typer.Option(metavar="CURVES", help="observed curves: a SURF96, Geopsy or CSV file, or a table")
    ] = None,
    file_is: options.FileIs = "",
    columns: options.Columns = "",
    surrogate: Annotated[str | None, typer.Option(metavar="CKPT", help="checkpoint folder, or builtin")] = None,
    units: options.UnitsOption = "km",
    port: Annotated[int, typer.Option(help="on this machine; 0 takes one that is free")] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="open the page, or only print where it is")
    ] = True,
) -> None:
    """Drag layers in the browser; curves, kernels, group velocity and ellipticity of the exact engine follow live.

    The page is served to this machine only, under an address that nobody can guess, until Ctrl-C. It needs no internet.
    """
    from surfgrad.explore.serve import Explorer

    explorer = Explorer(_session(model, data, file_is, columns, surrogate, options.parse_units(units)), port)
    print(f"surfgrad explorer: {explorer.address}\nCtrl-C stops it.", flush=True)
    with suppress(KeyboardInterrupt):
        explorer.run(ready=_in_browser(explorer.address) if browser else None)
    print("stopped")


def _in_browser(address: str) -> "Callable[[], None]":
    """Open the page without waiting for the browser: one in the terminal would hold the server up."""
    import webbrowser
    from threading import Thread

    return lambda: Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _session(
    model: str | None, data: str | None, file_is: str, columns: str, surrogate: str | None, units: "Units"
) -> "Session":
    from pathlib import Path

    from surfgrad.cli.curves_in import read_curves
    from surfgrad.cli.models_in import read_model
    from surfgrad.explore.session import Session

    if data is None:
        for option, given in (("--file-is", file_is), ("--columns", columns)):
            if given:
                raise UsageError(f"{option}: given without --data; it is allowed with curves only")
    session = Session(units=units.name)
    if model is not None:
        session.model = read_model(model, units=units)
    if data is not None:
        session.keep(read_curves(data, file_is, columns, None, units), Path(data).name)
    if surrogate is not None:
        yield_cores()
        from surfgrad.surrogates.checkpoint import load_surrogate

        session.surrogate, session.surrogate_name = load_surrogate(surrogate), surrogate
    return session
