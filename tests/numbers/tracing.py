"""Where each number of a page comes from: a kept result, a file of the project, or a short list of what is no result.

A page's tables stand between markers and are compared word for word. Of its prose every number must lie in a phrase
that is vouched for: `measured` phrases are put together from kept results, so that one changed digit leaves a phrase
that is not on the page and a number that no phrase holds; each number of a `held` phrase stands in the file named;
`given` ones are definitions, settings and names, listed one by one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.doc_tables import without_tables

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?:e[-+]?\d+)?")
NO_PROSE = re.compile(r"```.*?```|(?:^(?: {4}|\t)[^\n]*\n)+", re.DOTALL | re.MULTILINE)
"""Blocks of code, which other tests run."""
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Sources:
    """What vouches for the numbers of one page: phrases, and for `held` ones the file by phrase."""

    measured: Sequence[str] = ()
    held: Mapping[str, Sequence[str]] = field(default_factory=dict)
    given: Sequence[str] = ()


def prose(page: str) -> str:
    """The page's own words: no tables, no code, no addresses of links, spaces made one."""
    return " ".join(LINK.sub(r"\1", NO_PROSE.sub(" ", without_tables(page))).split())


def untraced(page: str, sources: Sources, root: Path = ROOT) -> list[str]:
    """What is wrong, in words: phrases that are not on the page, numbers that no phrase vouches for."""
    text, found = prose(page), []
    held = [(phrase, name) for name, phrases in sources.held.items() for phrase in phrases]
    covered = [False] * len(text)
    for phrase in [*sources.measured, *(phrase for phrase, _ in held), *sources.given]:
        places = [match.start() for match in re.finditer(rf"(?<![\d.]){re.escape(phrase)}(?![\d]|[.,]\d)", text)]
        if not places:
            found.append(f"not on the page: {phrase!r}")
        for place in places:
            covered[place : place + len(phrase)] = [True] * len(phrase)
    for phrase, name in held:
        there = {
            _plain(number) for number in NUMBER.findall((root / name).read_text(encoding="utf-8").replace("_", ""))
        }
        found += [
            f"{number} of {phrase!r} is not in {name}"
            for number in NUMBER.findall(phrase)
            if _plain(number) not in there
        ]
    for match in NUMBER.finditer(text):
        if not all(covered[match.start() : match.end()]):
            found.append(f"{match[0]} is not traced: ...{text[max(0, match.start() - 50) : match.end() + 30]}...")
    return found


def lies(page: str) -> list[str]:
    """The page with one number of its prose changed in its last digit, for each number."""
    text, clean = prose(page), []
    for match in NUMBER.finditer(text):
        last = max(i for i in range(match.start(), match.end()) if text[i].isdigit())
        clean.append(f"{text[:last]}{(int(text[last]) + 1) % 10}{text[last + 1 :]}")
    return clean


def _plain(number: str) -> float:
    return float(number.replace(",", "").rstrip("."))
