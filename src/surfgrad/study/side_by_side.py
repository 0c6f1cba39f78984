"""Kernels of one model a test set through every forward: the exact ones and each surrogate's."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.audit.bands import representative_periods
from surfgrad.audit.profile import profile_metrics
from surfgrad.audit.record import PARAMETERS
from surfgrad.contracts import WAVES, Forward
from surfgrad.earth.grid import tops
from surfgrad.netcdf import read_dataset, write_dataset
from surfgrad.records import Array, Kernels
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import EXACT, Plan, SetPlan
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage

if TYPE_CHECKING:
    import xarray as xr


def side_by_side_stage(plan: Plan, folder: StudyFolder) -> Stage:
    """The stage that writes kernels.nc."""

    def run(progress: Progress) -> Mapping[str, Any]:
        sets = [each for each in plan.shown_sets if folder.ensemble(each.name).exists()]
        dataset = kernels_of_sets(plan, sets, folder)
        write_dataset(dataset, folder.record("kernels"))
        return {
            "models": {
                str(name): int(index)
                for name, index in zip(dataset["set"].values, dataset["index"].values, strict=True)
            }
        }

    needs = tuple(f"audit-{each.name}" for each in plan.audits)
    title = "kernels side by side"
    return Stage("kernels", title, run, {}, (folder.record("kernels"),), optional_needs=needs)


def kernels_of_sets(plan: Plan, sets: Sequence[SetPlan], folder: StudyFolder) -> "xr.Dataset":
    """kernels.nc: `kernel` (set, forward, wave, parameter, period, layer) at one period a band, and its relative L2.

    The model of a set stands in the middle of the ranking (by the median error of its vs kernels) of the surrogate that
    learned from the same prior, or of the last surrogate where none did: typical, neither picked nor the best.
    """
    import xarray as xr

    from surfgrad.surrogates.checkpoint import load_surrogate
    from surfgrad.waves.forward import ExactForward

    forwards: dict[str, Forward] = {EXACT: ExactForward(waves=WAVES)}
    forwards |= {each.name: load_surrogate(folder.surrogate(each.name)) for each in plan.shown}
    parts = [_one_set(plan, each, forwards, folder) for each in sets]
    return xr.concat(parts, xr.Variable("set", np.array([each.name for each in sets], dtype=object)))


def _one_set(plan: Plan, chosen: SetPlan, forwards: Mapping[str, Forward], folder: StudyFolder) -> "xr.Dataset":
    import xarray as xr

    from surfgrad.ensembles import open_ensemble

    ensemble = open_ensemble(folder.ensemble(chosen.name))
    index = _typical(plan, chosen, folder)
    models = ensemble.models([index])
    periods = ensemble.periods[representative_periods(ensemble.periods)]
    given = {name: forward.jacobian(models, periods) for name, forward in forwards.items()}
    stacked = {name: _stacked(kernels, models[0].shape[1]) for name, kernels in given.items()}
    scores = [_scores(stacked[name], stacked[EXACT], models[0]) for name in given]
    dims = ("forward", "wave", "parameter", "period")
    variables = {
        "kernel": ((*dims, "layer"), np.stack(list(stacked.values()))),
        "relative_l2": (dims, np.stack(scores)),
        "velocity": (("forward", "wave", "period"), np.stack([each.velocity[0] for each in given.values()])),
        "vs": ("layer", models[2][0]),
        "index": ((), index),
    }
    names = {"forward": list(given), "wave": list(WAVES), "parameter": list(PARAMETERS)}
    return xr.Dataset(variables, {**names, "period": periods, "depth_top": ("layer", tops(models[0][0]))})


def _typical(plan: Plan, chosen: SetPlan, folder: StudyFolder) -> int:
    """Position in the set of the model in the middle of its ranking; the first one if none could be ranked."""
    home = [each for each in plan.shown if plan.find_set(each.data).source == chosen.source]
    surrogate = (home or list(plan.shown))[-1]
    arrays = read_dataset(folder.audit(f"{surrogate.name}--{chosen.name}") / "arrays.nc")
    if "example_quantile" not in arrays:
        return 0
    middle = int(np.argmin(np.abs(arrays["example_quantile"].values - 0.5)))
    return int(arrays["example_index"].values[middle])


def _stacked(kernels: Kernels, layers: int) -> Array:
    """(W, P, T, L) of the one model; NaN for what a forward does not have."""
    blank = np.full((*kernels.velocity.shape[1:], layers), np.nan)
    given = [kernels[parameter] for parameter in PARAMETERS]
    return np.stack([blank if each is None else each[0] for each in given], axis=1)


def _scores(learned: Array, exact: Array, thickness: Array) -> Array:
    """Relative L2 (W, P, T), as the audit measures it."""
    mask = np.ones(thickness.shape, dtype=bool)
    yardstick = exact[None, :, PARAMETERS.index("vs")]
    each = [
        profile_metrics(learned[None, :, p], exact[None, :, p], yardstick, thickness, mask)["relative_l2"][0]
        for p in range(len(PARAMETERS))
    ]
    return np.stack(each, axis=1)
