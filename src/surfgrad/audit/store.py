"""The audit's folder on disk: summary.json, metrics.csv, values.csv, scores.csv and arrays.nc."""

from pathlib import Path
from typing import Any

from surfgrad.audit.arrays import read_arrays, write_arrays
from surfgrad.audit.check import FORMAT
from surfgrad.audit.record import AuditRecord
from surfgrad.audit.tables import metric_rows, score_lines, value_rows, write_csv
from surfgrad.errors import FormatError, UsageError
from surfgrad.json_files import read_json, write_json
from surfgrad.text import cause

SUMMARY, METRICS, VALUES, ARRAYS = "summary.json", "metrics.csv", "values.csv", "arrays.nc"
SCORES = "scores.csv"


def write_audit(record: AuditRecord, folder: str | Path) -> Path:
    """Write `record` into `folder`, made if need be, and return it.

    Every file is written whole or not at all, summary.json last: a folder without it is not an audit, so an
    interrupted rewrite is never mistaken for one. Raises UsageError when `folder` is a file.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"audit: {folder} is a file; allowed is a folder, new or old")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SUMMARY).unlink(missing_ok=True)
    write_arrays(record, folder / ARRAYS)
    write_csv(metric_rows(record.summary), folder / METRICS)
    write_csv(value_rows(record.summary), folder / VALUES)
    write_csv(score_lines(record.summary), folder / SCORES)
    write_json(folder / SUMMARY, record.summary)
    return folder


def read_audit(folder: str | Path) -> AuditRecord:
    """Read what `write_audit` wrote; raises FormatError naming the file that is missing or damaged."""
    folder = Path(folder)
    summary = _read_summary(folder / SUMMARY)
    path = folder / ARRAYS
    if not path.is_file():
        raise FormatError(f"{path}: not found; an audit folder holds {SUMMARY} and {ARRAYS}")
    try:
        return AuditRecord(summary, *read_arrays(path))
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError(f"{path}: damaged, or not an audit's arrays ({cause(error)})") from error


def _read_summary(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise FormatError(f"{path}: not found; it is the last file of a finished audit")
    summary = read_json(path)
    if not isinstance(summary, dict) or summary.get("format") != FORMAT:
        given = summary.get("format") if isinstance(summary, dict) else type(summary).__name__
        raise FormatError(f"{path}: format is {given!r}; allowed is {FORMAT!r}")
    missing = {"verdict", "metrics", "rows", "values", "identities", "waves", "periods"} - set(summary)
    if missing:
        raise FormatError(f"{path}: has no {', '.join(sorted(missing))}; it is damaged")
    return summary
