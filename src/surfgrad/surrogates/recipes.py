"""How each architecture is trained best, as far as it was tried: what `surfgrad train` starts from."""

from typing import Any

from surfgrad.surrogates.plan import Plan

RECIPES: dict[str, dict[str, Any]] = {
    "scale-free": {
        "batch": 512,
        "learning_rate": 2e-3,
        "weight_decay": 1e-3,
        "clip": 5.0,
        "input_gain": 0.3,
        "evaluate_every": 500,
    },
    "paper": {"batch": 32},
}
"""Where they differ from `Plan`'s own values. Judging `scale-free` takes seconds: each value is a function's root.
`paper`: small batches, because its steps are dear; with 16 it learns less in the same time than with 32."""


def recipe(architecture: str, **changes: Any) -> Plan:
    """The plan for an architecture, with changes; names as in `Plan`."""
    return Plan(architecture=architecture, **{**RECIPES.get(architecture, {}), **changes})
