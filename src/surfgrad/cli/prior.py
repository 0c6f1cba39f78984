"""`surfgrad prior`: what a prior says of itself, how its variance is spread, and a figure of its draws."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from surfgrad.cli.options import check_least
from surfgrad.cli.outputs import check_text_and_plot, write_text_and_plot
from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from surfgrad.earth.priors import Prior, Subspace

_WIDTH = 100
_MOST = 100_000
_NAME = "a prior, or mixture:weak=0.5,decorrelated=0.5; without it all are listed"


def prior(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=_NAME)] = None,
    count: Annotated[int, typer.Option(help="draws that the spectrum and the figure rest on")] = 4000,
    seed: Annotated[int, typer.Option(help="of these draws")] = 0,
    solve: Annotated[int, typer.Option(help="draws to solve exactly: how many trap the mode at every period")] = 0,
    out: Annotated[Path | None, typer.Option(help="JSON file: card, spectrum, share trapped")] = None,
    plot: Annotated[Path | None, typer.Option(help="figure of draws and spectrum: .png, .pdf or .svg")] = None,
) -> None:
    """What a prior varies and ties, in what bounds; how many directions hold 99, 99.9 and 99.99 % of its variance.

    The variance is that of log vp, log vs and log density, every layer counting the same.
    """
    check_text_and_plot(out, plot)
    check_least(count=(count, 2), solve=(solve, 0), seed=(seed, 0))
    if count > _MOST:
        raise UsageError(f"--count: {count} given; at most {_MOST} is allowed, as all are held in memory")

    from surfgrad.earth.priors import PRIORS, get_prior, prior_subspace

    if name is None:
        if out is not None or plot is not None:
            raise UsageError(
                f"NAME: missing beside --out or --plot; one of {', '.join(PRIORS)} or a mixture is allowed"
            )
        for each in PRIORS.values():
            print(f"{each.name} (version {each.version}), {_periods(each)}: {each.card()['varies']}")
        return
    chosen = get_prior(name)
    subspace = prior_subspace(chosen, count, seed=seed)
    record = {"card": chosen.card(), "periods_s": list(chosen.periods), "spectrum": _spectrum(subspace, seed)}
    if solve:
        record["trapped"] = _trapped(chosen, solve, seed)
    lines = json.dumps(record, indent=1, allow_nan=False).splitlines()
    write_text_and_plot(out, lambda: lines, plot, lambda: _draw(chosen, subspace, seed))
    print("\n".join(_told(record)))


def _periods(chosen: "Prior") -> str:
    return f"{chosen.periods[0]:g} to {chosen.periods[1]:g} s"


def _spectrum(subspace: "Subspace", seed: int) -> dict[str, Any]:
    from surfgrad.earth.priors.subspace import SHARES

    return {
        "draws": subspace.count,
        "seed": seed,
        "numbers": int(subspace.variance.size),
        "total_variance": float(subspace.variance.sum()),
        "directions_holding": {f"{share:g}": subspace.holding(share) for share in SHARES},
        "variance": [float(f"{value:.6g}") for value in subspace.variance],
    }


def _trapped(chosen: "Prior", count: int, seed: int) -> dict[str, Any]:
    from surfgrad.ensembles.trapped import trapped_share

    found = trapped_share(chosen, count, seed)
    return {
        "draws": count,
        "seed": seed,
        "periods": int(found.periods.size),
        "models": found.models,
        "models_by_wave": found.waves,
        "values_by_wave": found.values,
    }


def _draw(chosen: "Prior", subspace: "Subspace", seed: int) -> "Figure":
    from surfgrad.earth.grid import tops
    from surfgrad.earth.priors import draw_many
    from surfgrad.earth.priors.subspace import SHARES
    from surfgrad.report.prior import plot_prior

    _, vp, vs, rho = draw_many(chosen, seed, subspace.count)
    title = f"{chosen.name}, version {chosen.version}: four draws, 5 to 95 % and median (dashed) of {len(vs)}"
    return plot_prior(tops(chosen.grid), (vs, vp / vs, rho), subspace.variance, SHARES, title=title)


def _told(record: Mapping[str, Any]) -> Iterator[str]:
    """The record for a terminal: card first."""
    card, spectrum = record["card"], record["spectrum"]
    shortest, longest = record["periods_s"]
    yield f"{card['name']}, version {card['version']}, for {shortest:g} to {longest:g} s"
    yield from _entries({key: value for key, value in card.items() if key not in ("name", "version", "parts")})
    if "parts" in card:
        yield f"  parts: {', '.join(part['name'] for part in card['parts'])} (surfgrad prior NAME tells of each)"
    held = ", ".join(f"{100 * float(share):g} %: {k}" for share, k in spectrum["directions_holding"].items())
    yield f"  directions that hold the variance ({spectrum['numbers']} numbers, {spectrum['draws']} draws): {held}"
    if "trapped" in record:
        found = record["trapped"]
        waves = ", ".join(f"{wave} {100 * share:.2f} %" for wave, share in found["models_by_wave"].items())
        yield (
            f"  models trapped at all {found['periods']} periods ({found['draws']} solved): "
            f"both waves {100 * found['models']:.2f} % ({waves})"
        )


def _entries(entries: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    from textwrap import fill

    for key, value in entries.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _entries(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for each in value:
                yield fill(f"{key}: {_plain(each)}", _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
        else:
            yield fill(f"{key}: {_plain(value)}", _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
