"""The `surfgrad` command: finds the command asked for, and imports that one only."""

import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from inspect import getdoc
from typing import Any

from surfgrad.cli.errors import guarded
from surfgrad.cli.words_of_options import with_leading_option
from surfgrad.errors import UsageError

COMMANDS = {
    "dispersion": "Phase- and group-velocity curves of a model: CSV and plot.",
    "ellipticity": "H/V of a layered model's Rayleigh waves: CSV and plot.",
    "kernels": "Sensitivity kernels of a layered model: NetCDF and plot.",
    "eigenfunctions": "Displacement and stress with depth: NetCDF and plot.",
    "attenuation": "Q, decay and physical dispersion of modes: CSV and plot.",
    "explore": "Drag a model in the browser; exact curves follow.",
    "vs30": "Vs30 of a layered model, and the site's class by it.",
    "layering": "Layers for an inversion, from a curve's wavelengths: CSV.",
    "convert": "A model or curves from one file format into another.",
    "prior": "What a prior varies and ties, its spectrum, its draws.",
    "generate": "Draw models from a prior, solve them exactly, store them.",
    "merge": "Put the parts of a job array together.",
    "verify": "Check a store: hashes, and a sample computed again.",
    "train": "Train a surrogate on a stored ensemble.",
    "export": "Write a surrogate as ONNX, for programs without torch.",
    "audit": "Hold a surrogate's derivative against the exact kernels.",
    "invert": "Observed curves into profiles with their uncertainty.",
    "study": "All of it, end to end, with a report.",
    "doctor": "What runs here, what is missing and how to get it.",
    "cite": "How to cite surfgrad, as text and as BibTeX.",
    "completion": "A script by which your shell completes commands.",
}
"""Command -> one-line summary. `surfgrad.cli.<command>` holds a function of the same name."""


def entry() -> None:
    """The console script."""
    sys.exit(main())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `surfgrad` with these arguments (default: the process's) and return its exit code.

    0 success; 2 bad input, told in one line on stderr; 130 interrupted.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    return guarded(lambda: _dispatch(given), command=given[0] if given and given[0] in COMMANDS else "")


def _dispatch(given: list[str]) -> None:
    if not given or given[0] in ("-h", "--help", "help"):
        from surfgrad.cli.overview import print_overview

        print_overview(COMMANDS)
    elif given[0] == "--version":
        from surfgrad import __version__

        print(f"surfgrad {__version__}")
    elif given[0] in COMMANDS:
        _run(given[0], given[1:])
    else:
        raise UsageError(_unknown(given[0]))


def _unknown(word: str) -> str:
    what = "option" if word.startswith("-") else "command"
    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"commands are {', '.join(COMMANDS)}"
    return f"no {what} {word!r}; {hint}"


def _run(name: str, arguments: list[str]) -> None:
    command = build(name, getattr(import_module(f"surfgrad.cli.{name}"), name))
    # Not command.main(): it would print errors in its own many lines and turn Ctrl-C into a return value.
    with command.make_context(f"surfgrad {name}", arguments) as context:
        try:
            command.invoke(context)
        except UsageError as error:
            options = {option for parameter in command.params for option in parameter.opts}
            raise type(error)(with_leading_option(str(error), options)) from None


def build(name: str, function: Callable[..., Any]) -> Any:
    """The parser of one command, from the function's signature and docstring."""
    import typer
    from typer.main import get_command

    from surfgrad.cli.examples import EXAMPLES

    app = typer.Typer(add_completion=False)
    settings = {"help_option_names": ["-h", "--help"]}
    app.command(name=name, context_settings=settings, help=_reflowed(function), epilog=EXAMPLES.get(name))(function)
    return get_command(app)


def _reflowed(function: Callable[..., Any]) -> str:
    """The docstring with each paragraph in one line: the terminal's width, not ours, says where lines end."""
    paragraphs = (getdoc(function) or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
