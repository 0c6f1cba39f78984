"""Thousands of points, inverted in parts that are kept as they are done; the same command goes on after a stop.

A part is a file with what identifies its points, their data and the plan: on resuming, a part that is whole and says
the same is not computed again, any other is. The prior is common to all points, so that a map of results is not a map
of priors.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.files import replacing
from surfgrad.inversion.chains import Progress
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.observations import Observations
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.profiles import SHARES, depths_to, vs_at
from surfgrad.inversion.samples import ENGINE
from surfgrad.inversion.side_by_side import Optima, invert_points
from surfgrad.inversion.table_of_points import TableOfPoints, table_of_points
from surfgrad.records import Array

if TYPE_CHECKING:
    import xarray as xr

Points = Sequence[tuple[str, Observations]]
PART = 64
"""Points of a part: enough to keep the engine's lanes busy, few enough to lose little."""
PARTS = "parts"


@dataclass(frozen=True)
class BatchPlan:
    """`starts` a point, `draws` of each Laplace posterior for its bands over depth (0: none), `earth` of the engine."""

    starts: int = 3
    draws: int = 200
    seed: int = 0
    earth: str = "flat"
    workers: int = 1

    def __post_init__(self) -> None:
        """Check; UsageError naming the option."""
        for name, given, least in (("starts", self.starts, 1), ("draws", self.draws, 0), ("workers", self.workers, 1)):
            if given < least:
                raise UsageError(f"{name}: {given} given; {least} and above is allowed")

    def identity(self, prior: LayeredPrior) -> str:
        """What results depend on beside the data."""
        said = {name: value for name, value in asdict(self).items() if name != "workers"}
        return json.dumps([said, prior.card()], sort_keys=True)


def invert_batch(
    points: Points, prior: LayeredPrior, plan: BatchPlan, folder: str | Path, progress: Progress | None = None
) -> "xr.Dataset":
    """Invert all points into `folder`/parts, then write `folder`/points.nc, which is returned.

    `progress`: called with points done and all points.
    """
    folder = Path(folder)
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    _check_names(points)
    jobs = [(number, points[begin : begin + PART]) for number, begin in enumerate(range(0, len(points), PART))]
    done = 0
    for size in _run(jobs, prior, plan, folder):
        done += size
        if progress is not None:
            progress(done, len(points))
    return _merged(folder, len(jobs))


def _check_names(points: Points) -> None:
    if not points:
        raise UsageError("curves: no point given; at least one is allowed")
    names = [name for name, _ in points]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise UsageError(f"curves: point {twice[:60]!r} given twice; distinct names are allowed")


def _run(jobs: list[tuple[int, Points]], prior: LayeredPrior, plan: BatchPlan, folder: Path) -> Iterator[int]:
    """Points of each part as it is done, in order."""
    with ThreadPoolExecutor(plan.workers) as pool:
        waiting: list[tuple[int, Future[None]]] = [
            (len(part), pool.submit(_ensure, part, prior, plan, _path(folder, number))) for number, part in jobs
        ]
        try:
            for size, future in waiting:
                future.result()
                yield size
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _path(folder: Path, number: int) -> Path:
    return folder / PARTS / f"part-{number:05d}.nc"


def _ensure(points: Points, prior: LayeredPrior, plan: BatchPlan, path: Path) -> None:
    """Compute a part and write it, unless it is there already."""
    identity = _identity(points, prior, plan)
    if _kept(path) == identity:
        return
    table = table_of_points(points)
    found = invert_points(table, ExactPhysics(table.rows, plan.earth), prior, starts=plan.starts, seed=plan.seed)
    dataset = _dataset(table, found, prior, plan).assign_attrs(identity=identity)
    with replacing(path) as temporary:
        dataset.to_netcdf(temporary, engine=ENGINE)


def _identity(points: Points, prior: LayeredPrior, plan: BatchPlan) -> str:
    digest = hashlib.sha256(plan.identity(prior).encode())
    for name, observed in points:
        curves = observed.curves
        digest.update(json.dumps([name, curves.wave.tolist(), curves.kind.tolist(), curves.mode.tolist()]).encode())
        for column in (curves.period_s, curves.value, observed.sigma):
            digest.update(column.tobytes())
    return digest.hexdigest()


def _kept(path: Path) -> str | None:
    """The identity of a part on disk; None where there is none that can be read."""
    import xarray as xr

    try:
        with xr.open_dataset(path, engine=ENGINE) as dataset:
            return str(dataset.attrs.get("identity"))
    except (OSError, ValueError, KeyError):
        return None


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
    return xr.Dataset(variables, coordinates, {"units": "km, km/s, g/cm3", "format": "surfgrad-points/1"})


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


def _merged(folder: Path, count: int) -> "xr.Dataset":
    """All parts as one file."""
    import xarray as xr

    parts = []
    for number in range(count):
        with xr.open_dataset(_path(folder, number), engine=ENGINE) as dataset:
            parts.append(dataset.load())
    whole = xr.concat(parts, "point", data_vars="minimal") if count > 1 else parts[0]
    whole.attrs.pop("identity", None)
    with replacing(folder / "points.nc") as temporary:
        whole.to_netcdf(temporary, engine=ENGINE)
    return whole
