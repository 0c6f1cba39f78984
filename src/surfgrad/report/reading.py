"""A study's folder, as the report reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surfgrad.errors import FormatError
from surfgrad.json_files import read_json
from surfgrad.netcdf import read_dataset

if TYPE_CHECKING:
    import xarray as xr

FORMAT = "surfgrad-study/1"
RECORDS = ("profiles", "errors", "kernels", "observed")
_ENTRIES = {
    "summary.json": (
        "preset",
        "versions",
        "headline",
        "sets",
        "surrogates",
        "shown",
        "audits",
        "rows",
        "thresholds",
        "observed",
        "absent",
        "seeds",
    ),
    "run.json": ("created", "command", "stages"),
}
"""What a page asks of either file."""


@dataclass(frozen=True)
class StudyRecord:
    """summary.json, those of records/*.nc that the study has, and run.json: command, date and times."""

    summary: Mapping[str, Any]
    arrays: Mapping[str, "xr.Dataset"]
    run: Mapping[str, Any]

    @property
    def shown(self) -> Mapping[str, Any]:
        """The summary, of its rows and audits only those of the surrogates that a page has room for."""
        kept = set(self.summary["shown"])
        lists = {key: [each for each in self.summary[key] if each["surrogate"] in kept] for key in ("rows", "audits")}
        return {**self.summary, **lists}

    @property
    def titles(self) -> dict[str, str]:
        """Test set -> what to call it, those that are there, in the study's order."""
        sets = self.summary["sets"]
        return {name: each["title"] for name, each in sets.items() if each.get("role") == "test"}


def read_study(root: str | Path) -> StudyRecord:
    """Read `root`; FormatError naming the file that is missing or damaged."""
    root = Path(root)
    summary, run = (_read_entries(root / name, entries) for name, entries in _ENTRIES.items())
    wanted = [name for name in RECORDS if name != "observed" or summary["observed"].get("state") == "done"]
    return StudyRecord(summary, {name: read_dataset(root / "records" / f"{name}.nc") for name in wanted}, run)


def _read_entries(path: Path, entries: Sequence[str]) -> dict[str, Any]:
    try:
        found = read_json(path)
    except FileNotFoundError:
        raise FormatError(f"{path}: not found; a study writes it before its report") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise FormatError(f"{path}: not a study's file of format {FORMAT}")
    missing = [name for name in entries if name not in found]
    if missing:
        raise FormatError(f"{path}: has no {', '.join(missing)}; it is damaged")
    return found
