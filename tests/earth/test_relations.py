"""What ties vp and density to vs: values against their sources, slopes against differences."""

import numpy as np
import pytest

from surfgrad.earth import brocher
from surfgrad.earth.relations import Brocher, Held, Relation, VpVsRatio
from surfgrad.errors import ModelError

VS = np.array([[0.6, 1.5, 2.8], [3.2, 3.9, 4.4]])


@pytest.mark.parametrize("relation", [VpVsRatio(), VpVsRatio(2.2, 0.1, 1.9), Brocher(), Held([1.5, 3.0, 6.0], 2.0)])
def test_slopes_are_those_of_the_columns(relation: Relation) -> None:
    step = 1e-5
    for column, slope in enumerate(relation.slopes(VS)):
        difference = (relation.columns(VS + step)[column] - relation.columns(VS - step)[column]) / (2 * step)
        np.testing.assert_allclose(slope, difference, atol=1e-8)
        assert slope.shape == VS.shape


def test_a_ratio_is_that_of_the_tutorials() -> None:
    vp, rho = VpVsRatio().columns(np.array([3.5]))
    assert vp == pytest.approx(6.195)
    assert rho == pytest.approx(0.32 * 6.195 + 0.77)


def test_brochers_density_is_that_of_his_vp_not_of_vs() -> None:
    vp, rho = Brocher().columns(VS)
    np.testing.assert_array_equal(vp, brocher.vp_from_vs(VS))
    np.testing.assert_array_equal(rho, brocher.density_from_vp(vp))
    assert not np.allclose(Brocher().slopes(VS)[1], brocher.density_derivative(vp), rtol=0.05)  # a link forgotten


@pytest.mark.parametrize(
    ("vp", "words"), [([5.0, 6.0], r"vp: shape \(2,\) given; one number or \(3,\)"), ("x", "vp: 'x'")]
)
def test_held_columns_of_another_length_or_kind_are_refused(vp: object, words: str) -> None:
    with pytest.raises(ModelError, match=f"^{words}"):
        Held(vp, 2.5).columns(VS)
