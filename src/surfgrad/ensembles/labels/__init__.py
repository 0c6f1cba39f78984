"""Derivative labels: what an ensemble says of the exact derivatives of its curves."""

from surfgrad.ensembles.labels.block import Context, label_block
from surfgrad.ensembles.labels.directions import Kind, directions
from surfgrad.ensembles.labels.further import Labels, models_labels, prior_labels
from surfgrad.ensembles.labels.plan import Plan, parse_plan
from surfgrad.ensembles.labels.rows import PARAMETERS, arrays
from surfgrad.ensembles.labels.stored import StoredLabels, open_labels

__all__ = [
    "PARAMETERS",
    "Context",
    "Kind",
    "Labels",
    "Plan",
    "StoredLabels",
    "arrays",
    "directions",
    "label_block",
    "models_labels",
    "open_labels",
    "parse_plan",
    "prior_labels",
]
