"""What labels add to a store: variables with their dimensions, types and units."""

from dataclasses import dataclass

from surfgrad.ensembles.labels.plan import Plan

PARAMETERS = ("vp", "vs", "rho")
"""The axis `parameter`: derivatives are by the logarithms of these, layer by layer."""


@dataclass(frozen=True)
class Row:
    """One variable of a store: its dimensions by name (the first is `sample`), type and unit."""

    name: str
    dims: tuple[str, ...]
    dtype: str
    units: str
    long_name: str


_ALWAYS = (
    Row("label_period", ("sample", "label"), "uint16", "1", "index, in `period`, of a period that has derivatives"),
    Row("label_status", ("sample", "wave", "label"), "uint8", "1", "status code of the derivatives"),
)
_DIRECTIONS = (
    Row("direction_kind", ("sample", "direction"), "uint8", "1", "kind of direction"),
    Row("direction_weight", ("sample", "direction", "parameter"), "int8", "1", "-1, 0 or 1 for ln vp, ln vs, ln rho"),
    Row("direction_place", ("sample", "direction", "end"), "int16", "1", "two numbers that the kind explains"),
    Row("dlnc", ("sample", "wave", "label", "direction"), "float32", "1", "derivative of ln c along the direction"),
)
_KERNELS = (
    Row("kernel_pick", ("sample", "kernel"), "uint16", "1", "wave x labels + label of a whole kernel"),
    Row("kernel", ("sample", "kernel", "parameter", "layer"), "float32", "1", "d ln c / d ln parameter of each layer"),
)


def arrays(plan: Plan) -> tuple[Row, ...]:
    """The variables that `plan` adds, in the order in which they are stored."""
    return _ALWAYS + (_DIRECTIONS if plan.directions else ()) + (_KERNELS if plan.kernels else ())


def sizes(plan: Plan) -> dict[str, int]:
    """Lengths of the dimensions that the labels bring with them; sample, wave and layer are the store's own."""
    own = {"label": plan.periods, "parameter": len(PARAMETERS)}
    if plan.directions:
        own |= {"direction": plan.directions, "end": 2}
    if plan.kernels:
        own |= {"kernel": plan.kernels}
    return own
