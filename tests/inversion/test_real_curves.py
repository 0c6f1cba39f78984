"""Real curves beside what others made of them: the Seoul data and the two published inversions of them."""

from pathlib import Path

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.curves import read_curves
from surfgrad.earth.model import EarthModel
from surfgrad.inversion.models import prior_of
from surfgrad.inversion.noise import noise_of
from surfgrad.inversion.observations import observations
from surfgrad.inversion.physics import ExactPhysics
from surfgrad.inversion.posterior import Posterior
from surfgrad.inversion.reach import reach_of
from surfgrad.inversion.run import Plan, invert


def rms_of(model: EarthModel, curves) -> float:
    """Of a published model, by the engine on the sphere."""
    predicted = np.empty(len(curves))
    for kind, solve in (("phase", sg.phase_velocity), ("group", sg.group_velocity)):
        rows = curves.kind == kind
        predicted[rows] = solve(*model.arrays, curves.period_s[rows], earth="spherical")
    return float(np.sqrt(np.mean((predicted - curves.value) ** 2)))


@pytest.mark.slow
def test_seoul_is_met_no_worse_than_by_the_published_models(shared_data: Path):
    folder = shared_data / "cps" / "observed_seoul_snu"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}")
    curves = read_curves(folder / "nnall.dsp", zero_sigma=np.nan)
    published = [rms_of(EarthModel.from_file(folder / name), curves) for name in ("surf96_end.mod", "joint96_end.mod")]
    assert rms_of(EarthModel.from_file(folder / "start.mod"), curves) > 3 * max(published)
    # All data count alike, as they did there: what is compared is the plain rms.
    observed = observations(curves, sigma=0.1, replace=True)
    exact = ExactPhysics(observed, "spherical")
    prior = prior_of("spline:14", reach_of(observed, (4.0, 500.0)))
    done = invert(Posterior(observed, exact, prior, noise_of(observed)), Plan("map", starts=3), exact=exact)
    predicted = done.exact.predictions(done.optimum.x[None])[0]
    found = np.sqrt(np.mean((predicted - curves.value) ** 2))
    assert done.optimum.converged
    assert found <= min(published)
    between_nodes = done.posterior.predictions(done.optimum.x[None])[0] - predicted
    assert np.abs(between_nodes).max() < 1e-3
