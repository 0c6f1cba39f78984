"""What the report draws of the sets and audits: profiles, error by period and depth, kernels of one model a set."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.earth.grid import tops
from surfgrad.netcdf import read_dataset, write_dataset
from surfgrad.status import Status
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import AuditPlan, Plan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.quantiles import quantiles
from surfgrad.study.stage import Stage

if TYPE_CHECKING:
    import xarray as xr

RECORDS = ("profiles", "errors")
_SHARES = (0.05, 0.5, 0.95)


def gallery_stage(plan: Plan, preset: Preset, folder: StudyFolder) -> Stage:
    """The stage that gathers profiles.nc and errors.nc; sets that are absent are left out."""

    def run(progress: Progress) -> Mapping[str, Any]:
        sets = [each.name for each in plan.test_sets if folder.ensemble(each.name).exists()]
        write_dataset(profiles(sets, preset.samples, folder), folder.record("profiles"))
        shown, own = {each.name for each in plan.shown}, set(sets) & {each.name for each in plan.shown_sets}
        audits = [each for each in plan.audits if each.surrogate in shown and each.test_set in own]
        write_dataset(errors(audits, folder), folder.record("errors"))
        return {"sets": sets}

    needs = tuple(f"audit-{each.name}" for each in plan.audits)
    outputs = tuple(folder.record(name) for name in RECORDS)
    return Stage("gallery", "figures' data", run, {"samples": preset.samples}, outputs, optional_needs=needs)


def profiles(sets: Sequence[str], samples: int, folder: StudyFolder) -> "xr.Dataset":
    """profiles.nc: some models of each set, quantiles of all of them and of their curves, and untrapped shares.

    Shorter sets are filled with NaN in `vs`. Quantiles of `velocity` are of the models that have the mode.
    """
    import xarray as xr

    from surfgrad.ensembles import open_ensemble

    parts = []
    opened = {name: open_ensemble(folder.ensemble(name)) for name in sets}
    # All stand on one grid, an ocean below its water.
    layers = min(each.layers for each in opened.values())
    for ensemble in opened.values():
        thickness, _, vs, _ = (each[:, -layers:] for each in ensemble.models())
        velocity, status = ensemble.curves()
        shown = np.full((samples, vs.shape[1]), np.nan)
        shown[: min(samples, len(vs))] = vs[:samples]
        low, median, high = quantiles(velocity, _SHARES)
        axes = ("wave", "period")
        variables = {
            "vs": (("sample", "layer"), shown),
            "vs_median": ("layer", np.median(vs, axis=0)),
            "velocity_low": (axes, low),
            "velocity_median": (axes, median),
            "velocity_high": (axes, high),
            "no_mode": (axes, (status == Status.NO_MODE).mean(axis=0)),
        }
        coordinates = {
            "wave": list(ensemble.waves),
            "period": ensemble.periods,
            "depth_top": ("layer", tops(thickness[0])),
        }
        parts.append(xr.Dataset(variables, coordinates))
    return xr.concat(parts, xr.Variable("set", np.array(sets, dtype=object)))


def errors(audits: Sequence[AuditPlan], folder: StudyFolder) -> "xr.Dataset":
    """errors.nc: the audits' arrays by period and depth, side by side: (surrogate, set, ...)."""
    import xarray as xr

    surrogates = list(dict.fromkeys(each.surrogate for each in audits))
    sets = list(dict.fromkeys(each.test_set for each in audits))
    rows = []
    for surrogate in surrogates:
        own = [_one(AuditPlan(surrogate, name), folder) for name in sets]
        rows.append(xr.concat(own, xr.Variable("set", np.array(sets, dtype=object))))
    return xr.concat(rows, xr.Variable("surrogate", np.array(surrogates, dtype=object)))


def _one(plan: AuditPlan, folder: StudyFolder) -> "xr.Dataset":
    arrays = read_dataset(folder.audit(plan.name) / "arrays.nc")
    kept = {"value_mae": "value_mae", "relative_l2": "relative_l2", "depth_error": "error", "depth_signal": "signal"}
    return arrays[list(kept)].rename(kept)
