"""A study's records made up by rule, small enough to draw in no time: two surrogates, two test sets, six layers."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

SURROGATES = ("grid-tectonic-value-0", "grid-weak-value-0")
SETS = ("tectonic-test", "weak-test")
TITLES = {"tectonic-test": "tectonic prior", "weak-test": "weak prior"}
WAVES = ("rayleigh", "love")
PARAMETERS = ("vs", "vp", "rho")
BANDS = ("2-5", "5-10", "10-20")
PERIODS = np.array([3.0, 7.0, 14.0])
TOP = np.array([0.0, 1.0, 5.0, 20.0, 50.0, 120.0])
_REASONS = ("INVALID_MODEL", "NO_MODE", "NOT_CONVERGED", "OUTSIDE_DOMAIN", "VALUE_NAN", "NOT_PROVIDED")
_VERDICTS = ("PASS", "MARGINAL", "FAIL", "CANNOT JUDGE")


def row(place: dict[str, str], verdict: str, relative_l2: float | None) -> dict[str, Any]:
    """One entry of the summary's rows."""
    worse = None if relative_l2 is None else 2 * relative_l2
    return place | {
        "n": 0 if relative_l2 is None else 60,
        "n_models": 20,
        "n_asked": 60,
        "n_excluded": dict.fromkeys(_REASONS, 0) | {"NO_MODE": 3},
        "flagged": {"CLOSE_MODES": 0, "MULTIPLE": 0},
        "relative_l2": {"median": relative_l2, "p95": worse, "interval": [relative_l2, relative_l2]},
        "cosine": {"median": 0.9, "p5": 0.5},
        "amplitude_ratio": 1.1,
        "sign_agreement": 0.9,
        "centroid_shift_km": 0.5,
        "roughness_ratio": 3.0,
        "halfspace_error": 0.4,
        "missing": 0.0,
        "paper_cosine": 0.95 if place["parameter"] == "vs" else None,
        "verdict": verdict,
        "halfspace_verdict": verdict,
    }


def rows() -> list[dict[str, Any]]:
    """One of every verdict, in turn; a number that does not exist where it could not be judged."""
    numbers = {"PASS": 0.05, "MARGINAL": 0.2, "FAIL": 250.0, "CANNOT JUDGE": None}
    found = []
    for number, (surrogate, name, wave, parameter, band) in enumerate(
        (s, t, w, p, b) for s in SURROGATES for t in SETS for w in WAVES for p in PARAMETERS for b in BANDS
    ):
        place = {"surrogate": surrogate, "test_set": name, "wave": wave, "parameter": parameter, "band": band}
        verdict = _VERDICTS[number % 4]
        found.append(row(place, verdict, numbers[verdict]))
    return found


def _value() -> dict[str, Any]:
    numbers = {"mae_km_s": 0.0123, "mae_percent": 0.4, "bias_km_s": -0.001, "p95_km_s": 0.05, "verdict": "PASS"}
    return {"n": 360, "n_excluded": dict.fromkeys(_REASONS, 0) | {"NO_MODE": 3}, "n_invented": 3} | numbers


def _audit(surrogate: str, name: str) -> dict[str, Any]:
    scope = "own prior" if surrogate.split("-")[1] == name.split("-")[0] else "other prior"
    return {
        "surrogate": surrogate,
        "test_set": name,
        "scope": scope,
        "n_models": 20,
        "verdict": {"overall": "FAIL", "kernel_rows": dict.fromkeys(_VERDICTS, 9)},
        "values": {"overall": _value(), "waves": {w: {"overall": _value(), "bands": []} for w in WAVES}},
        "identity_overview": [
            {"identity": "homogeneity", "wave": "rayleigh", "low": 0.01, "high": 0.2, "verdict": "FAIL"},
            {"identity": "love_vp", "wave": "love", "low": None, "high": None, "verdict": "CANNOT JUDGE"},
        ],
        "domain": {"policy": "judge", "models_outside": 2},
        "beside": [
            {"metric": "off_manifold", "low": 0.12, "high": 3.4, "verdict": "FAIL"},
            {"metric": "attraction", "low": None, "high": None, "verdict": "CANNOT JUDGE"},
        ],
    }


def _scope() -> dict[str, Any]:
    counts = {"PASS": 1, "MARGINAL": 1, "FAIL": 9, "CANNOT JUDGE": 1}
    span = {"low": 0.1, "median": 0.2, "high": 0.3}
    names = ("vs_relative_l2", "vs_cosine", "vs_paper_cosine", "value_mae_km_s", "value_mae_percent")
    return {"answer": "in part", "verdicts": counts, "vs_verdicts": counts, **dict.fromkeys(names, span)}


def _net() -> dict[str, Any]:
    return {key: _scope()[key] for key in ("vs_verdicts", "vs_relative_l2")}


def _set(name: str) -> dict[str, Any]:
    status = {"OK": 60, "NO_MODE": 3, "CLOSE_MODES": 0, "MULTIPLE": 0, "NOT_CONVERGED": 0, "INVALID_MODEL": 0}
    source, role = name.split("-")
    bands = [
        {"wave": w, "band": b, "samples": 20, "untrapped": 1, "untrapped_share": 0.05} for w in WAVES for b in BANDS
    ]
    facts = {
        "models": 20,
        "layers": len(TOP),
        "source": source,
        "role": role,
        "seed": 12,
        "title": TITLES.get(name, name),
    }
    return {"state": "done", **facts, "status": dict.fromkeys(WAVES, status), "bands": bands}


def _surrogate(name: str) -> dict[str, Any]:
    samples = {"training": 380, "validation": 20}
    recipe = {"name": name, "architecture": "grid", "loss": "value", "steps": 100, "best_step": 90}
    errors = {"validation_mae_km_s": {"all": 0.02}, "masked_share": {"training": 0.001}}
    return {"state": "done", **recipe, **errors, "samples": samples, "vs_range": [0.6, 4.9]}


def summary(observed: bool = True) -> dict[str, Any]:
    """What summary.json holds; the title of a set tries to be markup."""
    limit = {"good": 0.1, "fair": 0.3, "reading": "low", "why": "because"}
    sets = {name: _set(name) for name in ("tectonic-train", "weak-train", *SETS)}
    sets["weak-test"]["title"] = "weak <script>alert(1)</script> prior"
    sets["litho1-test"] = {"state": "absent", "reason": "not installed"}
    found = {"state": "done", "file": "curve.txt", "n": 5, "n_used": 4, "models": 40, "nearest_index": 3}
    nearest = {"nearest_set": "weak-test", "nearest_misfit_km_s": 0.04}
    return {
        "format": "surfgrad-study/1",
        "preset": {"name": "smoke", "train_count": 400, "test_count": 20, "periods": [2.0, 60.0, 1.0]},
        "seeds": {"tectonic-train": 11, "weak-test": 12},
        "versions": {"surfgrad": "0.1.0", "numpy": "2.0"},
        "headline": {
            "verdicts": dict.fromkeys(_VERDICTS, 18),
            "vs_verdicts": dict.fromkeys(_VERDICTS, 6),
            "answer": "in part",
            "surrogates": {name: _net() for name in SURROGATES},
            "scopes": {"own prior": _scope(), "other prior": _scope() | {"vs_relative_l2": None}},
        },
        "sets": sets,
        "surrogates": {name: _surrogate(name) for name in SURROGATES},
        "audits": [_audit(surrogate, name) for surrogate in SURROGATES for name in SETS],
        "rows": rows(),
        "thresholds": {"min_samples": 30, "metrics": {"relative_l2": limit, "value_mae": limit}},
        "exclusion_reasons": {"NO_MODE": "The exact engine says that the mode is not trapped at this period."},
        "observed": found | nearest if observed else {"state": "absent", "reason": "none given"},
        "kernel_models": {},
        "absent": {"set-litho1-test": "not installed", "audit-grid-weak-value-0--litho1-test": "not installed"},
        "answers": [],
        "shown": list(SURROGATES),
        "exact": [],
        "comparisons": {},
    }


def run() -> dict[str, Any]:
    """What run.json holds."""
    return {
        "format": "surfgrad-study/1",
        "created": "2026-03-04T05:06:07+00:00",
        "command": "surfgrad study --preset smoke --out study",
        "workers": 2,
        "stages": [{"stage": "set-x", "title": "models: x", "state": "done", "seconds": 99.0, "cpu_seconds": 61.0}],
    }


def profiles() -> xr.Dataset:
    """profiles.nc, a mode missing at one period."""
    vs = np.linspace(2.0, 4.5, TOP.size) + 0.1 * np.arange(4)[:, None]
    curves = np.linspace(2.5, 4.0, PERIODS.size) * np.ones((len(SETS), len(WAVES), 1))
    curves[0, 0, 2] = np.nan
    per_curve = ("set", "wave", "period")
    variables = {
        "vs": (("set", "sample", "layer"), np.stack([vs, vs + 0.2])),
        "vs_median": (("set", "layer"), np.stack([vs[1], vs[2]])),
        "velocity_low": (per_curve, curves - 0.2),
        "velocity_median": (per_curve, curves),
        "velocity_high": (per_curve, curves + 0.2),
        "no_mode": (per_curve, np.where(np.isnan(curves), 1.0, 0.0)),
    }
    return xr.Dataset(
        variables, {"set": list(SETS), "wave": list(WAVES), "period": PERIODS, "depth_top": ("layer", TOP)}
    )


def errors() -> xr.Dataset:
    """errors.nc, one surrogate twice as wrong as the other."""
    shape = (len(SURROGATES), len(SETS), len(WAVES))
    scale = np.array([0.02, 0.04]).reshape(2, 1, 1, 1) * np.ones((*shape, PERIODS.size))
    depth = np.ones((*shape, len(PARAMETERS), len(BANDS), 1)) * np.exp(-TOP / 20)
    dims = ("surrogate", "set", "wave")
    by_depth = (*dims, "parameter", "band", "layer")
    variables = {"value_mae": ((*dims, "period"), scale), "error": (by_depth, 0.3 * depth), "signal": (by_depth, depth)}
    names = {"surrogate": list(SURROGATES), "set": list(SETS), "wave": list(WAVES), "parameter": list(PARAMETERS)}
    return xr.Dataset(variables, {**names, "band": list(BANDS), "period": PERIODS, "depth_top": ("layer", TOP)})


def kernels() -> xr.Dataset:
    """kernels.nc: the first surrogate's kernels are 1.5 times too large, the second's have the wrong sign."""
    exact = np.exp(-TOP / 20) * np.ones((len(SETS), 1, len(WAVES), len(PARAMETERS), PERIODS.size, 1))
    kernel = np.concatenate([exact, 1.5 * exact, -exact], axis=1)
    kernel[0, :, 0, 0, 2] = np.nan
    relative = np.array([0.0, 0.5, 2.0]).reshape(1, 3, 1, 1, 1) * np.ones(kernel.shape[:-1])
    dims = ("set", "forward", "wave", "parameter", "period")
    variables = {
        "kernel": ((*dims, "layer"), kernel),
        "relative_l2": (dims, relative),
        "vs": (("set", "layer"), np.ones((len(SETS), TOP.size))),
        "index": ("set", np.array([3, 5])),
    }
    names = {"set": list(SETS), "forward": ["exact", *SURROGATES], "wave": list(WAVES), "parameter": list(PARAMETERS)}
    return xr.Dataset(variables, {**names, "period": PERIODS, "depth_top": ("layer", TOP)})


def observed() -> xr.Dataset:
    """observed.nc."""
    curve = np.linspace(2.8, 3.8, PERIODS.size)
    variables = {
        "observed_velocity": ("observed_period", curve + 0.05),
        "velocity_low": (("set", "period"), np.stack([curve - 0.3, curve - 0.1])),
        "velocity_high": (("set", "period"), np.stack([curve + 0.1, curve + 0.3])),
        "exact": ("period", curve),
        "predicted": (("surrogate", "period"), np.stack([curve - 0.02, curve + 0.02])),
        "vs": ("layer", np.linspace(2.5, 4.4, TOP.size)),
    }
    names = {"set": list(SETS), "surrogate": list(SURROGATES), "depth_top": ("layer", TOP)}
    return xr.Dataset(variables, {"observed_period": PERIODS + 1.0, "period": PERIODS, **names})


def write_study(root: Path, *, with_observed: bool = True) -> Path:
    """The folder that `surfgrad.report` reads."""
    (root / "records").mkdir(parents=True)
    (root / "summary.json").write_text(json.dumps(summary(with_observed)))
    (root / "run.json").write_text(json.dumps(run()))
    makers = {"profiles": profiles, "errors": errors, "kernels": kernels, "observed": observed}
    for name, make in makers.items():
        if name != "observed" or with_observed:
            make().to_netcdf(root / "records" / f"{name}.nc", engine="h5netcdf")
    return root
