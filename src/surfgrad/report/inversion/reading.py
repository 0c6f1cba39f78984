"""An inversion's folder, as its report reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from surfgrad.errors import FormatError
from surfgrad.json_files import read_json
from surfgrad.netcdf import read_dataset
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
    return InversionRecord(summary, {name: read_dataset(folder / "posterior.nc", name) for name in (*GROUPS, *sampled)})


def _read_summary(path: Path) -> dict[str, Any]:
    try:
        found = read_json(path)
    except OSError as error:
        raise FormatError(f"{path}: missing ({error.strerror})") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise FormatError(f"{path}: not an inversion's summary of format {FORMAT}")
    return found
