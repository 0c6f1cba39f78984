"""What became of many points, in numbers: summary.json beside points.nc."""

import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.least_squares import FitStatus
from surfgrad.inversion.part_of_points import FORMAT, BatchPlan
from surfgrad.json_files import write_json

if TYPE_CHECKING:
    import xarray as xr


def write_summary(
    found: "xr.Dataset", prior: LayeredPrior, plan: BatchPlan, folder: Path, *, options: dict[str, Any], seconds: float
) -> str:
    """Write it; returns it in two lines for people. `seconds`: of this run, which did what was not there already."""
    count = int(found.sizes["point"])
    chi = found["chi_square_per_datum"].values
    codes = found["status"].values.tolist()
    by_status = {status.name: codes.count(int(status)) for status in FitStatus}
    middle = float(np.nanmedian(chi)) if np.isfinite(chi).any() else None
    summary = {
        "format": FORMAT,
        "created": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "versions": {"surfgrad": version("surfgrad")},
        "options": options,
        "plan": asdict(plan),
        "prior": prior.card(),
        "points": count,
        "by_status": by_status,
        "median_chi_square_per_datum": middle,
        "median_iterations": float(np.median(found["iterations"].values)),
        "seconds_of_this_run": seconds,
    }
    write_json(folder / "summary.json", summary)
    words = ", ".join(f"{number} {name}" for name, number in by_status.items() if number)
    size = "no fit" if middle is None else f"median chi-square per datum {middle:.3g}"
    return (
        f"{folder / 'points.nc'}: {count} points in {seconds:.1f} s, {count / seconds:.1f} a second\n  {words}; {size}"
    )
