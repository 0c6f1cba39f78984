"""The audit's arrays as one NetCDF file: numbers by period, error by depth, example kernels."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.audit.record import PARAMETERS, AuditRecord, DepthErrors, Examples
from surfgrad.earth.grid import tops
from surfgrad.netcdf import read_dataset, write_dataset
from surfgrad.records import Array

if TYPE_CHECKING:
    import xarray as xr

_CURVES = {
    "value_mae": (("wave", "period"), "km/s", "mean absolute error of the velocity"),
    "share_no_mode": (("wave", "period"), "1", "share of models whose mode is not trapped"),
    "relative_l2": (("wave", "parameter", "period"), "1", "median relative L2 error of the kernel profile"),
}
_BY_MODEL = {
    "model_relative_l2": (
        ("model", "wave", "parameter", "band"),
        "1",
        "median relative L2 error over a band's periods",
    ),
    "model_value_mae": (("model", "wave", "band"), "km/s", "mean absolute error of the velocity over them"),
}
_BY_DEPTH = ("wave", "parameter", "band", "layer")
_DEPTH = {
    "error": (_BY_DEPTH, "1", "median size of the kernel's error over depth_scale"),
    "signal": (_BY_DEPTH, "1", "median size of the exact kernel over depth_scale"),
    "scale": (_BY_DEPTH[:3], "velocity per parameter", "largest median size of the exact kernel in the band"),
    "count": (_BY_DEPTH[:3], "1", "samples"),
}
_BY_RANK, _BY_STEP = ("wave", "rank"), ("wave", "step")
_RANK_BY_MODEL = ("model", "wave", "rank")
_FURTHER = {
    "interface_share": (("boundary",), "1", "share of the training prior's models with an interface near"),
    "rank_singular": (_BY_RANK, "1", "median singular value of the exact whitened Jacobian over the noise"),
    "rank_learned_singular": (_BY_RANK, "1", "the same of the forward under judgement"),
    "rank_spectral_cosine": (_BY_RANK, "1", "median cosine along the exact right singular vector"),
    "rank_spectral_amplitude": (_BY_RANK, "1", "median amplitude along it"),
    "model_singular": (_RANK_BY_MODEL, "1", "singular value of the exact whitened Jacobian over the noise"),
    "model_spectral_cosine": (_RANK_BY_MODEL, "1", "cosine along the exact right singular vector"),
    "taylor_step": (("step",), "1", "change of ln vs"),
    "taylor_remainder": (_BY_STEP, "1", "median |F(m + e v) - F(m) - e J^ v| / |J v|"),
    "taylor_floor": (_BY_STEP, "1", "the same with the exact derivative"),
}
_KERNEL = ("example", "wave", "parameter", "example_period", "example_layer")
_EXAMPLES = {
    "index": (("example",), "1", "position among the audited models"),
    "quantile": (("example",), "1", "rank of the model's median relative L2 error of vs, 0 the best"),
    "thickness": (("example", "example_layer"), "km", "layer thickness, the last layer the half-space"),
    "vp": (("example", "example_layer"), "km/s", "P velocity"),
    "vs": (("example", "example_layer"), "km/s", "S velocity"),
    "rho": (("example", "example_layer"), "g/cm3", "density"),
    "mask": (("example", "example_layer"), "1", "1 for a real layer, 0 for padding"),
    "exact_velocity": (("example", "wave", "period"), "km/s", "exact velocity"),
    "velocity": (("example", "wave", "period"), "km/s", "velocity of the forward under judgement"),
    "exact_kernel": (_KERNEL, "velocity per parameter", "exact d velocity / d parameter of the layer"),
    "kernel": (_KERNEL, "velocity per parameter", "the same of the forward under judgement"),
    "relative_l2": (_KERNEL[:4], "1", "relative L2 error of the kernel profile"),
}


def to_dataset(record: AuditRecord) -> "xr.Dataset":
    """All arrays of `record` with dimensions, units and names; the schema is in docs/audit.md."""
    import xarray as xr

    summary = record.summary
    variables = _named(
        "", _CURVES | {name: _BY_MODEL[name] for name in _BY_MODEL if name in record.curves}, record.curves
    )
    coordinates: dict[str, Any] = {
        "wave": list(summary["waves"]),
        "parameter": list(PARAMETERS),
        "band": list(dict.fromkeys(row["band"] for row in summary["rows"])),
        "period": ("period", np.asarray(summary["periods"]), {"units": "s"}),
    }
    if record.depth is not None:
        variables |= _named("depth_", _DEPTH, vars(record.depth))
    if record.layering.size:
        top = tops(record.layering)
        coordinates["depth_top"] = ("layer", top, {"units": "km"})
        coordinates["depth_bottom"] = ("layer", np.concatenate([top[1:], [np.inf]]), {"units": "km"})
    if record.examples is not None:
        given = vars(record.examples) | {"mask": record.examples.mask.astype(np.int8)}
        variables |= _named("example_", _EXAMPLES, given)
        coordinates["example_period"] = ("example_period", record.examples.periods, {"units": "s"})
    known = {name: each for name, each in _FURTHER.items() if name in record.further}
    variables |= _named("", known, record.further)
    versions = summary["versions"]
    return xr.Dataset(variables, coordinates, {"format": summary["format"], "surfgrad": versions["surfgrad"]})


def _named(prefix: str, schema: dict[str, Any], arrays: Any) -> dict[str, Any]:
    return {
        prefix + name: (dims, arrays[name], {"units": units, "long_name": words})
        for name, (dims, units, words) in schema.items()
    }


def write_arrays(record: AuditRecord, path: Path) -> None:
    """Write `to_dataset(record)` as NetCDF, whole or not at all."""
    write_dataset(to_dataset(record), path)


def read_arrays(
    path: Path,
) -> tuple[Array, DepthErrors | None, Examples | None, dict[str, Array], dict[str, Array]]:
    """Layering, error by depth, examples, curves and further arrays of a file that `write_arrays` wrote."""
    dataset = read_dataset(path)
    curves = {name: np.asarray(dataset[name]) for name in (*_CURVES, *(each for each in _BY_MODEL if each in dataset))}
    further = {name: np.asarray(dataset[name]) for name in _FURTHER if name in dataset}
    layering, depth, examples = np.zeros(0), None, None
    if "depth_top" in dataset:
        layering = np.append(np.diff(np.asarray(dataset["depth_top"])), 0.0)
    if "depth_error" in dataset:
        depth = DepthErrors(**{name: np.asarray(dataset[f"depth_{name}"]) for name in _DEPTH})
    if "example_index" in dataset:
        given = {name: np.asarray(dataset[f"example_{name}"]) for name in _EXAMPLES}
        given["mask"] = given["mask"].astype(bool)
        examples = Examples(**given, periods=np.asarray(dataset["example_period"]))
    return layering, depth, examples, curves, further
