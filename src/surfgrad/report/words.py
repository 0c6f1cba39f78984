"""What the numbers say, in sentences."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

from surfgrad.report.names import listed
from surfgrad.report.networks import kinds_of
from surfgrad.report.numbers import counted, short, span

Summary = Mapping[str, Any]

_ANSWERS = {
    "yes": "Yes: all {judged:,} verdicts on Vs kernels are passes.",
    "nearly": "Nearly: of {judged:,} verdicts on Vs kernels {PASS:,} pass and {MARGINAL:,} are marginal; none fails.",
    "in part": "In part: of {judged:,} verdicts on Vs kernels {PASS:,} pass, {MARGINAL:,} are marginal and {FAIL:,} "
    "fail.",
    "no": "No: all {judged:,} verdicts on Vs kernels are fails.",
    "not judged": "It cannot be said: there were too few samples to judge.",
}
_PLACES = {
    "own prior": "On models from the prior that a network was trained on",
    "other prior": "On models from a prior that a network was not trained on",
    "boundary cases": "On boundary cases",
    "real Earth": "On models of the real Earth",
}


def answer(summary: Summary) -> str:
    """Are the vs kernels physical? In one sentence."""
    found = summary["headline"]
    counts = found["vs_verdicts"]
    return _ANSWERS[found["answer"]].format(judged=_judged(counts), **counts)


def what_was_done(summary: Summary) -> str:
    """The experiment in two sentences."""
    nets = [each for each in summary["surrogates"].values() if each["state"] == "done"]
    tests = [each for each in summary["sets"].values() if each.get("role") == "test"]
    train = [each for each in summary["sets"].values() if each.get("role") == "train"]
    sizes = _sizes(train)
    judged = ", ".join(f"{each['models']:,} ({each['title']})" for each in tests)
    return (
        f"{_number(len(nets)).capitalize()} networks learned Rayleigh and Love phase velocities, {_taught(nets)}, from "
        f"{sizes}. Their automatic derivatives were then held against exact sensitivity kernels on models that "
        f"share no seed with training: {judged}."
    )


def _sizes(train: Sequence[Mapping[str, Any]]) -> str:
    """`8,000 models of the tectonic prior and 8,000 of the weak prior`; equal counts are said once."""
    titles = [each["title"].removesuffix(", training") for each in train]
    counts = [f"{each['models']:,}" for each in train]
    if len(set(counts)) == 1 and len(counts) > 1:
        return f"{counts[0]} models each of the {listed(titles)}"
    return listed([f"{count} models of the {title}" for count, title in zip(counts, titles, strict=True)])


def _taught(nets: Sequence[Mapping[str, Any]]) -> str:
    count = sum(each["loss"] == "sobolev" for each in nets)
    return f"{_number(count)} of them exact derivatives too" if count else "nothing else"


def what_was_found(summary: Summary) -> list[str]:
    """A sentence or two per scope."""
    return [_scope(name, each) for name, each in summary["headline"]["scopes"].items()]


def _scope(name: str, found: Mapping[str, Any]) -> str:
    counts = found["vs_verdicts"]
    sentence = (
        f"{_PLACES.get(name, name)}, the mean absolute error of the velocities is {span(found['value_mae_km_s'], 3)} "
        f"km/s ({span(found['value_mae_percent'])} %), while the Vs kernels differ from the exact ones by a median "
        f"relative L2 of {span(found['vs_relative_l2'])}: {counted(_judged(counts), 'verdict')} "
        "(one per network, wave and band), "
        f"{_outcome(counts)}"
    )
    if counts["CANNOT JUDGE"]:
        sentence += f" ({counts['CANNOT JUDGE']:,} could not be judged)"
    return sentence + "."


def by_kind(summary: Summary) -> str:
    """The kinds of network beside one another, over all test sets and seeds; of many, the two ends."""
    networks = summary["headline"]["surrogates"]
    told = [_together(kind.title, [networks[each] for each in names]) for kind, names in kinds_of(networks).items()]
    known = [each for each in told if each.error is not None]
    if not known:
        return "No network’s Vs kernels could be measured."
    lead = "Median relative L2 of the Vs kernels by kind of network, over all test sets and seeds"
    if len(known) <= _FEW:
        return f"{lead}: {'; '.join(map(_kind, known))}."
    ranked = sorted(known, key=lambda each: each.error or 0.0)
    return f"{lead}, of {len(known)} kinds: the smallest, {_kind(ranked[0])}; the largest, {_kind(ranked[-1])}."


_FEW = 4
"""So many kinds are told one by one."""


class _Kind(NamedTuple):
    """What is said of the networks of one kind: their middle error, and their verdicts."""

    title: str
    error: float | None
    counts: Mapping[str, int]


def _together(title: str, networks: Sequence[Mapping[str, Any]]) -> _Kind:
    known = [each["vs_relative_l2"]["median"] for each in networks if each["vs_relative_l2"] is not None]
    verdicts = ("PASS", "MARGINAL", "FAIL")
    counts = {name: sum(each["vs_verdicts"][name] for each in networks) for name in verdicts}
    return _Kind(title, median(known) if known else None, counts)


def _kind(told: _Kind) -> str:
    counts = told.counts
    return f"{told.title}, {short(told.error)} ({counted(_judged(counts), 'verdict')}, {_outcome(counts)})"


def paper_protocol(summary: Summary) -> str:
    """What smoothing and normalisation make of the same kernels."""
    own = summary["headline"]["scopes"].get("own prior", {})
    paper, strict = own.get("vs_paper_cosine"), own.get("vs_cosine")
    if paper is None or strict is None:
        return ""
    return (
        f"Smoothed and normalised, as such comparisons are often made, the same kernels score a cosine of "
        f"{span(paper, 3)} on the own prior; unsmoothed it is {span(strict, 3)}. Neither sees a wrong amplitude."
    )


def all_verdicts(summary: Summary) -> str:
    """Counts over everything."""
    counts = summary["headline"]["verdicts"]
    total = sum(counts.values())
    return (
        f"Over both waves, Vs, Vp and density, and all bands, {counted(total, 'verdict')}: {counts['PASS']:,} pass, "
        f"{counts['MARGINAL']:,} are marginal, {counts['FAIL']:,} fail, {counts['CANNOT JUDGE']:,} cannot be judged."
    )


def seeds(summary: Summary) -> str:
    """`all ...-train 11, all ...-0 1000`: by the ends of names, where all with that end have the same seed."""
    found: dict[str, dict[str, int]] = {}
    for name, seed in summary["seeds"].items():
        found.setdefault(name.rsplit("-", 1)[-1], {})[name] = seed
    told = []
    for end, each in found.items():
        alike = len(each) > 1 and len(set(each.values())) == 1
        told += (
            [f"all …-{end} {next(iter(each.values()))}"] if alike else [f"{name} {seed}" for name, seed in each.items()]
        )
    return ", ".join(told)


def absences(summary: Summary) -> list[str]:
    """What was left out of the study, and why."""
    sets = [name for name in summary["absent"] if name.startswith("set-")]
    others = [name for name in summary["absent"] if name == "observed"]
    return [f"{name.removeprefix('set-')}: {summary['absent'][name]}" for name in (*sets, *others)]


_VERBS = {"PASS": ("passes", "pass"), "MARGINAL": ("is marginal", "are marginal"), "FAIL": ("fails", "fail")}


def _outcome(counts: Mapping[str, int]) -> str:
    """`24 pass, 0 are marginal, 0 fail`, without the noughts."""
    said = []
    for name, (one, several) in _VERBS.items():
        if count := counts[name]:
            said.append(
                f"all {several}" if count == _judged(counts) > 1 else f"{count:,} {one if count == 1 else several}"
            )
    return listed(said) or "none could be judged"


def _judged(counts: Mapping[str, int]) -> int:
    return counts["PASS"] + counts["MARGINAL"] + counts["FAIL"]


def _number(count: int) -> str:
    return {1: "one", 2: "two", 3: "three", 4: "four"}.get(count, str(count))
