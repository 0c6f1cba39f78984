"""The forward operator for pyGIMLi; skipped where pyGIMLi is not installed."""

from typing import Any

import numpy as np
import pytest

from surfgrad.errors import ModelError

pytestmark = pytest.mark.peers
PERIODS = 1.0 / np.geomspace(4.0, 50.0, 20)
TRUE = np.array([4.0, 6.0, 10.0, 180.0, 250.0, 320.0, 600.0])


@pytest.fixture(scope="module")
def pg() -> Any:
    module = pytest.importorskip("pygimli", reason="pygimli is not installed (extra `pygimli`)")
    module.setLogLevel(40)
    return module


def operator(**options: Any) -> Any:
    from surfgrad.integrations.pygimli import DispersionModelling

    return DispersionModelling(PERIODS, layers=4, **options)


def test_response_and_units(pg: Any) -> None:
    import surfgrad as sg

    vs = TRUE[3:] / 1000.0
    expected = sg.phase_velocity([*(TRUE[:3] / 1000.0), 0.0], 1.77 * vs, vs, 0.32 * 1.77 * vs + 0.77, PERIODS)
    np.testing.assert_allclose(np.asarray(operator().response(pg.Vector(TRUE))), 1000.0 * expected, rtol=1e-12)
    np.testing.assert_allclose(operator(units="km").response(TRUE / 1000.0), expected, rtol=1e-12)


@pytest.mark.parametrize("options", [{}, {"wave": "love", "kind": "group"}], ids=["rayleigh", "love group"])
def test_jacobian_is_pygimlis_brute_force_one(pg: Any, options: dict[str, Any]) -> None:
    fop = operator(**options)
    fop.createJacobian(TRUE)
    exact = pg.utils.gmat2numpy(fop.jacobian())

    class BruteForce(pg.frameworks.Block1DModelling):  # type: ignore[misc, name-defined]
        def response(self, model: Any) -> Any:
            return fop.response(model)

        def response_mt(self, model: Any, i: int = 0) -> Any:
            return fop.response(model)

    brute = BruteForce(nPara=1, nLayers=4)
    brute.createJacobian(pg.Vector(TRUE))
    rough = pg.utils.gmat2numpy(brute.jacobian())
    assert exact.shape == rough.shape == (20, 7)
    assert np.abs(exact - rough).max() < 0.05 * np.abs(rough).max()
    assert np.abs(exact[:, ::-1] - rough).max() > 0.5 * np.abs(rough).max()
    assert np.abs(1000.0 * exact - rough).max() > 10 * np.abs(rough).max()  # km beside m: rejected


def test_an_inversion_from_its_own_start_meets_the_data(pg: Any) -> None:
    fop = operator()
    error = 0.01
    data = fop.response(TRUE) * (1.0 + error * np.random.default_rng(0).standard_normal(PERIODS.size))
    start = fop.createStartModel(data)
    inversion = pg.Inversion(fop=fop)
    inversion.verbose = False
    model = np.asarray(inversion.run(data, relativeError=error, lam=20.0, maxIter=20))
    misfit = [np.mean(((fop.response(each) - data) / (error * data)) ** 2) for each in (start, model)]
    assert misfit[0] > 10.0
    assert misfit[1] < 1.3
    assert model[3] == pytest.approx(TRUE[3], rel=0.03)
    assert model[6] == pytest.approx(TRUE[6], rel=0.05)


def test_a_model_without_the_mode_has_no_response(pg: Any) -> None:
    slow = TRUE.copy()
    slow[6] = 185.0
    for ask in (operator(mode=2).response, operator(mode=2).createJacobian):
        with pytest.raises(ModelError, match=r"^model: without rayleigh mode 2 at \d+ of 20 periods; one that has it"):
            ask(slow)


def test_drawings(pg: Any) -> None:
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2)
    fop = operator()
    fop.drawModel(left, TRUE)
    fop.drawData(right, fop.response(TRUE))
    assert left.get_xlabel() == "vs (m/s)"
    assert right.get_ylabel() == "phase velocity (m/s)"
    plt.close(figure)
