"""The figure of a prior: what its panels show, in metres or kilometres, linear or logarithmic."""

import numpy as np
import pytest

from surfgrad.report.prior import plot_prior

SHARES = (0.9, 0.99)
VARIANCE = np.array([9.0, 0.8, 0.15, 0.05])


def drawn(depth_top, widest=1.5):
    rng = np.random.default_rng(2)
    vs = rng.uniform(1.0, widest, (50, len(depth_top)))
    return plot_prior(np.array(depth_top), (vs, 1.8 + 0 * vs, 2.5 + 0.1 * vs), VARIANCE, SHARES, title="a\nprior")


def test_panels_show_three_profiles_downwards_and_the_spectrum():
    figure = drawn([0.0, 5.0, 20.0])
    *profiles, spectrum = figure.axes
    assert [axis.get_xlabel() for axis in profiles] == ["$V_S$ (km/s)", "$V_P/V_S$", r"$\rho$ (g/cm$^3$)"]
    assert profiles[0].get_ylabel() == "Depth (km)"
    assert all(axis.get_ylim()[0] > 20.0 > axis.get_ylim()[1] == 0.0 for axis in profiles)
    # 90 % are in the first direction, 99 % in three.
    assert [text.get_text() for text in spectrum.texts] == ["1: 90 %", "3: 99 %"]
    left = spectrum.lines[0].get_ydata()
    np.testing.assert_allclose(left[:3], [0.1, 0.02, 0.005])
    assert figure.get_suptitle() == "a prior"


@pytest.mark.parametrize(("widest", "scale"), [(3.0, "linear"), (40.0, "log")])
def test_what_varies_by_more_than_a_decade_has_a_logarithmic_axis(widest, scale):
    assert drawn([0.0, 5.0], widest).axes[0].get_xscale() == scale


def test_shallow_columns_are_drawn_in_metres():
    first = drawn([0.0, 0.05, 0.3]).axes[0]
    assert first.get_ylabel() == "Depth (m)"
    assert first.get_ylim()[0] == pytest.approx(309.0)


def test_a_half_space_alone_can_be_drawn():
    drawn([0.0]).canvas.draw()
