"""What happens to files: hypothesis strategies that damage a text, and encodings in which it may come."""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

_WORDS = """
nan NaN -nan inf -inf Infinity 1e400 -1e400 1e-400 0 -0 0.0 -1 1 2 3 12 0.5 1d3 1.0D+0 1,5 1_0 0x10 1e 1e5e5 e5 .
+ - 1e99999999999999999999 0e99999999999999999999 *** ******** 2*3.5 / ! # // -- TRUE None rayleigh love phase
group ellipticity MODEL.01 ISOTROPIC TRANSVERSE SURF96 R L C U G X T mantle outer-core
"""
NASTY = tuple(_WORDS.split())
ALIEN = ("", "\u0661", "\uff11", "\u00bd", "\u00a0", "\u2028", "\ufeff", "\x00", "\x1a")
HUGE = ("9" * 400, "0." + "0" * 400 + "1", "1" * 5000)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1")


TOKENS = st.sampled_from((*NASTY, *ALIEN, *HUGE)) | st.floats().map(repr) | st.integers().map(str) | st.text(max_size=4)
_THREE = st.lists(TOKENS, min_size=3, max_size=3)
_SEEDS = st.integers(0, 2**32)


@st.composite
def damaged(draw: Any, good: st.SearchStrategy[str]) -> bytes:
    """A good text after one to three accidents, encoded in one way or another.

    What stands where is drawn by one seed: a draw for every place would cost more than all readers together.
    """
    text, tokens, random = draw(good), draw(_THREE), Random(draw(_SEEDS))
    for token in tokens[: random.randint(1, 3)]:
        text = random.choice(ACCIDENTS)(random, token, text)
    return text.encode(random.choice(ENCODINGS), errors="replace")


def _change_word(random: Random, token: str, text: str) -> str:
    lines = text.split("\n")
    index = random.randrange(len(lines))
    separator = "," if "," in lines[index] else " "
    words = lines[index].split(separator)
    place = random.randrange(len(words))
    old = words[place]
    words[place : place + 1] = random.choice(
        ([token], [token, old], [old, token], [], [old, old], [old + token], [token + old], ["-" + old])
    )
    lines[index] = separator.join(words)
    return "\n".join(lines)


def _change_line(random: Random, token: str, text: str) -> str:
    lines = text.split("\n")
    index, other = random.randrange(len(lines)), random.randrange(len(lines))
    action = random.choice(("delete", "double", "swap", "indent", "blank", "comment", "token"))
    if action == "delete":
        del lines[index]
    elif action == "double":
        lines.insert(other, lines[index])
    elif action == "swap":
        lines[index], lines[other] = lines[other], lines[index]
    elif action == "indent":
        lines[index] = "\t " + lines[index] + " \t"
    else:
        lines.insert(index, {"blank": "  \t", "comment": "# a remark", "token": token}[action])
    return "\n".join(lines)


def _change_ends(random: Random, token: str, text: str) -> str:
    return text.replace("\n", random.choice(("\r\n", "\r", "\n\n", "\n\r", "\x0b", "\u2028")))


def _change_separators(random: Random, token: str, text: str) -> str:
    swaps = ((" ", "\t"), (" ", ","), (",", " "), (",", ";"), (".", ","), (" ", "\u00a0"), (",", ", "))
    return text.replace(*random.choice(swaps))


def _cut(random: Random, token: str, text: str) -> str:
    start = random.randint(0, len(text))
    return random.choice((text[:start], text[start:], text[:start] + text[start + random.randint(0, 20) :]))


def _splice(random: Random, token: str, text: str) -> str:
    start = random.randint(0, len(text))
    return text[:start] + token + text[start:]


def _change_case(random: Random, token: str, text: str) -> str:
    return random.choice((str.lower, str.upper, str.title))(text)


ACCIDENTS: tuple[Callable[[Random, str, str], str], ...] = (
    *(_change_word,) * 4,
    *(_change_line,) * 3,
    _change_ends,
    _change_separators,
    _cut,
    _splice,
    _change_case,
)
