"""A real curve beside the study's models: not an inversion, only the nearest model that the test sets hold."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.errors import FormatError
from surfgrad.netcdf import write_dataset
from surfgrad.records import Array
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import Plan
from surfgrad.study.progress import Progress
from surfgrad.study.quantiles import quantiles
from surfgrad.study.stage import AbsentError, Stage

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.ensembles import Ensemble

WAVE = "rayleigh"
MISSING = -1.0
_LONGEST = 1_000_000


@dataclass(frozen=True, eq=False)
class Observed:
    """Rayleigh phase velocities (n,), km/s, at `periods` (n,), s, increasing; `missing` were not given."""

    name: str
    periods: Array
    velocity: Array
    missing: int
    content: str


def read_observed(path: str | Path) -> Observed:
    """Read columns `T c [U ...]` (s, km/s, -1 = missing); raises FormatError naming the file's line."""
    path = Path(path)
    with path.open("rb") as file:
        raw = file.read(_LONGEST + 1)
    if len(raw) > _LONGEST:
        raise FormatError(f"{path}: larger than {_LONGEST:,} bytes; give a table of periods and velocities")
    lines = raw.decode("utf-8", errors="replace").splitlines()
    rows = [_row(path, number, line) for number, line in enumerate(lines, start=1) if _holds_data(line)]
    kept = {period: velocity for period, velocity in rows if velocity != MISSING}
    if len(kept) < 3:
        raise FormatError(f"{path}: {len(kept)} phase velocities found; at least 3 are needed")
    if len(kept) < sum(velocity != MISSING for _, velocity in rows):
        raise FormatError(f"{path}: a period is given twice; each may stand once")
    periods = np.array(sorted(kept))
    velocity = np.array([kept[period] for period in periods.tolist()])
    return Observed(path.name, periods, velocity, len(rows) - len(kept), hashlib.sha256(raw).hexdigest())


def _holds_data(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _row(path: Path, number: int, line: str) -> tuple[float, float]:
    words = line.replace(",", " ").split()
    try:
        period, velocity = float(words[0]), float(words[1])
    except (ValueError, IndexError):
        raise FormatError(f"{path}, line {number}: {line.strip()[:60]!r}; allowed are columns T c [U]") from None
    if not (math.isfinite(period) and period > 0):
        raise FormatError(f"{path}, line {number}: period {words[0]}; allowed is a number above 0 s")
    if velocity != MISSING and not (0.05 <= velocity <= 10.0):
        raise FormatError(f"{path}, line {number}: velocity {words[1]}; allowed is 0.05 to 10 km/s, or -1 for missing")
    return period, velocity


def observed_stage(observed: Observed | None, plan: Plan, folder: StudyFolder) -> Stage:
    """The stage that writes observed.nc; absent where no file was given."""

    def run(progress: Progress) -> Mapping[str, Any]:
        if observed is None:
            raise AbsentError("no observed curve was given (--observed FILE)")
        sets = [each.name for each in plan.test_sets if folder.ensemble(each.name).exists()]
        dataset = compare(observed, sets, [each.name for each in plan.shown], folder)
        write_dataset(dataset, folder.record("observed"))
        return dict(dataset.attrs)

    inputs = {"content": observed.content if observed else None, "name": observed.name if observed else None}
    needs = tuple(f"set-{each.name}" for each in plan.test_sets) + tuple(f"train-{t.name}" for t in plan.shown)
    outputs = () if observed is None else (folder.record("observed"),)
    return Stage("observed", "observed curve", run, inputs, outputs, optional_needs=needs)


def compare(observed: Observed, sets: Sequence[str], surrogates: Sequence[str], folder: StudyFolder) -> "xr.Dataset":
    """observed.nc: each set's range, and of all models the one with the smallest RMS difference, through every forward.

    Velocities are interpolated linearly in log period to the observed periods that the sets cover.
    """
    import xarray as xr

    from surfgrad.ensembles import open_ensemble
    from surfgrad.surrogates.checkpoint import load_surrogate

    opened = {name: open_ensemble(folder.ensemble(name)) for name in sets}
    misfits = {name: misfit(observed, each) for name, each in opened.items()}
    if not any(np.isfinite(each).any() for each in misfits.values()):
        raise AbsentError(f"no model of the test sets has the mode at every observed period of {observed.name}")
    best_set = min(misfits, key=lambda name: float(np.min(misfits[name])))
    index = int(np.argmin(misfits[best_set]))
    ensemble = opened[best_set]
    models, periods = ensemble.models([index]), ensemble.periods
    row = ensemble.waves.index(WAVE)
    predicted = [load_surrogate(folder.surrogate(name)).predict(models, periods)[0, row] for name in surrogates]
    ranges = np.stack([quantiles(each.velocity[:, row], (0.05, 0.95)) for each in opened.values()], axis=1)
    variables = {
        "observed_velocity": ("observed_period", observed.velocity),
        "velocity_low": (("set", "period"), ranges[0]),
        "velocity_high": (("set", "period"), ranges[1]),
        "exact": ("period", ensemble.velocity[[index]][0, row]),
        "predicted": (("surrogate", "period"), np.stack(predicted)),
        "vs": ("layer", models[2][0]),
    }
    names = {"set": list(sets), "surrogate": list(surrogates), "depth_top": ("layer", tops(models[0][0]))}
    coordinates = {"observed_period": observed.periods, "period": periods, **names}
    return xr.Dataset(variables, coordinates, _facts(observed, misfits, best_set, index, ensemble))


def misfit(observed: Observed, ensemble: "Ensemble") -> Array:
    """(N,) RMS difference, km/s, over the observed periods inside the ensemble's; infinite where a mode is missing."""
    order = np.argsort(ensemble.periods)
    periods = ensemble.periods[order]
    velocity = ensemble.velocity[:, ensemble.waves.index(WAVE)][:, order]
    used = _used(observed, periods)
    at = np.log(observed.periods[used])
    curves = np.array([np.interp(at, np.log(periods), each) for each in velocity])
    rms = np.sqrt(np.mean((curves - observed.velocity[used]) ** 2, axis=1))
    return np.where(np.isfinite(rms), rms, np.inf)


def _used(observed: Observed, periods: Array) -> Array:
    used = (observed.periods >= periods.min()) & (observed.periods <= periods.max())
    if not used.any():
        raise FormatError(f"{observed.name}: no period lies within {periods.min():g} to {periods.max():g} s")
    return used


def _facts(
    observed: Observed, misfits: Mapping[str, Array], best_set: str, index: int, ensemble: "Ensemble"
) -> dict[str, Any]:
    used = _used(observed, ensemble.periods)
    return {
        "file": observed.name,
        "n": int(observed.velocity.size),
        "n_missing": observed.missing,
        "n_used": int(used.sum()),
        "nearest_set": best_set,
        "nearest_index": index,
        "nearest_misfit_km_s": float(misfits[best_set][index]),
        "models_without_the_mode": int(sum(np.isinf(each).sum() for each in misfits.values())),
        "models": int(sum(each.size for each in misfits.values())),
    }
