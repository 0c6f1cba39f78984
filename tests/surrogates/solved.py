"""A small store of smooth crustal models with exact curves and derivatives."""

from pathlib import Path

from surfgrad.earth.priors import get_prior
from surfgrad.ensembles import Ensemble, generate
from surfgrad.ensembles.labels import prior_labels

SOLVED_PERIODS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0)


def solved_store(out: Path, count: int, plan: str) -> Ensemble:
    """`count` models of the weak prior with the derivatives that `plan` asks for."""
    weak = get_prior("weak")
    labels = prior_labels(weak, 5, plan)
    return generate(weak, count, 5, out, periods=SOLVED_PERIODS, chunk=count // 2, workers=1, further=labels)
