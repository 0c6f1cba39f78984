"""`surfgrad cite`: how to cite surfgrad, as text and as BibTeX."""

from pathlib import Path
from typing import Annotated

import typer

from surfgrad.cli.outputs import check_output, write_all
from surfgrad.cli.ranges import parse_names

FORMATS = ("text", "bibtex")


def cite(
    format: Annotated[str, typer.Option(help="text, bibtex, or both with a comma")] = "text,bibtex",
    out: Annotated[Path | None, typer.Option(help="file; without it the references are printed")] = None,
) -> None:
    """How to cite surfgrad, and the works that it implements."""
    from surfgrad import __version__
    from surfgrad.cli.citation import as_bibtex, as_text

    wanted = parse_names(format, "--format", FORMATS)
    check_output(out, "--out")
    written = {"text": as_text, "bibtex": as_bibtex}
    text = "\n\n".join(written[each](__version__) for each in wanted)
    if out is None:
        print(text)
    else:
        write_all({out: lambda path: path.write_text(text + "\n", encoding="utf-8")})
