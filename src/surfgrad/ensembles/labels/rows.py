"""What labels add to a store: variables with their dimensions, shapes, types and units."""

from surfgrad.ensembles.labels.plan import Plan
from surfgrad.ensembles.schema import SampleArray

PARAMETERS = ("vp", "vs", "rho")
"""The axis `parameter`: derivatives are by the logarithms of these, layer by layer."""

_WORDS = {
    "label_period": "index, in `period`, of a period that has derivatives",
    "label_status": "status code of the derivatives",
    "direction_kind": "kind of direction: 0 manifold, 1 box, 2 bump, 3 noise",
    "direction_weight": "-1, 0 or 1 for ln vp, ln vs, ln rho",
    "direction_place": "two numbers, explained by the kind of direction",
    "dlnc": "derivative of ln c along a direction of norm 1 in ln vp, ln vs, ln rho of all layers",
    "kernel_pick": "which derivatives a whole kernel holds: wave x labels + label",
    "kernel": "d ln c / d ln parameter of each layer",
}


def arrays(plan: Plan, waves: int, layers: int) -> tuple[SampleArray, ...]:
    """The variables that `plan` adds to a store of so many waves and layers, in the order in which they are stored."""
    sizes = {"wave": waves, "layer": layers, "parameter": len(PARAMETERS), "end": 2}
    sizes |= {"label": plan.periods, "direction": plan.directions, "kernel": plan.kernels}

    def row(name: str, dtype: str, *dims: str) -> SampleArray:
        units = "1" if dtype == "float32" else None
        return SampleArray(name, dims, tuple(sizes[dim] for dim in dims), dtype, units, _WORDS[name])

    rows = [row("label_period", "uint16", "label"), row("label_status", "uint8", "wave", "label")]
    if plan.directions:
        rows += [
            row("direction_kind", "uint8", "direction"),
            row("direction_weight", "int8", "direction", "parameter"),
            row("direction_place", "int16", "direction", "end"),
            row("dlnc", "float32", "wave", "label", "direction"),
        ]
    if plan.kernels:
        rows += [row("kernel_pick", "uint16", "kernel"), row("kernel", "float32", "kernel", "parameter", "layer")]
    return tuple(rows)
