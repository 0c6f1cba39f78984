"""An inversion's arrays: the groups of posterior.nc, from which everything is drawn.

`posterior` and `sample_stats` are ArviZ's (as in `surfgrad.inversion.samples`), and so are `observed_data` and
`posterior_predictive`; `optimum`, `profile` and `kernels` are this project's.
"""

from typing import TYPE_CHECKING

import numpy as np

from surfgrad.contracts import PARAMETERS
from surfgrad.earth.grid import tops
from surfgrad.inversion.profiles import SHARES, density_of, depths_to, shares_of, vs_at
from surfgrad.inversion.run import Inversion
from surfgrad.inversion.samples import SampleSet, posterior_groups
from surfgrad.records import Array

if TYPE_CHECKING:
    import xarray as xr

    from surfgrad.inversion.diagnostics import Convergence

PREDICTIVE, PRIOR_DRAWS, PROFILES = 200, 2000, 4000
"""Draws that are put through the engine for the predictive band; of the prior; and that become profiles, at most."""
RANK_BINS = 20
KERNEL_PERIODS = 6
"""Of each curve, at which its kernels are recorded."""


def groups_of(done: Inversion) -> "dict[str, xr.Dataset]":
    """All groups, by name."""
    groups = {} if done.samples is None else posterior_groups(done.samples)
    groups["observed_data"] = _observed(done)
    groups["posterior_predictive"] = _predictive(done)
    groups["optimum"] = _optimum(done)
    groups["profile"] = _profile(done)
    groups["kernels"] = _kernels(done)
    if done.samples is not None and done.convergence is not None:
        groups["chains"] = _chains(done.samples, done.convergence)
    return groups


def _chains(samples: SampleSet, evidence: "Convergence") -> "xr.Dataset":
    """R-hat, ESS and rank histograms of every coordinate and of the log density (Vehtari et al. 2021)."""
    import xarray as xr

    draws = np.concatenate([samples.x, samples.log_density[..., None]], axis=-1)
    flat = draws.reshape(-1, draws.shape[-1])
    ranks = flat.argsort(axis=0).argsort(axis=0).reshape(draws.shape)
    edges = np.linspace(0, len(flat), RANK_BINS + 1)
    counts = [[np.histogram(one, edges)[0] for one in chain.T] for chain in ranks]
    return xr.Dataset(
        {
            "r_hat": ("quantity", evidence.r_hat),
            "ess_bulk": ("quantity", evidence.ess_bulk),
            "ess_tail": ("quantity", evidence.ess_tail),
            "rank_counts": (("chain", "quantity", "rank_bin"), np.array(counts)),
        },
        {"quantity": np.array(evidence.names, dtype=str)},
    )


def _observed(done: Inversion) -> "xr.Dataset":
    import xarray as xr

    observed = done.posterior.observed
    curves = observed.curves
    return xr.Dataset(
        {
            "value": ("datum", curves.value),
            "sigma": ("datum", observed.sigma),
            "wave": ("datum", curves.wave.astype(str)),
            "kind": ("datum", curves.kind.astype(str)),
            "mode": ("datum", curves.mode),
            "period": ("datum", curves.period_s),
        },
        {"datum": np.arange(len(observed))},
        {"units": "s; km/s, ellipticities H/V"},
    )


def _predictive(done: Inversion) -> "xr.Dataset":
    """Data under the optimum and under draws, by the engine at every period; `value` adds noise to the latter."""
    import xarray as xr

    optimum = done.optimum.x[None]
    variables: dict[str, object] = {
        "optimum": ("datum", done.exact.predictions(optimum)[0]),
        "optimum_as_believed": ("datum", done.posterior.predictions(optimum)[0]),
    }
    if done.samples is not None:
        rng = np.random.default_rng([done.plan.seed, 4])
        x = _thinned(done.samples.pooled, PREDICTIVE)
        data = done.exact.predictions(x)
        noise = done.posterior.noise_scale(x)[0][:, None] * done.posterior.observed.sigma
        variables["mean_value"] = (("predicted_draw", "datum"), data)
        variables["value"] = (("predicted_draw", "datum"), data + noise * rng.standard_normal(data.shape))
    return xr.Dataset(variables)


def _optimum(done: Inversion) -> "xr.Dataset":
    import xarray as xr

    found, names = done.optimum, np.array(done.posterior.names, dtype=str)
    starts = found.starts.x
    extra = np.broadcast_to(found.x[starts.shape[1] :], (len(starts), found.x.size - starts.shape[1]))
    models = done.posterior.models(np.concatenate([starts, extra], axis=1))
    best = done.posterior.models(found.x[None])
    return xr.Dataset(
        {
            "x": ("parameter", found.x),
            "covariance": (("parameter", "parameter_beside"), found.covariance),
            "resolution": (("model_parameter", "model_parameter_beside"), found.resolution),
            **{name: ("layer", each[0]) for name, each in zip(PARAMETERS, best, strict=True)},
            **{f"start_{name}": (("start", "layer"), each) for name, each in zip(PARAMETERS, models, strict=True)},
            "start_log_density": ("start", found.log_densities),
            "start_status": ("start", found.starts.status),
            "start_iterations": ("start", found.starts.iterations),
            "start_acceptable": ("start", found.acceptable),
        },
        {"parameter": names, "model_parameter": names[: starts.shape[1]]},
        {"units": "km, km/s, km/s, g/cm3; the last layer is the half-space"},
    )


def _profile(done: Inversion) -> "xr.Dataset":
    """vs over depth: of the optimum and of acceptable optima, and quantiles under the prior and the posterior."""
    import xarray as xr

    optimum = done.posterior.models(done.optimum.x[None])
    deepest, scale = _extent(done)
    depths = depths_to(deepest, scale)
    prior = done.posterior.models(
        np.random.default_rng([done.plan.seed, 5]).standard_normal((PRIOR_DRAWS, done.optimum.x.size))
    )
    variables: dict[str, object] = {
        "optimum_vs": ("depth", vs_at(optimum, depths)[0]),
        "prior_vs": (("share", "depth"), shares_of(vs_at(prior, depths))),
    }
    coordinates: dict[str, object] = {"depth": depths, "share": list(SHARES)}
    if done.samples is not None:
        vs = vs_at(done.posterior.models(_thinned(done.samples.pooled, PROFILES)), depths)
        bins, density = density_of(vs)
        variables |= {"vs": (("share", "depth"), shares_of(vs)), "vs_density": (("depth", "vs_bin"), density)}
        coordinates["vs_bin"] = bins
    return xr.Dataset(variables, coordinates, {"units": "km, km/s"})


def _extent(done: Inversion) -> tuple[float, float]:
    """The deepest interface that the prior allows (95 % of its draws), km, and a scale for the shallow part."""
    draws = np.random.default_rng(0).standard_normal((200, done.optimum.x.size))
    thickness = done.posterior.models(draws)[0]
    total = thickness[:, :-1].sum(axis=1)
    deepest = float(np.quantile(total, 0.95)) if total.max() > 0 else 1.0
    first = np.where(thickness[:, 0] > 0, thickness[:, 0], deepest)
    return deepest, float(min(np.median(first), 0.2 * deepest))


def _kernels(done: Inversion) -> "xr.Dataset":
    """Exact vs kernels (curve, place, layer) of the optimum, per km of depth, vp and density held."""
    import xarray as xr

    physics = done.engine
    models = done.posterior.models(done.optimum.x[None])
    branches = done.posterior.observed.branches
    shape = (len(branches), KERNEL_PERIODS)
    periods, kernels = np.full(shape, np.nan), np.full((*shape, models[0].shape[1]), np.nan)
    thickness = np.where(np.arange(models[0].shape[1]) < models[0].shape[1] - 1, models[0][0], np.nan)
    for i, branch in enumerate(branches):
        chosen = _spread(branch.periods)
        found = physics.kernels(branch, chosen, models).vs
        periods[i, : chosen.size] = chosen
        if found is not None:
            with np.errstate(divide="ignore", invalid="ignore"):
                kernels[i, : chosen.size] = found[0] / thickness
    names = np.array([" ".join(map(str, branch.key)) for branch in branches], dtype=str)
    return xr.Dataset(
        {
            "vs_kernel_per_km": (("curve", "place", "layer"), kernels),
            "period": (("curve", "place"), periods),
            "depth_top": ("layer", tops(models[0][0])),
        },
        {"curve": names},
    )


def _spread(periods: Array) -> Array:
    """At most KERNEL_PERIODS of them, about even in logarithm."""
    wanted = np.linspace(np.log(periods[0]), np.log(periods[-1]), KERNEL_PERIODS)
    at = np.abs(np.log(periods)[:, None] - wanted).argmin(axis=0)
    return periods[np.unique(at)]


def _thinned(draws: Array, most: int) -> Array:
    """At most so many, evenly spread over all."""
    return draws[np.unique(np.linspace(0, len(draws) - 1, min(most, len(draws))).astype(int))]
