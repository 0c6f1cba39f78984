"""Paragraphs: every number in them stands in the numbers, and what they say turns with what was measured."""

import copy
import re
from typing import Any

import pytest
from tests.study.questions.conftest import Answers
from tests.study.questions.world import every_number

from surfgrad.report.names import listed
from surfgrad.study.questions import (
    QUESTIONS,
    conditions,
    consequence,
    emergence,
    imprint,
    information,
    protocol,
    remedy,
)
from surfgrad.study.questions.wording import fine, of, said, spread

_NUMBER = re.compile(r"(?<![A-Za-z\d.])-?\d+(?:\.\d+)?(?:e-?\d+)?")


def strings(content: Any) -> set[str]:
    """All text anywhere in plain data."""
    if isinstance(content, dict):
        return set().union(*map(strings, content.values()))
    if isinstance(content, list | tuple):
        return set().union(*map(strings, content))
    return {content} if isinstance(content, str) else set()


def unfounded(answer: dict[str, Any]) -> list[str]:
    """Numbers of a paragraph that no number is written as."""
    text = answer["paragraph"]
    for each in sorted(strings(answer["numbers"]), key=len, reverse=True):
        if re.search(r"\d", each):
            text = text.replace(each, "")
    known = every_number(answer["numbers"])
    spelled = {form(each) for each in known for form in (said, fine)} | {said(int(e)) for e in known if e == int(e)}
    # A dash between two numbers is not a sign.
    return [each for each in _NUMBER.findall(text) if each not in spelled and each.lstrip("-") not in spelled]


@pytest.mark.parametrize("world", ["imprinted", "perfect", "empty"])
def test_every_number_of_a_paragraph_stands_in_the_numbers(world: str, request: pytest.FixtureRequest) -> None:
    for key, each in request.getfixturevalue(f"{world}_answers").items():
        assert unfounded(each) == [], key


def test_a_number_from_elsewhere_is_found_out(imprinted_answers: Answers) -> None:
    for each in imprinted_answers.values():
        assert unfounded(each | {"paragraph": each["paragraph"] + " Thrice as much, 0.1234 and 77777."}) == [
            "0.1234",
            "77777",
        ]


def test_paragraphs_follow_from_the_stored_numbers_alone(imprinted_answers: Answers) -> None:
    for each, answer in zip(QUESTIONS, imprinted_answers.values(), strict=True):
        assert each.paragraph(copy.deepcopy(answer["numbers"])) == answer["paragraph"]


def test_an_imprinting_network_and_a_perfect_one_are_told_apart(
    imprinted_answers: Answers, perfect_answers: Answers
) -> None:
    bad, good = ({k: e["paragraph"] for k, e in a.items()} for a in (imprinted_answers, perfect_answers))
    assert "do not emerge in 1 " in bad["a"]
    assert good["a"].startswith("From values alone Vs kernels emerge: in both kinds of network they pass")
    assert "cases (kind of network, parameter) at most; clearest in grid, tectonic prior, values alone" in bad["b"]
    assert "in none of 6 cases (kind of network, parameter) at most; the largest excess is no sign" in good["b"]
    assert "differ most in" in bad["b"]
    assert good["b"].count("leave no difference beyond that between seeds") == 1
    assert "certainly smaller in both comparisons" in bad["c"]
    assert "there kernels are better and values worse" in bad["c"]
    assert "certainly" not in good["c"]
    assert "a Gauss-Newton step goes right in 1 of 2 (" in bad["d"]
    assert "the Gauss-Newton step and the posterior are right in both kinds of network" in good["d"]
    assert "the engine itself scores 0.99" in bad["e"]
    assert "of 4; elsewhere it is too small (down to 0." in bad["g"]
    assert "in 2 of 4 cases" in bad["g"]
    assert "resolve in all 4 cases" in good["g"]
    assert "The amount of information is right" in good["g"]


def test_a_study_of_nothing_says_so(empty_answers: Answers) -> None:
    for each in empty_answers.values():
        assert "open" in each["paragraph"] or "could not" in each["paragraph"]
        assert each["unanswered"]


# Branches that the worlds do not reach, from numbers of the worlds with one thing changed.


@pytest.fixture
def numbers(imprinted_answers: Answers) -> dict[str, Any]:
    return copy.deepcopy({key: each["numbers"] for key, each in imprinted_answers.items()})


@pytest.mark.parametrize(
    ("states", "said_then"),
    [
        (("emerge", "emerge"), "Vs kernels emerge: in both kinds"),
        (("do not emerge", "do not emerge"), "do not emerge: in both kinds"),
        (("emerge", "do not emerge"), "emerge in 1 of 2 kinds of network and do not emerge in 1 "),
        (("emerge in part", "emerge in part"), "emerge in part in both kinds"),
    ],
)
def test_emergence(numbers: dict[str, Any], states: tuple[str, str], said_then: str) -> None:
    found = numbers["a"]
    found |= {name: states.count(name) for name in ("emerge", "emerge in part", "do not emerge")}
    assert said_then in emergence.paragraph(found)


@pytest.mark.parametrize(
    ("kernel", "tail"), [(9.0, "along with values"), (3.0, "less than values do"), (1.0, "do not improve")]
)
def test_when(numbers: dict[str, Any], kernel: float, tail: str) -> None:
    for curve in numbers["a"]["curves"]:
        curve["kernel_gain"]["median"] = kernel
    assert tail in emergence.paragraph(numbers["a"])
    for curve in numbers["a"]["curves"]:
        curve["value_gain"]["median"] = 0.97
    assert "too little was learned" in emergence.paragraph(numbers["a"])
    for curve in numbers["a"]["curves"]:
        curve["value_gain"]["median"] = None
    assert "No learning curve of kernels was kept" in emergence.paragraph(numbers["a"])


def test_imprint(numbers: dict[str, Any]) -> None:
    found = numbers["b"]
    found["gathered"]["known"] = 0
    assert "no network of another prior to compare with" in imprint.paragraph(found)
    found["gathered"]["lines"] = []
    assert "No prior here likes interfaces" in imprint.paragraph(found)
    assert "beyond what seeds do" not in imprint.paragraph(found)
    for pair in list(found["pairs"]):
        same = [entry | {"ratio": 1.1} for entry in pair["parameters"]]
        found["pairs"].append(pair | {"parameters": same})
    assert "differ by their prior beyond what seeds do in 1 of 2 comparisons" in imprint.paragraph(found)
    found["split"] |= {"worse": 0}
    assert "of their part there than along it in none of 2 kinds of network" in imprint.paragraph(found)
    found["pairs"] = []
    assert "that takes two priors and two seeds" in imprint.paragraph(found)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ((0.5, 0.9), "certainly smaller in"),
        ((1.1, 1.5), "certainly larger in"),
        ((0.9, 1.1), "not told from no change"),
    ],
)
def test_remedy_by_interval(numbers: dict[str, Any], interval: tuple[float, float], words: str) -> None:
    low, high = interval
    entries = [{**each, "low": low, "high": high} for each in numbers["c"]["losses"]]
    for each in entries:
        each["outcome"] = remedy._outcome(each)
    numbers["c"]["losses"] = entries
    numbers["c"]["tallies"][0] = remedy._tally(entries, "where", "own prior")
    assert words in remedy.paragraph(numbers["c"])


def test_worse_values_are_a_price_only_where_kernels_are_better(numbers: dict[str, Any]) -> None:
    for each in numbers["c"]["losses"]:
        each["outcome"] = "larger"
    assert "values are worse, and Vs kernels are not certainly better" in remedy.paragraph(numbers["c"])


def test_every_architecture_has_its_price_and_other_priors_their_ends(numbers: dict[str, Any]) -> None:
    found = numbers["c"]
    one = found["prices"][0]
    found["prices"] += [one | {"architecture": "paper", "steps_taught": 17, "steps_alone": 27, "weights_taught": 3}] * 2
    assert " and 17 in place of 27 (paper, 3 weights)" in remedy.paragraph(found)
    assert remedy.paragraph(found).count("(paper, 3 weights)") == 1
    found["priors"] = [
        {"architecture": "grid", "loss": "value", "wide": "mixture", "strong": "weak", "what": what, "ratio": ratio,
         "low": None, "high": None, "n": 1, "outcome": None}
        for what in ("vs", "value") for ratio in (0.25, 0.5, 4.0)
    ]  # fmt: skip
    said_ends = "by 0.25 (grid, mixture for weak) at best and by 4 (grid, mixture for weak) at worst"
    assert remedy.paragraph(found).count(said_ends) == 2


def test_architectures_stand_beside_one_another(numbers: dict[str, Any]) -> None:
    found = numbers["a"]
    assert "By architecture" not in emergence.paragraph(found)
    errors = {"grid": (0.2, 0.4), "scale-free": (0.05, 0.05)}
    found["cells"] = [
        {**found["cells"][0], "architecture": name, "vs_error": {"median": each, "low": each, "high": each}}
        for name, several in errors.items()
        for each in several
    ]
    assert "it is 0.2 to 0.4 for grid and 0.05 for scale-free." in emergence.paragraph(found)
    for number, each in enumerate(found["cells"]):
        each |= {"state": "emerge" if number == 2 else "emerge in part", "title": f"net {number}, values alone"}
    found |= {"judged": 4, "emerge": 1, "emerge in part": 3, "do not emerge": 0}
    assert "in 1 of 4 kinds of network and emerge in part in 3 " in emergence.paragraph(found)
    assert "They emerge in net 2." in emergence.paragraph(found)


def test_the_price(numbers: dict[str, Any]) -> None:
    values = [each for each in numbers["c"]["losses"] if each["what"] == "value"]
    for each in values:
        each |= {"ratio": 1.1, "outcome": "not told apart"}
    assert "is not beyond chance" in remedy.paragraph(numbers["c"])
    for each in values:
        each |= {"ratio": 0.9, "outcome": "smaller"}
    assert "cost no accuracy of values" in remedy.paragraph(numbers["c"])
    assert "4 whole kernels and 2 directional derivatives for each of 950" in remedy.paragraph(numbers["c"])
    numbers["c"]["tallies"][0] |= {"smaller": 0, "larger": 0, "not told apart": 0}
    assert "one pair of seeds gives no interval" in remedy.paragraph(numbers["c"])


@pytest.mark.parametrize(
    ("kernel", "value", "words"),
    [
        ([0.7, 0.9], [0.1, 0.5], "(0.1 to 0.5)."),
        ([0.1, 0.5], [0.7, 0.9], "it is the value that tells"),
        ([0.1, 0.8], [0.5, 0.9], "neither tells"),
    ],
)
def test_what_tells(numbers: dict[str, Any], kernel: list[float], value: list[float], words: str) -> None:
    for each in numbers["d"]["tell"]:
        each["interval"] = kernel if each["error"] == "kernel" else value
    assert consequence.paragraph(numbers["d"]).count(words) == 2


def test_counts_of_few_models_are_said_to_be_no_verdicts(numbers: dict[str, Any]) -> None:
    words = "By 2 models an audit, which are enough for a verdict in none of 24 audits"
    assert words in consequence.paragraph(numbers["d"])
    numbers["d"]["rests_on"]["judged"] = numbers["d"]["rests_on"]["audits"]
    assert "enough for a verdict" not in consequence.paragraph(numbers["d"])


@pytest.mark.parametrize(("rank", "words"), [(0.95, "as the strict"), (0.6, "roughly as"), (-0.2, "otherwise than")])
def test_ranks_of_protocols(numbers: dict[str, Any], rank: float, words: str) -> None:
    numbers["e"]["paper"]["correlation"] = rank
    assert words in protocol.paragraph(numbers["e"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"judged": 0}, "None of them rests on enough samples"),
        ({"judged": 50, "failed": 0}, "None of the 50 that could be judged fails strictly"),
        ({"judged": 50, "failed": 9, "failed_called_good": 0}, "Of 9 that fail strictly it gives none"),
        ({"judged": 50, "failed": 9, "failed_called_good": 4}, "Of 9 that fail strictly it gives 4 a cosine of 0.95"),
        ({"judged": 50, "failed": 9, "passed": 8, "passed_called_bad": 2}, "Of 8 that pass it gives 2 less"),
    ],
)
def test_where_protocols_part(numbers: dict[str, Any], changes: dict[str, int], words: str) -> None:
    numbers["e"]["paper"] |= changes
    assert words in protocol.paragraph(numbers["e"])


def test_the_ceiling(numbers: dict[str, Any]) -> None:
    numbers["e"]["ceiling"]["low"] = 1.0
    assert "there is no ceiling" in protocol.paragraph(numbers["e"])
    numbers["e"]["ceiling"]["median"] = None
    assert "ceiling was not measured" in protocol.paragraph(numbers["e"])


def test_too_much_information(numbers: dict[str, Any]) -> None:
    for group in numbers["g"]["groups"]:
        group["most"]["median"] = 1.25
    assert "too large (up to 1.25 of the exact one" in information.paragraph(numbers["g"])
    for group in numbers["g"]["groups"]:
        group["most"] = None
    assert "could not be compared" in information.paragraph(numbers["g"])


def test_how_numbers_are_written() -> None:
    assert [said(each) for each in (None, 3, 0.0, 0.01234, 12.34, 123.4, -0.5)] == [
        "none", "3", "0", "0.012", "12", "123", "-0.5",
    ]  # fmt: skip
    assert spread({"median": 0.29, "low": 0.28, "high": 0.31}) == "0.29 (0.28 to 0.31)"
    assert spread({"median": 0.29, "low": 0.291, "high": 0.289}) == "0.29"
    assert spread({"median": 0.29, "low": None, "high": None}) == "0.29"
    assert [of(*each, "band") for each in ((0, 4), (3, 4), (4, 4), (2, 2), (1, 1), (0, 1))] == [
        "none of 4 bands", "3 of 4 bands", "all 4 bands", "both bands", "the one band", "none of 1 band",
    ]  # fmt: skip
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert conditions._grade(0.8) == "well"
