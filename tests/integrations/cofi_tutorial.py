"""The synthetic example of CoFI's Rayleigh-wave tutorial: model, data, start, damping, its forward and its Jacobian."""

from typing import Any

import numpy as np

from surfgrad.earth.layer_vector import LayerVector
from surfgrad.integrations.cofi import DispersionProblem
from surfgrad.integrations.curve import Curve

PERIODS = np.geomspace(3.0, 80.0, 20)
LAYERS = LayerVector(9, order="interleaved")
TRUE = LAYERS.join([10.0, 10.0, 15.0, *[20.0] * 5], [3.38, 3.44, 3.66, 4.25, 4.35, 4.32, 4.315, 4.38, 4.5])
START = LAYERS.join(np.full(8, 15.0), np.full(9, 4.0))
CURVE = Curve(PERIODS, earth="spherical")
DAMPING = 0.02


def tutorial(sigma: Any = 1.0, kind: type[DispersionProblem] = DispersionProblem) -> DispersionProblem:
    """The problem; the tutorial's misfit has no weights."""
    noise = np.random.default_rng(42).normal(0.0, 0.01, PERIODS.size)
    data = CURVE.velocity(*LAYERS.model(TRUE)) + noise
    return kind(CURVE, LAYERS, data, sigma, starting_model=START, good_model=TRUE)


class Ridge:
    """Its regularisation, in CoFI's shape: w |m - m0|^2."""

    def __call__(self, model: np.ndarray) -> float:
        return DAMPING * float(np.sum((model - START) ** 2))

    def gradient(self, model: np.ndarray) -> np.ndarray:
        return 2.0 * DAMPING * (model - START)

    def hessian(self, model: np.ndarray) -> np.ndarray:
        return 2.0 * DAMPING * np.eye(model.size)


class OnPysurf96(DispersionProblem):
    """The same problem as the tutorial solves it: pysurf96, and one-sided differences with a step of 1 %."""

    def forward(self, model: Any, return_jacobian: bool = False) -> Any:
        from pysurf96 import surf96

        thickness, vs = np.append(model[1::2], 10.0), np.ascontiguousarray(model[::2])
        vp = 1.77 * vs
        options = {"wave": "rayleigh", "mode": 1, "velocity": "phase", "flat_earth": False}
        values = surf96(thickness, vp, vs, 0.32 * vp + 0.77, PERIODS, **options)
        return (values, self.jacobian(model)) if return_jacobian else values

    def jacobian(self, model: Any) -> np.ndarray:
        here = self.forward(model)
        steps = np.diag(0.01 * model)
        return np.transpose([(self.forward(model + step) - here) / step.max() for step in steps])


def solve(cofi: Any, problem: Any) -> Any:
    """By the tutorial's tool."""
    options = cofi.InversionOptions()
    options.set_tool("scipy.optimize.minimize")
    options.set_params(method="trust-exact")
    return cofi.Inversion(problem, options).run()
