"""How to cite surfgrad and what it stands on: the data of CITATION.cff, which is not in an installed package."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reference:
    """A work: `key` for BibTeX, `authors` by family name; volume 0: none."""

    key: str
    authors: tuple[str, ...]
    year: int
    title: str
    journal: str = ""
    volume: int = 0
    url: str = ""


TITLE = (
    "surfgrad: exact surface-wave dispersion and kernels, inversion, learned forward models, and an audit of their"
    " derivatives"
)
AUTHOR = "surfgrad maintainers"
REFERENCES = (
    Reference(
        "yu2026",
        ("Yu", "Cai", "Liu"),
        2026,
        "Physical Sensitivity Kernels Can Emerge in Data-Driven Forward Models: Evidence From Surface-Wave Dispersion",
        url="https://arxiv.org/abs/2604.04107",
    ),
    Reference(
        "dunkin1965",
        ("Dunkin",),
        1965,
        "Computation of modal solutions in layered, elastic media at high frequencies",
        "Bulletin of the Seismological Society of America",
        55,
    ),
    Reference(
        "wittrick1971",
        ("Wittrick", "Williams"),
        1971,
        "A general algorithm for computing natural frequencies of elastic structures",
        "Quarterly Journal of Mechanics and Applied Mathematics",
        24,
    ),
    Reference(
        "buchen1996",
        ("Buchen", "Ben-Hador"),
        1996,
        "Free-mode surface-wave computations",
        "Geophysical Journal International",
        124,
    ),
)


def as_text(version: str) -> str:
    """Sentences for a list of references."""
    lines = ["If you use surfgrad, please cite it:", "", f"  {AUTHOR}. {TITLE}. Version {version}.", ""]
    lines += ["and, where your work rests on them, the works that it implements:", ""]
    for each in REFERENCES:
        source = f" {each.journal}, {each.volume}." if each.journal else ""
        url = f" {each.url}" if each.url else ""
        lines.append(f"  {_people(each.authors)} ({each.year}). {each.title}.{source}{url}")
    return "\n".join(lines)


def as_bibtex(version: str) -> str:
    """BibTeX entries; braces keep names and capitals as they are."""
    entries = [_entry("software", "surfgrad", {"author": f"{{{AUTHOR}}}", "title": f"{{{TITLE}}}", "version": version})]
    for each in REFERENCES:
        fields = {"author": " and ".join(each.authors), "title": f"{{{each.title}}}", "year": str(each.year)}
        fields |= {"journal": each.journal, "volume": str(each.volume)} if each.journal else {}
        fields |= {"url": each.url} if each.url else {}
        entries.append(_entry("article", each.key, fields))
    return "\n\n".join(entries)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    body = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@{kind}{{{key},\n{body}\n}}"


def _people(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}"
