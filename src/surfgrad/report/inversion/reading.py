"""An inversion's folder, as its report reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surfgrad.errors import FormatError
from surfgrad.units import Units, unit_system

if TYPE_CHECKING:
    import xarray as xr

FORMAT = "surfgrad-inversion/1"
GROUPS = ("observed_data", "posterior_predictive", "optimum", "profile", "kernels")
SAMPLED = ("posterior", "sample_stats", "chains")


@dataclass(frozen=True)
class InversionRecord:
    """summary.json, and the groups of posterior.nc by name: `GROUPS`, and those of `SAMPLED` that there are."""

    summary: Mapping[str, Any]
    groups: Mapping[str, "xr.Dataset"]

    @property
    def units(self) -> Units:
        """The system in which people are shown numbers; the files are in km and s."""
        return unit_system(str(self.summary["options"].get("units", "km")))

    @property
    def axis(self) -> str:
        """What curves are drawn against."""
        return "frequency" if self.units.name == "si" else "period"

    @property
    def doubtful(self) -> bool:
        """Whether the draws did not converge and are shown all the same."""
        sampling = self.summary["sampling"]
        return sampling is not None and sampling["converged"] is False


def read_inversion(folder: str | Path) -> InversionRecord:
    """Read a folder; FormatError naming the file that is missing or damaged."""
    folder = Path(folder)
    summary = _read_summary(folder / "summary.json")
    sampled: tuple[str, ...] = SAMPLED if summary.get("sampling") else ()
    if sampled and summary["sampling"]["converged"] is None:
        sampled = SAMPLED[:2]
    return InversionRecord(summary, {name: _read_group(folder / "posterior.nc", name) for name in (*GROUPS, *sampled)})


def _read_summary(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: missing or no JSON file ({' '.join(str(error).split())[:120]})") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise FormatError(f"{path}: not an inversion's summary of format {FORMAT}")
    return found


def _read_group(path: Path, name: str) -> "xr.Dataset":
    import xarray as xr

    engine: Any = "h5netcdf"
    try:
        with xr.open_dataset(path, group=name, engine=engine) as dataset:
            return dataset.load()
    except Exception as error:  # every HDF5 layer has its own errors for damaged files
        words = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise FormatError(f"{path}: group {name} missing or damaged ({words})") from error
