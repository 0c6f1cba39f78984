"""Ensembles: models from a prior (or given ones) with their dispersion curves, in stores that resume and never drop."""

from surfgrad.ensembles.generation import from_models, generate
from surfgrad.ensembles.merge import merge
from surfgrad.ensembles.splits import Split, split
from surfgrad.ensembles.store import Ensemble, open_ensemble

__all__ = ["Ensemble", "Split", "from_models", "generate", "merge", "open_ensemble", "split"]
