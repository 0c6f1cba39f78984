"""Which figures the report has, in order, with the sentences beneath them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from surfgrad.report.figures.bands import plot_bands
from surfgrad.report.figures.depth import plot_depth
from surfgrad.report.figures.kernels import plot_kernels_side_by_side
from surfgrad.report.figures.observed import plot_observed
from surfgrad.report.figures.profiles import plot_profiles
from surfgrad.report.figures.untrapped import plot_untrapped
from surfgrad.report.figures.values import plot_values
from surfgrad.report.names import PARAMETERS, WAVES
from surfgrad.report.networks import kind_of, shared
from surfgrad.report.plate import Plate
from surfgrad.report.questions.plates import question_plates
from surfgrad.report.reading import StudyRecord

_SHOWN = (("rayleigh", "vs"), ("love", "vs"))
"""Kernels shown for every set; those of `_MORE` for the last one, where they differ most from what nets have seen."""
_MORE = (("rayleigh", "vp"), ("rayleigh", "rho"), ("love", "rho"))


def make_plates(record: StudyRecord) -> list[Plate]:
    """Every figure that the study's records allow."""
    return [*question_plates(record.summary), *_sets(record), *_values(record), *_kernels(record), *_observed(record)]


def _sets(record: StudyRecord) -> Iterator[Plate]:
    profiles, titles = record.arrays["profiles"], record.titles
    yield Plate(
        "sets",
        "profiles",
        f"What the surrogates are judged on. Above: {profiles.sizes['sample']} Vs profiles of each test set (thin) and "
        "the median of the whole set (black). Below: median fundamental-mode phase velocities, and for Rayleigh waves "
        "5 to 95 % of the models that have the mode.",
        lambda: plot_profiles(profiles, titles),
    )
    yield Plate(
        "sets",
        "untrapped",
        "Share of models whose fundamental mode is not trapped at a period: it has no root below the half-space’s Vs, "
        "so there is no velocity to predict and no kernel to compare. These samples are counted, never regressed.",
        lambda: plot_untrapped(profiles, titles),
    )


def _values(record: StudyRecord) -> Iterator[Plate]:
    good = record.summary["thresholds"]["metrics"]["value_mae"]["good"]
    yield Plate(
        "values",
        "values",
        "Mean absolute error of predicted phase velocities by period. A colour is the prior that was learned from; "
        "dashed: kernels were taught. Dotted: the passing limit.",
        lambda: plot_values(record.arrays["errors"], record.titles, good),
    )


def _kernels(record: StudyRecord) -> Iterator[Plate]:
    shown = set(map(str, record.arrays["errors"]["set"].values))
    titles = {name: title for name, title in record.titles.items() if name in shown}
    for ending, what, names in _architectures(record):
        yield _bands(record, f"bands{ending}", what, titles, names)
    for name in record.arrays["kernels"]["set"].values:
        for wave, parameter in _SHOWN:
            yield _side_by_side(record, str(name), wave, parameter, "kernels")
    for ending, what, names in _architectures(record):
        for wave in ("rayleigh", "love"):
            yield _by_depth(record, wave, f"depth-{wave}{ending}", what, names)
    last = str(record.arrays["kernels"]["set"].values[-1])
    for wave, parameter in _MORE:
        yield _side_by_side(record, last, wave, parameter, "more")


def _architectures(record: StudyRecord) -> list[tuple[str, str, list[str]]]:
    """A figure each, where there are several: the ending of its name, words for its caption, and its networks."""
    found: dict[str, list[str]] = {}
    for name in map(str, record.arrays["errors"]["surrogate"].values):
        found.setdefault(kind_of(name).architecture, []).append(name)
    if len(found) == 1:
        return [("", _which(names), names) for names in found.values()]
    return [(f"-{each}", _which(names), names) for each, names in found.items()]


def _which(names: Sequence[str]) -> str:
    common = shared(names)
    return f" Networks: {common}." if common else ""


def _bands(record: StudyRecord, file: str, what: str, titles: Mapping[str, str], names: Sequence[str]) -> Plate:
    limits = record.summary["thresholds"]["metrics"]["relative_l2"]
    rows = [row for row in record.shown["rows"] if row["surrogate"] in names and row["test_set"] in titles]
    return Plate(
        "kernels",
        file,
        f"Relative L2 error of the kernels by period band: median (symbol) to 95th percentile (end of the line). Blue "
        f"ground passes (up to {limits['good']:g}), yellow is marginal (up to {limits['fair']:g}). A kernel that is "
        f"zero everywhere scores 1. Love Vp, whose exact kernel is zero, is measured against the Vs kernel.{what}",
        lambda: plot_bands(rows, titles, (limits["good"], limits["fair"])),
    )


def _side_by_side(record: StudyRecord, name: str, wave: str, parameter: str, section: str) -> Plate:
    one = record.arrays["kernels"].sel(set=name)
    title = record.titles.get(name, name)
    return Plate(
        section,
        f"kernels-{name}-{wave}-{parameter}",
        f"{WAVES[wave]} {PARAMETERS[parameter]} kernels of one model of the set “{title}” (number {int(one['index'])}"
        ", the middle of the set’s ranking by error) at one period a band. Top row: exact; below: the derivative of "
        "each surrogate (dashed: kernels were taught), with the exact kernel again in grey and the relative L2 error "
        "in the corner. Depth is spaced as its square root; limits are the same down a column; the half-space is not "
        "drawn.",
        lambda: plot_kernels_side_by_side(one, wave, parameter),
    )


def _by_depth(record: StudyRecord, wave: str, file: str, what: str, names: Sequence[str]) -> Plate:
    return Plate(
        "kernels",
        file,
        f"Where the {WAVES[wave]} Vs kernels err: median size of the error, layer by layer, beside the median size of "
        "the exact kernel (grey), both as a share of the band’s largest. Where a line leaves the grey, the surrogate "
        f"reports sensitivity that is not there, or misses what is.{what}",
        lambda: plot_depth(record.arrays["errors"].sel(surrogate=list(names)), wave, "vs", record.titles),
    )


def _observed(record: StudyRecord) -> Iterator[Plate]:
    if "observed" not in record.arrays:
        return
    facts: Mapping[str, Any] = record.summary["observed"]
    place = record.titles.get(facts["nearest_set"], facts["nearest_set"])
    yield Plate(
        "observed",
        "observed",
        f"A real curve: Rayleigh phase velocities of {facts['file']} ({facts['n_used']} of {facts['n']} periods within "
        f"the study’s). Left: over 5 to 95 % of each test set. Middle: the nearest of all {facts['models']:,} test "
        f"models (number {facts['nearest_index']} of “{place}”, RMS difference "
        f"{facts['nearest_misfit_km_s']:.3f} km/s), exact and as the surrogates predict it. Right: that model. It is "
        "the nearest model at hand, not an inversion.",
        lambda: plot_observed(record.arrays["observed"], record.titles),
    )
