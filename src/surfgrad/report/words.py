"""What the numbers say, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from surfgrad.report.numbers import counted, span

Summary = Mapping[str, Any]

_ANSWERS = {
    "yes": "Yes: all {judged} verdicts on Vs kernels are passes.",
    "nearly": "Nearly: of {judged} verdicts on Vs kernels {PASS} pass and {MARGINAL} are marginal; none fails.",
    "in part": "In part: of {judged} verdicts on Vs kernels {PASS} pass, {MARGINAL} are marginal and {FAIL} fail.",
    "no": "No: all {judged} verdicts on Vs kernels are fails.",
    "not judged": "It cannot be said: there were too few samples to judge.",
}
_PLACES = {
    "own prior": "On models from the prior that a network was trained on",
    "other prior": "On models from a prior that a network was not trained on",
    "boundary cases": "On boundary cases",
    "real Earth": "On columns of the real Earth (LITHO1.0)",
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
    sizes = " and ".join(f"{each['models']:,} models of the {each['source']} prior" for each in train)
    judged = ", ".join(f"{each['models']:,} ({each['title']})" for each in tests)
    return (
        f"{_number(len(nets)).capitalize()} networks learned Rayleigh and Love phase velocities, {_taught(nets)}, from "
        f"{sizes}. Their automatic derivatives were then held against exact sensitivity kernels on models that "
        f"share no seed with training: {judged}."
    )


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
        sentence += f" ({counts['CANNOT JUDGE']} could not be judged)"
    return sentence + "."


def by_network(summary: Summary) -> str:
    """The networks beside one another, over all test sets."""
    parts = [
        f"{name}, {span(each['vs_relative_l2'])} ({counted(_judged(each['vs_verdicts']), 'verdict')}, "
        f"{_outcome(each['vs_verdicts'])})"
        for name, each in summary["headline"]["surrogates"].items()
        if name in summary["shown"]
    ]
    return f"Median relative L2 of the Vs kernels by network, over all test sets: {'; '.join(parts)}."


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
        f"Over both waves, Vs, Vp and density, and all bands, {counted(total, 'verdict')}: {counts['PASS']} pass, "
        f"{counts['MARGINAL']} are marginal, {counts['FAIL']} fail, {counts['CANNOT JUDGE']} cannot be judged."
    )


def absences(summary: Summary) -> list[str]:
    """What was left out of the study, and why."""
    sets = [name for name in summary["absent"] if name.startswith("set-")]
    others = [name for name in summary["absent"] if name == "observed"]
    return [f"{name.removeprefix('set-')}: {summary['absent'][name]}" for name in (*sets, *others)]


def _outcome(counts: Mapping[str, int]) -> str:
    """`24 pass, 0 are marginal, 0 fail`, without the noughts."""
    parts = {"PASS": "pass", "MARGINAL": "are marginal", "FAIL": "fail"}
    said = [
        f"{'all' if counts[name] == _judged(counts) else counts[name]} {word}"
        for name, word in parts.items()
        if counts[name]
    ]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said) or "none could be judged"


def _judged(counts: Mapping[str, int]) -> int:
    return counts["PASS"] + counts["MARGINAL"] + counts["FAIL"]


def _number(count: int) -> str:
    return {1: "one", 2: "two", 3: "three", 4: "four"}.get(count, str(count))
