"""Models that no prior draws: hard cases, real columns, reference Earths, files at hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError, ModelError, UsageError
from surfgrad.study.plan import BOUNDARY, LITHO1, REFERENCE, SHARED, SetPlan
from surfgrad.study.stage import AbsentError

SHARED_FOLDER = Path("..") / "shared" / "data" / "cps" / "models"
"""Model files that may lie beside a checkout; seen from the working directory."""
_DEEP = 20.0
"""km: a shallower file is no crust, and would stand on the mantle."""


@dataclass(frozen=True)
class Given:
    """Models and what the store's card says of them; `skipped`: what was there and not taken, with the reason."""

    models: Sequence[EarthModel]
    source: Mapping[str, Any]
    skipped: Mapping[str, str] = field(default_factory=dict)


def given_models(plan: SetPlan) -> Given:
    """The models of a set that is no prior's; AbsentError where what it is made from is not there."""
    if plan.source.startswith(LITHO1):
        return _region(plan)
    return _MAKERS[plan.source](plan)


def _region(plan: SetPlan) -> Given:
    from surfgrad.earth.litho1_regions import RULES, region_columns

    region = plan.source.removeprefix(f"{LITHO1}-")
    try:
        columns = region_columns(region, plan.count, plan.seed)
    except UsageError as error:
        # The one thing that it refuses with valid arguments: its optional data package is not installed.
        raise AbsentError(str(error)) from None
    name = f"LITHO1.0 columns of the region {region} on the priors' grid"
    return Given(columns, {"name": name, "rule": RULES[region], "seed": plan.seed})


def _boundary(plan: SetPlan) -> Given:
    from surfgrad.study.boundary import FAMILIES, boundary_models

    families = [name for name, _ in FAMILIES]
    source = {"name": "boundary cases on the priors' grid", "families": families, "seed": plan.seed}
    return Given(boundary_models(plan.count, plan.seed), source)


def _reference(plan: SetPlan) -> Given:
    import numpy as np

    from surfgrad.earth.grid import DEFAULT_GRID
    from surfgrad.earth.reference import NAMES, reference

    models = [reference(name, np.cumsum(DEFAULT_GRID[:-1])) for name in NAMES]
    return Given(models, {"name": "reference Earths on the priors' grid", "models": list(NAMES)})


def _shared(plan: SetPlan) -> Given:
    from surfgrad.earth.regrid import regrid

    files = sorted(SHARED_FOLDER.glob("*")) if SHARED_FOLDER.is_dir() else []
    taken: dict[str, EarthModel] = {}
    skipped: dict[str, str] = {}
    for path in files:
        try:
            model = EarthModel.from_file(path)
            if model.depth_top[-1] < _DEEP:
                skipped[path.name] = f"ends at {model.depth_top[-1]:g} km; at least {_DEEP:g} km are wanted"
                continue
            taken[path.name] = regrid(model)
        except (FormatError, ModelError) as error:
            skipped[path.name] = str(error)
    if not taken:
        raise AbsentError(f"no model files in {SHARED_FOLDER.as_posix()}")
    source = {"name": "model files on the priors' grid", "models": list(taken), "skipped": skipped}
    return Given(list(taken.values()), source, skipped)


_MAKERS: Mapping[str, Callable[[SetPlan], Given]] = {BOUNDARY: _boundary, REFERENCE: _reference, SHARED: _shared}
