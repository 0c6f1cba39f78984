"""Period, frequency and wavelength axes: places by their definitions, labels, units, and what is refused."""

from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.axes import Axes
from tests.report.test_kernels_plot import dataset, stairs

from surfgrad.errors import UsageError
from surfgrad.records import Attenuation, Dispersion, Ellipticity
from surfgrad.report.abscissa import abscissa
from surfgrad.report.attenuation import plot_attenuation
from surfgrad.report.curves import plot_curves
from surfgrad.report.ellipticity import plot_ellipticity
from surfgrad.report.kernels_plot import plot_kernels
from surfgrad.status import Status

PERIODS, VELOCITY = np.array([0.5, 0.02, 0.1]), np.array([0.4, 0.15, 0.2])
STATUS = np.zeros(3, dtype=np.uint8)


def phase(velocity: np.ndarray = VELOCITY, kind: str = "phase") -> Dispersion:
    return Dispersion(PERIODS, velocity, STATUS, "rayleigh", 0, kind)


def line(axes: Axes) -> tuple[list[float], list[float]]:
    return axes.lines[0].get_xdata().tolist(), axes.lines[0].get_ydata().tolist()


def test_places_by_definition() -> None:
    np.testing.assert_array_equal(abscissa(PERIODS, "period"), PERIODS)
    np.testing.assert_allclose(abscissa(PERIODS, "frequency"), [2, 50, 10])
    np.testing.assert_allclose(abscissa(PERIODS, "wavelength", phase=VELOCITY), [0.2, 0.003, 0.02])
    np.testing.assert_allclose(abscissa(PERIODS, "wavelength", "si", VELOCITY), [200, 3, 20])


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("depth",), "axis: 'depth' given"),
        (("wavelength",), "without phase"),
        (("wavelength", "m", VELOCITY), "km or si"),
    ],
)
def test_other_words_are_refused(arguments: tuple[str, ...], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        abscissa(PERIODS, *arguments)


@pytest.mark.parametrize(
    ("axis", "label", "places"),
    [("period", "Period (s)", [0.02, 0.1, 0.5]), ("frequency", "Frequency (Hz)", [50, 10, 2]),
     ("wavelength", "Wavelength (m)", [3, 20, 200])],
)  # fmt: skip
def test_curves_in_si(axis: str, label: str, places: list[float]) -> None:
    """A line joins neighbours in period, whatever they are drawn against."""
    (axes,) = plot_curves([phase()], axis=axis, units="si").axes
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_xscale()) == (label, "Phase velocity (m/s)", "log")
    x, y = line(axes)
    assert (x, y) == (pytest.approx(places), pytest.approx([150, 200, 400]))
    low, high = axes.get_xlim()
    assert low < min(places) < max(places) < high


def test_group_curves_lie_at_the_wavelengths_of_their_phase() -> None:
    group = phase(0.8 * VELOCITY, "group")
    (axes,) = plot_curves([group], axis="wavelength", phase=[VELOCITY]).axes
    assert line(axes)[0] == pytest.approx([0.003, 0.02, 0.2])
    assert axes.get_xlabel() == "Wavelength (km)"
    with pytest.raises(UsageError, match="without phase"):
        plot_curves([group], axis="wavelength")


def test_ellipticity_against_wavelength() -> None:
    curve = Ellipticity(PERIODS, np.array([0.7, 0.6, 0.5]), STATUS, 0)
    (axes,) = plot_ellipticity([curve], axis="wavelength", units="si", phase=[VELOCITY]).axes
    assert line(axes) == (pytest.approx([3, 20, 200]), pytest.approx([0.6, 0.5, 0.7]))
    with pytest.raises(UsageError, match="without phase"):
        plot_ellipticity([curve], axis="wavelength")


def test_attenuation_in_si() -> None:
    ones = np.ones(3)
    curve = Attenuation(PERIODS, 20 * ones, 15 * ones, 2 * ones, VELOCITY, VELOCITY, STATUS, "love", 0, 1.0)
    panels = plot_attenuation([curve], axis="wavelength", units="si").axes
    assert [axes.get_ylabel() for axes in panels[1:]] == [r"Decay $\gamma$ (1/m)", "Velocity (m/s)"]
    assert panels[2].get_xlabel() == "Wavelength (m)"
    assert line(panels[1]) == (pytest.approx([3, 20, 200]), pytest.approx([0.002] * 3))
    assert line(panels[2])[1] == pytest.approx([150, 200, 400])


@pytest.mark.parametrize("axis", ["frequency", "wavelength"])
def test_nothing_to_draw_can_be_drawn(axis: str) -> None:
    nowhere = Dispersion(PERIODS, np.full(3, np.nan), STATUS + Status.NO_MODE, "love", 3)
    figure = plot_curves([nowhere], axis=axis, units="si")
    figure.canvas.draw()  # warnings are errors
    assert [text.get_text() for text in figure.axes[0].texts] == ["no mode at these periods"]


def test_kernels_are_coloured_by_their_own_wavelength() -> None:
    """Of two waves at the same periods the one with the longer waves goes further along the colours."""
    data = dataset([0.1, 0.2]).assign_attrs(unit_system="si")
    data["wavelength"] = (("wave", "mode", "period"), [[[10.0, 40.0]], [[20.0, np.nan]]])
    data["kernel_vs"][1, 0, 1], data["kernel_rho"][1, 0, 1] = np.nan, np.nan
    figure = plot_kernels(data, axis="wavelength")
    figure.canvas.draw()  # warnings are errors
    bar = figure.axes[-1]
    assert bar.get_ylabel() == "Wavelength (m)"
    assert {"10", "20"} <= {tick.get_text() for tick in bar.get_yticklabels()}
    colours = [stairs(figure.axes[panel])[i].get_edgecolor() for panel, i in ((1, 0), (4, 0), (1, 1))]
    red = [colour[0] for colour in colours]
    assert red[0] < red[1] < red[2]


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(1.0, 50.0, [1, 2, 5, 10, 20, 50]), (22.0, 45.0, [30, 40]), (11.0, 13.0, [11, 12, 13]), (3.0, 3.0, [3])],
)
def test_narrow_ranges_have_ticks_too(low: float, high: float, ticks: list[float]) -> None:
    curve = Dispersion(np.array([low, high]), np.array([3.0, 3.1]), STATUS[:2], "love", 0)
    (axes,) = plot_curves([curve]).axes
    shown = axes.get_xlim()
    inside = [tick for tick in axes.get_xticks() if shown[0] <= tick <= shown[1]]
    assert len(inside) >= 2 or low == high
    assert set(ticks) <= set(inside)


def test_kernels_by_frequency_and_units_of_the_dataset() -> None:
    data = dataset([0.1, 0.2]).assign_attrs(unit_system="si")
    figure = plot_kernels(data, axis="frequency")
    assert [label.get_text() for label in figure.axes[-1].get_yticklabels()] == ["10", "5"]
    assert figure.axes[0].get_ylabel() == "Rayleigh, mode 0\nDepth (m)"
    assert figure.axes[0].get_xlabel() == "$V_S$ (m/s)"
    assert figure.axes[2].get_xlabel() == r"$\partial c/\partial \rho$ (m/s per kg/m$^3$)"


@pytest.mark.parametrize("plot", [plot_kernels])
def test_a_dataset_without_wavelengths_is_refused(plot: Callable[..., object]) -> None:
    with pytest.raises(UsageError, match="without the variable wavelength"):
        plot(dataset([0.1]), axis="wavelength")
    with pytest.raises(UsageError, match="axis: 'depth'"):
        plot(dataset([0.1]), axis="depth")
