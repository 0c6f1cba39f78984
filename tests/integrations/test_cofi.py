"""The problem for CoFI: Espresso's shape, exact derivatives, and CoFI's Rayleigh-wave tutorial on it."""

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from tests.integrations.cofi_tutorial import (
    CURVE,
    DAMPING,
    LAYERS,
    PERIODS,
    START,
    TRUE,
    OnPysurf96,
    Ridge,
    solve,
    tutorial,
)

from surfgrad.earth.layer_vector import LayerVector
from surfgrad.errors import ModelError, UsageError
from surfgrad.integrations.cofi import DispersionProblem, Objective, base_problem
from surfgrad.integrations.curve import Curve


def test_the_problem_has_espressos_shape() -> None:
    problem = tutorial(sigma=0.02)
    assert (problem.model_size, problem.data_size) == (17, 20)
    for model in (problem.starting_model, problem.good_model):
        assert model.shape == (17,)
    predicted, jacobian = problem.forward(problem.starting_model, return_jacobian=True)
    np.testing.assert_allclose(predicted, problem.forward(problem.starting_model), rtol=1e-12)
    np.testing.assert_array_equal(jacobian, problem.jacobian(problem.starting_model))
    assert jacobian.shape == (20, 17)
    np.testing.assert_allclose(problem.covariance_matrix @ problem.inverse_covariance_matrix, np.eye(20), atol=1e-12)
    assert problem.description == "20 phase velocities of rayleigh mode 0, 9 layers, spherical Earth."


def test_misfit_and_log_likelihood_are_those_of_a_gaussian() -> None:
    problem = tutorial(sigma=np.linspace(0.01, 0.03, 20))
    predicted = problem.forward(TRUE)
    gaussian = multivariate_normal(problem.data, problem.covariance_matrix)
    assert problem.log_likelihood(problem.data, predicted) == pytest.approx(gaussian.logpdf(predicted))
    assert 5.0 < problem.misfit(problem.data, predicted) < 20.0
    assert tutorial(0.02).log_likelihood(problem.data, predicted) != pytest.approx(gaussian.logpdf(predicted))


def test_a_model_without_the_mode_is_impossible_not_perfect() -> None:
    """A sum that skips NaN would call it perfect."""
    problem = DispersionProblem(Curve(PERIODS, mode=2), LAYERS, np.full(20, 4.4), 0.02, starting_model=START)
    predicted = problem.forward(TRUE)
    assert np.isnan(predicted).any()
    assert np.nansum((problem.data - predicted) ** 2) < np.inf
    assert problem.misfit(problem.data, predicted) == np.inf
    assert problem.log_likelihood(problem.data, predicted) == -np.inf
    assert Objective(problem)(TRUE) == np.inf
    negative = TRUE.copy()
    negative[1] = -1.0
    assert Objective(tutorial())(negative) == np.inf
    with pytest.raises(ModelError, match=r"^thickness\[0\]: -1 km given"):
        problem.forward(negative)


@pytest.mark.parametrize("terms", [(), (Ridge(),)], ids=["misfit", "with a term"])
def test_gradient_is_that_of_the_objective_and_hessian_gauss_and_newtons(terms: tuple[Any, ...]) -> None:
    objective = Objective(tutorial(np.linspace(0.5, 1.5, 20)), terms)
    model = 0.5 * (START + TRUE)
    step = 1e-6 * model
    difference = [(objective(model + each) - objective(model - each)) / (2 * each.max()) for each in np.diag(step)]
    np.testing.assert_allclose(objective.gradient(model), difference, rtol=1e-5, atol=1e-7)
    # Where the data are met, the Gauss-Newton Hessian is the derivative of the gradient.
    there = Objective(DispersionProblem(CURVE, LAYERS, CURVE.velocity(*LAYERS.model(model)), 0.7), terms)
    columns = [
        (there.gradient(model + each) - there.gradient(model - each)) / (2 * each.max()) for each in np.diag(step)
    ]
    np.testing.assert_allclose(there.hessian(model), np.transpose(columns), rtol=1e-4, atol=1e-4)
    assert not np.allclose(2 * there.hessian(model), np.transpose(columns), rtol=0.1)


def test_the_start_may_be_left_to_the_data() -> None:
    problem = DispersionProblem(CURVE, LAYERS, tutorial().data, 0.02)
    start = problem.misfit(problem.data, problem.forward(problem.starting_model))
    assert start < problem.misfit(problem.data, problem.forward(START))


REFUSED: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"data": np.ones(3)}, UsageError, r"data: shape \(3,\) given; \(20,\), all finite, is allowed"),
    ({"data": np.full(20, np.nan)}, UsageError, r"data: shape \(20,\) given; \(20,\), all finite"),
    ({"sigma": 0.0}, UsageError, "sigma: 0.0 given; one number above 0"),
    ({"starting_model": np.ones(16)}, ModelError, r"vector: shape \(16,\) given; \(\.\.\., 17\) is allowed, v1, h1"),
]


@pytest.mark.parametrize(("options", "error", "words"), REFUSED, ids=[words for _, _, words in REFUSED])
def test_bad_input_is_refused_in_one_line(options: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=f"^{words}"):
        DispersionProblem(CURVE, LAYERS, **{"data": np.full(20, 3.9), "sigma": 0.1, **options})


def test_plots() -> None:
    import matplotlib.pyplot as plt

    problem = tutorial(0.02)
    axes = problem.plot_model(TRUE)
    assert axes.yaxis_inverted()
    axes = problem.plot_data(problem.data, problem.forward(TRUE))
    assert axes.get_xscale() == "log"
    plt.close("all")


# With the guests -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cofi() -> ModuleType:
    return pytest.importorskip("cofi", reason="cofi is not installed (extra `cofi`)")


@pytest.mark.peers
def test_every_name_that_espresso_asks_for_is_there() -> None:
    espresso: Any = pytest.importorskip("espresso", reason="geo-espresso is not installed")
    problem = tutorial()
    required = espresso.EspressoProblem.__abstractmethods__
    assert required
    for name in required | {"jacobian", "covariance_matrix", "inverse_covariance_matrix", "misfit", "log_likelihood"}:
        assert hasattr(problem, name), name


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:Method trust-exact does not use Hessian-vector product:RuntimeWarning")  # CoFI's
def test_the_tutorials_inversion_runs_and_ends_where_the_gradient_does(cofi: ModuleType) -> None:
    problem = tutorial()
    regularisation = Ridge()
    quadratic = cofi.utils.QuadraticReg(weighting_matrix="damping", model_shape=(17,), reference_model=START)
    assert regularisation(TRUE) == pytest.approx(DAMPING * quadratic(TRUE))
    guest = base_problem(problem, regularisation)
    result = solve(cofi, guest)
    assert result.success
    objective = Objective(problem, (regularisation,))
    assert np.abs(objective.gradient(result.model)).max() < 1e-4
    assert objective(result.model) < 0.1 * objective(START)
    # The objective is the one that the tutorial writes down.
    residual = problem.data - problem.forward(result.model)
    assert guest.objective(result.model) == pytest.approx(residual @ residual + DAMPING * quadratic(result.model))


@pytest.mark.peers
@pytest.mark.filterwarnings("ignore:overflow encountered in cast:RuntimeWarning")  # pysurf96's unfilled buffers
def test_the_tutorials_own_forward_and_jacobian_are_ours_to_their_accuracy() -> None:
    pytest.importorskip("pysurf96", reason="pysurf96 is not installed (extra `peers`)")
    theirs, problem = tutorial(kind=OnPysurf96), tutorial()
    for model in (START, TRUE):
        np.testing.assert_allclose(theirs.forward(model), problem.forward(model), rtol=5e-5)
    exact, rough = problem.jacobian(TRUE), theirs.jacobian(TRUE)
    assert np.abs(rough - exact).max() < 0.05 * np.abs(exact).max()
    blocks = LayerVector(9).join(*LAYERS.split(exact))
    assert np.abs(rough - blocks).max() > 0.5 * np.abs(exact).max()  # thicknesses first: another vector
