"""The set-up of BayesBay's Rayleigh-wave tutorial: model, periods, forward on pysurf96, chains of fixed dimension."""

import random
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

SITES = np.array([5.0, 15.0, 25.0, 45.0, 65.0, 85.0, 105.0, 125.0, 145.0])
VS = np.array([3.38, 3.44, 3.66, 4.25, 4.35, 4.32, 4.315, 4.38, 4.5])
PERIODS = np.linspace(4.0, 80.0, 20)
NOISE = 0.02


def true_state(bb: ModuleType) -> Any:
    """The model that made the data."""
    return bb.State({"voronoi": bb.ParameterSpaceState(SITES.size, {"discretization": SITES, "vs": VS})})


def on_pysurf96(bb: ModuleType, surf96: Callable[..., np.ndarray], mode: int = 1) -> Callable[[Any], np.ndarray]:
    """What the tutorial's forward does; `mode` counts from 1."""

    def forward(state: Any) -> np.ndarray:
        cells = state["voronoi"]
        thickness = bb.discretization.Voronoi1D.compute_cell_extents(cells["discretization"])
        vp = 1.77 * cells["vs"]
        options = {"wave": "rayleigh", "mode": mode, "velocity": "phase", "flat_earth": False}
        return surf96(thickness, vp, cells["vs"], 0.32 * vp + 0.77, PERIODS, **options)

    return forward


def chains(bb: ModuleType, forward: Callable[[Any], np.ndarray], data: np.ndarray, steps: int) -> dict[str, Any]:
    """Two chains: 10 cells, vs within bounds that follow depth; what BayesBay returns, every tenth state."""
    random.seed(3)
    np.random.seed(3)  # noqa: NPY002 - BayesBay draws from the global generators
    vs = bb.prior.UniformPrior(
        "vs", vmin=[2.7, 3.2, 3.75], vmax=[4.0, 4.75, 5.0], position=[0.0, 40.0, 80.0], perturb_std=0.15
    )
    cells = bb.discretization.Voronoi1D(
        "voronoi", vmin=0.0, vmax=150.0, perturb_std=8.0, n_dimensions=10, parameters=[vs], birth_from="prior"
    )
    target = bb.likelihood.Target("rayleigh", data, covariance_mat_inv=1.0 / NOISE**2)
    likelihood = bb.likelihood.LogLikelihood([target], [forward])
    inversion = bb.BayesianInversion(bb.parameterization.Parameterization(cells), likelihood, n_chains=2)
    inversion.run(n_iterations=steps, save_every=10, verbose=False, parallel_config={"n_jobs": 1})
    return inversion.get_results(concatenate_chains=True)
