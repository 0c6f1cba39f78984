"""Derivative labels: what an ensemble says of the exact derivatives of its curves."""

from surfgrad.ensembles.labels.block import Context, label_block
from surfgrad.ensembles.labels.directions import Kind, directions
from surfgrad.ensembles.labels.plan import Plan, parse_plan
from surfgrad.ensembles.labels.pool import models_pool, prior_pool
from surfgrad.ensembles.labels.rows import PARAMETERS, Row, arrays, sizes

__all__ = [
    "PARAMETERS",
    "Context",
    "Kind",
    "Plan",
    "Row",
    "arrays",
    "directions",
    "label_block",
    "models_pool",
    "parse_plan",
    "prior_pool",
    "sizes",
]
