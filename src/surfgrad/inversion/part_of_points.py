"""A part of many points, inverted: what is found, as a dataset over points, coordinates, layers and depth."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad import __version__
from surfgrad.errors import UsageError
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.observations import Observations
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.profiles import SHARES, depths_to, vs_at
from surfgrad.inversion.side_by_side import Optima, invert_points
from surfgrad.inversion.table_of_points import TableOfPoints, table_of_points
from surfgrad.records import Array

if TYPE_CHECKING:
    import xarray as xr

FORMAT = "surfgrad-points/1"
"""Of points.nc, and of the summary beside it."""
Points = Sequence[tuple[str, Observations]]


@dataclass(frozen=True)
class BatchPlan:
    """`starts` a point, `draws` of each Laplace posterior for its bands over depth (0: none), `earth` of the engine."""

    starts: int = 3
    draws: int = 200
    seed: int = 0
    earth: str = "flat"

    def __post_init__(self) -> None:
        """Check; UsageError naming the option."""
        for name, given, least in (("starts", self.starts, 1), ("draws", self.draws, 0), ("seed", self.seed, 0)):
            if given < least:
                raise UsageError(f"{name}: {given} given; {least} and above is allowed")


@dataclass(frozen=True, eq=False)
class BatchWork:
    """All points, their common prior and the plan. Fulfils `surfgrad.ensembles.blocks.Job`."""

    points: Points
    prior: LayeredPrior
    plan: BatchPlan

    @property
    def identity(self) -> Mapping[str, Any]:
        """See `Job`."""
        return {"engine_version": __version__}

    def compute(self, start: int, stop: int, threads: int | None = 1) -> "xr.Dataset":
        """See `Job`; with what identifies the part."""
        table, plan = table_of_points(self.points[start:stop]), self.plan
        physics = ExactPhysics(table.rows, plan.earth, threads)
        found = invert_points(table, physics, self.prior, starts=plan.starts, seed=plan.seed)
        return _dataset(table, found, self.prior, plan).assign_attrs(identity=self.identity_of(start, stop))

    def identity_of(self, start: int, stop: int) -> str:
        """What results of a part depend on: its points' names and data, the prior, the plan."""
        said = json.dumps([asdict(self.plan), self.prior.card()], sort_keys=True)
        digest = hashlib.sha256(said.encode())
        for name, observed in self.points[start:stop]:
            curves = observed.curves
            digest.update(json.dumps([name, curves.wave.tolist(), curves.kind.tolist(), curves.mode.tolist()]).encode())
            for column in (curves.period_s, curves.value, observed.sigma):
                digest.update(column.tobytes())
        return digest.hexdigest()


def _dataset(table: TableOfPoints, found: Optima, prior: LayeredPrior, plan: BatchPlan) -> "xr.Dataset":
    import xarray as xr

    depths = _depths(prior)
    thickness, vp, vs, rho = prior.models(found.fit.x)
    data = np.isfinite(table.value).sum(axis=1)
    misfit = found.fit.residual[:, : table.value.shape[1]]
    predicted = misfit * table.sigma + table.value
    none = ~np.isfinite(found.fit.cost)
    variables: dict[str, Any] = {
        "data": ("point", data),
        "chi_square_per_datum": ("point", np.where(none, np.nan, (misfit**2).sum(axis=1) / data)),
        "rms": ("point", np.sqrt(np.nanmean((predicted - table.value) ** 2, axis=1))),
        "status": ("point", found.fit.status),
        "iterations": ("point", found.fit.iterations),
        "determined_coordinates": ("point", prior.size - np.trace(found.covariance, axis1=1, axis2=2)),
        "x": (("point", "parameter"), np.where(none[:, None], np.nan, found.fit.x)),
    }
    fields = {"thickness": thickness, "vp": vp, "vs": vs, "rho": rho}
    variables |= {name: (("point", "layer"), np.where(none[:, None], np.nan, each)) for name, each in fields.items()}
    if plan.draws:
        variables["vs_over_depth"] = (("point", "share", "depth"), _bands(found, prior, plan, depths))
    coordinates = {
        "point": np.array(table.names, dtype=str),
        "parameter": np.array(prior.names, dtype=str),
        "depth": depths,
        "share": list(SHARES),
    }
    return xr.Dataset(variables, coordinates, {"units": "km, km/s, g/cm3", "format": FORMAT})


def _depths(prior: LayeredPrior) -> Array:
    thickness = prior.models(np.random.default_rng(0).standard_normal((200, prior.size)))[0]
    deepest = float(np.quantile(thickness[:, :-1].sum(axis=1), 0.95)) or 1.0
    return depths_to(deepest, 0.1 * deepest)[::3]


def _bands(found: Optima, prior: LayeredPrior, plan: BatchPlan, depths: Array) -> Array:
    """(P, 5, Z): quantiles of vs under each point's Laplace posterior; NaN where there is none."""
    out = np.full((len(found.covariance), len(SHARES), depths.size), np.nan)
    z = np.random.default_rng([plan.seed, 6]).standard_normal((plan.draws, prior.size))
    for i, covariance in enumerate(found.covariance):
        if np.isfinite(covariance).all():
            x = found.fit.x[i] + z @ np.linalg.cholesky(covariance).T
            out[i] = np.quantile(vs_at(prior.models(x), depths), SHARES, axis=0)
    return out
