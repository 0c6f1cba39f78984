"""The part of `surfgrad invert` that is for many points."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from surfgrad.errors import UsageError

if TYPE_CHECKING:
    from surfgrad.ensembles.runner import Runner
    from surfgrad.inversion.models import Options
    from surfgrad.inversion.observations import Observations
    from surfgrad.inversion.part_of_points import BatchPlan


def check_many(method: str, forward: str, noise: str, correlation: float) -> None:
    """Raise UsageError for what is not done for many points."""
    for option, given, allowed in (
        ("--method", method, ("map", "laplace")),
        ("--forward", forward, ("exact",)),
        ("--noise", noise, ("stated",)),
        ("--correlation", correlation, (0.0,)),
    ):
        if given not in allowed:
            raise UsageError(f"{option}: {given} given with many points; {' or '.join(map(str, allowed))} is allowed")


def invert_many(
    points: "list[tuple[str, Observations]]",
    model: str,
    span: tuple[float, float] | None,
    prior: "Options",
    plan: "BatchPlan",
    runner: "Runner",
    out: Path,
    said: dict[str, str],
) -> None:
    """Invert them under one prior, that of all their data, and say what became of them and how fast."""
    from surfgrad.cli.progress_bar import progress_bar
    from surfgrad.inversion.batch import invert_batch
    from surfgrad.inversion.batch_summary import write_summary
    from surfgrad.inversion.models import prior_of
    from surfgrad.inversion.reach import reach_of
    from surfgrad.inversion.table_of_points import pooled

    common = prior_of(model, reach_of(pooled(points), span), prior)
    began = time.perf_counter()
    with progress_bar("points") as progress:
        found = invert_batch(points, common, plan, out, progress, runner)
    print(write_summary(found, common, plan, out, options=said, seconds=time.perf_counter() - began))
