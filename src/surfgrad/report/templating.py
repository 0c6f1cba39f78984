"""Pages from templates: one environment, in which what was not given is an error and all text is escaped."""

import json
from importlib.resources import files
from typing import Any

from surfgrad.report import numbers
from surfgrad.report.networks import in_words

FILTERS = ("short", "percent", "span", "duration", "day", "breakable")


def environment() -> Any:
    """The jinja2 environment of report/templates."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=PackageLoader("surfgrad.report", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in FILTERS:
        made.filters[name] = getattr(numbers, name)
    made.filters["network"] = in_words
    return made


def style() -> str:
    """The style sheet of all pages."""
    return files("surfgrad.report").joinpath("templates/report.css").read_text(encoding="utf-8")


def script() -> str:
    """The script of the study's page: explorer and CSV buttons."""
    return files("surfgrad.report").joinpath("templates/explorer.js").read_text(encoding="utf-8")


def script_data(content: Any) -> str:
    """Plain data as JSON that may stand inside a script element: nothing in it can end the element or begin another."""
    text = json.dumps(content, allow_nan=False, separators=(",", ":"), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
