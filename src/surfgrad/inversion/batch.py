"""Thousands of points, inverted in parts that are kept as they are done; the same command goes on after a stop.

A part is a file with what identifies its points, their data and the plan: on resuming, a part that is whole and says
the same is not computed again, any other is. The prior is common to all points, so that a map of results is not a map
of priors. Parts are computed where blocks of an ensemble are: threads, processes, or a cluster.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.ensembles.runner import Runner
from surfgrad.errors import UsageError
from surfgrad.inversion.chains import Progress
from surfgrad.inversion.earth.layered_prior import LayeredPrior
from surfgrad.inversion.part_files import begin
from surfgrad.inversion.part_of_points import BatchPlan, BatchWork, Points

if TYPE_CHECKING:
    import xarray as xr

PART = 64
"""Points of a part: enough to keep the engine's lanes busy, few enough to lose little."""


def invert_batch(
    points: Points,
    prior: LayeredPrior,
    plan: BatchPlan,
    folder: str | Path,
    progress: Progress | None = None,
    runner: Runner | None = None,
) -> "xr.Dataset":
    """Invert all points into `folder`/parts, then write `folder`/points.nc, which is returned.

    `progress`: called with points done and all points. `runner`: where; by default one thread of this process. What
    comes out is the same to the last bit wherever a part was computed.
    """
    runner = runner or Runner(workers=1)
    _check_names(points)
    runner.ready()
    work = BatchWork(points, prior, plan)
    spans = [(start, min(start + PART, len(points))) for start in range(0, len(points), PART)]
    files = begin(Path(folder), len(points), PART, tuple(work.identity_of(*span) for span in spans))
    missing = files.missing()
    done = sum(stop - start for index, (start, stop) in enumerate(spans) if index not in set(missing))
    for index in runner.run(work, files, missing):
        done += spans[index][1] - spans[index][0]
        if progress is not None:
            progress(done, len(points))
    return files.merged()


def _check_names(points: Points) -> None:
    if not points:
        raise UsageError("curves: no point given; at least one is allowed")
    names = [name for name, _ in points]
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice is not None:
        raise UsageError(f"curves: point {twice[:60]!r} given twice; distinct names are allowed")
