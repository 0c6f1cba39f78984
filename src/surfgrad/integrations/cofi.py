"""A dispersion curve as a problem for CoFI, in the shape that Espresso gives its problems.

    import cofi
    from surfgrad.earth.layer_vector import LayerVector
    from surfgrad.integrations.cofi import DispersionProblem, base_problem
    from surfgrad.integrations.curve import Curve

    curve, layers = Curve(periods, earth="spherical"), LayerVector(9, order="interleaved")
    problem = DispersionProblem(curve, layers, c_observed, sigma=0.02)
    options = cofi.InversionOptions()
    options.set_tool("scipy.optimize.minimize")
    options.set_params(method="trust-exact")
    result = cofi.Inversion(base_problem(problem), options).run()

Written from the documentation of CoFI 0.2 and Espresso 0.4 (InLab, inlab.edu.au). `DispersionProblem` needs neither,
`base_problem` needs cofi. Units km, km/s and s, or those of the vector; modes from 0 (CoFI's Rayleigh-wave tutorial
calls pysurf96, whose modes begin at 1). Its model vector v1, h1, v2, ... is `LayerVector(..., order="interleaved")`.

What differs from that tutorial: the Jacobian is exact, where it takes one-sided differences with a step of 1 %; a model
without the observed mode predicts NaN, its misfit is infinite and its log-likelihood minus infinity.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from surfgrad.earth.layer_vector import LayerVector
from surfgrad.earth.validate import real_numbers
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.curve import Curve
from surfgrad.integrations.layered_curve import LayeredCurve
from surfgrad.integrations.missing import MissingPackageError
from surfgrad.units import unit_system

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class DispersionProblem:
    """`data` (T,), the velocities of `curve`, to be explained by the model that `vector` describes.

    `sigma`: standard deviation of the data, one number or (T,); errors are independent. `starting_model`: (size,), by
    default one that `start_model` makes of the data. `good_model`: (size,) if one is known. Velocities, `sigma` and the
    model are in the vector's units.
    """

    curve: Curve
    vector: LayerVector
    data: Any
    sigma: Any
    starting_model: Any = None
    good_model: Any = None

    def __post_init__(self) -> None:
        data, sigma = real_numbers("data", self.data), real_numbers("sigma", self.sigma)
        if data.shape != self.curve.periods.shape or not np.isfinite(data).all():
            raise UsageError(f"data: shape {data.shape} given; {self.curve.periods.shape}, all finite, is allowed")
        if sigma.shape not in ((), data.shape) or not (np.isfinite(sigma) & (sigma > 0)).all():
            raise UsageError(f"sigma: {self.sigma!r} given; one number above 0, or as many as data, is allowed")
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "sigma", np.broadcast_to(sigma, data.shape))
        start = self._layered.start(data) if self.starting_model is None else self.starting_model
        object.__setattr__(self, "starting_model", self.vector.join(*self.vector.split(start)))

    @property
    def description(self) -> str:
        """One sentence."""
        curve = self.curve
        return (
            f"{self.data_size} {curve.kind} velocities of {curve.wave} mode {curve.mode}, "
            f"{self.vector.layers} layers, {curve.earth} Earth."
        )

    @property
    def model_size(self) -> int:
        """Number of model parameters."""
        return self.vector.size

    @property
    def data_size(self) -> int:
        """Number of data."""
        return self.data.size

    @property
    def covariance_matrix(self) -> Array:
        """(T, T)."""
        return np.diag(self.sigma**2)

    @property
    def inverse_covariance_matrix(self) -> Array:
        """(T, T)."""
        return np.diag(self.sigma**-2.0)

    def forward(self, model: Any, return_jacobian: bool = False) -> Any:
        """Velocities (T,), and with `return_jacobian` (T, size) too; NaN where the mode does not exist."""
        return self._layered.forward_and_jacobian(model) if return_jacobian else self._layered.forward(model)

    def jacobian(self, model: Any) -> Array:
        """d velocity / d model, (T, size)."""
        return self._layered.forward_and_jacobian(model)[1]

    def misfit(self, data: Any, pred: Any) -> float:
        """Sum of squares of (data - pred) / sigma; infinite where a velocity does not exist."""
        total = float(np.sum(((np.asarray(data) - pred) / self.sigma) ** 2))
        return np.inf if np.isnan(total) else total

    def log_likelihood(self, data: Any, pred: Any) -> float:
        """Log of the Gaussian density of the data; minus infinity where a velocity does not exist."""
        return -0.5 * self.misfit(data, pred) - float(np.sum(np.log(np.sqrt(2.0 * np.pi) * self.sigma)))

    def plot_model(self, model: Any) -> Any:
        """Axes with vs over depth, km/s and km."""
        import matplotlib.pyplot as plt

        from surfgrad.integrations.disba_model import depthplot

        _, axes = plt.subplots()
        thickness, _, vs, _ = self.vector.model(model)
        depthplot(thickness, vs, ax=axes)
        axes.set(xlabel="vs (km/s)", ylabel="depth (km)")
        return axes

    def plot_data(self, data1: Any, data2: Any = None) -> Any:
        """Axes with one or two curves over log period, the first with its error bars."""
        import matplotlib.pyplot as plt

        _, axes = plt.subplots()
        axes.errorbar(self.curve.periods, data1, self.sigma, fmt=".")
        if data2 is not None:
            axes.plot(self.curve.periods, data2)
        unit = unit_system(self.vector.units).velocity
        axes.set(xscale="log", xlabel="period (s)", ylabel=f"{self.curve.kind} velocity ({unit})")
        return axes

    @property
    def _layered(self) -> LayeredCurve:
        return LayeredCurve(self.curve, self.vector)


@dataclass(frozen=True, eq=False)
class Objective:
    """Misfit of a problem plus regularisation terms, as a function of the model vector (size,)."""

    problem: DispersionProblem
    terms: tuple[Any, ...] = ()

    def misfit(self, model: Array) -> float:
        """That of the data alone; infinite for a model that is no material, or lacks the mode."""
        try:
            return self.problem.misfit(self.problem.data, self.problem.forward(model))
        except ModelError:
            return np.inf

    def __call__(self, model: Array) -> float:
        """Misfit and terms."""
        return self.misfit(model) + float(sum(term(model) for term in self.terms))

    def gradient(self, model: Array) -> Array:
        """Derivative (size,) of misfit and terms by the model vector."""
        predicted, jacobian = self.problem.forward(model, return_jacobian=True)
        pull = (predicted - self.problem.data) * self.problem.sigma**-2.0
        return sum((term.gradient(model) for term in self.terms), start=2.0 * jacobian.T @ pull)

    def hessian(self, model: Array) -> Array:
        """(size, size), Gauss and Newton's: 2 J' C^-1 J, and the terms' own."""
        jacobian = self.problem.jacobian(model) / self.problem.sigma[:, None]
        return sum((term.hessian(model) for term in self.terms), start=2.0 * jacobian.T @ jacobian)

    def log_likelihood(self, model: Array) -> float:
        """Log of the Gaussian density of the data."""
        return self.problem.log_likelihood(self.problem.data, self.problem.data) - 0.5 * self.misfit(model)


def base_problem(problem: DispersionProblem, regularization: Any = None) -> Any:
    """The cofi.BaseProblem of a DispersionProblem: all that CoFI's optimisers and samplers ask for, but the prior.

    `regularization`: an object with CoFI's interface (a call, `gradient` and `hessian`), such as a weight times
    cofi.utils.QuadraticReg; it is added to the misfit. For a sampler, add `set_log_prior`.
    """
    try:
        import cofi
    except ImportError:
        raise MissingPackageError("cofi", "cofi") from None
    objective = Objective(problem, () if regularization is None else (regularization,))
    guest = cofi.BaseProblem()
    guest.name = problem.description
    guest.set_data(problem.data, data_cov_inv=problem.inverse_covariance_matrix)
    guest.set_forward(problem.forward)
    guest.set_jacobian(problem.jacobian)
    guest.set_data_misfit(objective.misfit)
    guest.set_objective(objective)
    guest.set_gradient(objective.gradient)
    guest.set_hessian(objective.hessian)
    guest.set_log_likelihood(objective.log_likelihood)
    guest.set_initial_model(problem.starting_model)
    return guest
