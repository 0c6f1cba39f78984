"""What happens to files: hypothesis strategies that damage a text, and encodings in which it may come."""

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


@st.composite
def damaged(draw: Any, good: st.SearchStrategy[str]) -> bytes:
    """A good text after one to three accidents, encoded in one way or another."""
    text = draw(good)
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(ACCIDENTS))(draw, text)
    return text.encode(draw(st.sampled_from(ENCODINGS)), errors="replace")


def _token(draw: Any) -> str:
    return draw(
        st.sampled_from((*NASTY, *ALIEN, *HUGE)) | st.floats().map(repr) | st.integers().map(str) | st.text(max_size=4)
    )


def _change_word(draw: Any, text: str) -> str:
    lines = text.split("\n")
    index = draw(st.integers(0, len(lines) - 1))
    for separator in (",", " "):
        words = lines[index].split(separator)
        if len(words) > 1:
            break
    place = draw(st.integers(0, len(words) - 1))
    action = draw(st.sampled_from(("replace", "insert", "delete", "double", "append", "negate")))
    words[place : place + (action in ("replace", "delete", "append", "negate"))] = {
        "replace": [_token(draw)],
        "insert": [_token(draw)],
        "delete": [],
        "double": [words[place]],
        "append": [words[place] + _token(draw)],
        "negate": ["-" + words[place]],
    }[action]
    lines[index] = separator.join(words)
    return "\n".join(lines)


def _change_line(draw: Any, text: str) -> str:
    lines = text.split("\n")
    index, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    action = draw(st.sampled_from(("delete", "double", "swap", "blank", "comment", "token", "indent")))
    if action == "delete":
        del lines[index]
    elif action == "double":
        lines.insert(other, lines[index])
    elif action == "swap":
        lines[index], lines[other] = lines[other], lines[index]
    elif action == "indent":
        lines[index] = "\t " + lines[index] + " \t"
    else:
        lines.insert(index, {"blank": "  \t", "comment": "# a remark", "token": _token(draw)}[action])
    return "\n".join(lines)


def _change_ends(draw: Any, text: str) -> str:
    return text.replace("\n", draw(st.sampled_from(("\r\n", "\r", "\n\n", "\n\r", "\x0b", "\u2028"))))


def _change_separators(draw: Any, text: str) -> str:
    old, new = draw(
        st.sampled_from(((" ", "\t"), (" ", ","), (",", " "), (",", ";"), (".", ","), (" ", "\u00a0"), (",", ", ")))
    )
    return text.replace(old, new)


def _cut(draw: Any, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    stop = draw(st.integers(start, min(len(text), start + 20)))
    return draw(st.sampled_from((text[:start], text[start:], text[:start] + text[stop:])))


def _splice(draw: Any, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[:start] + draw(st.text(max_size=6)) + text[start:]


def _change_case(draw: Any, text: str) -> str:
    return draw(st.sampled_from((str.lower, str.upper, str.title)))(text)


ACCIDENTS = (
    *(_change_word,) * 4,
    *(_change_line,) * 3,
    _change_ends,
    _change_separators,
    _cut,
    _splice,
    _change_case,
)
