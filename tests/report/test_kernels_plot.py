"""Kernel figures: panels, staircases, the depths shown, and kernels that are not there."""

import numpy as np
import pytest
import xarray as xr
from matplotlib.patches import StepPatch

from surfgrad.report.kernels_plot import plot_kernels


def dataset(periods: list[float], *, layers: int = 6, reach: int = 6, per: str = "layer") -> xr.Dataset:
    """Two waves, one mode; kernels that vanish below layer `reach`."""
    top = 10.0 * np.arange(layers)
    shape = (2, 1, len(periods), layers)
    kernel = np.ones(shape) * (np.arange(layers) < reach)
    dimensions = ("wave", "mode", "period", "layer")
    return xr.Dataset(
        {
            "kernel_vs": (dimensions, kernel),
            "kernel_rho": (dimensions, -kernel),
            "model_vs": ("layer", np.linspace(3.0, 4.5, layers)),
        },
        {
            "wave": ["rayleigh", "love"],
            "mode": [0],
            "period": periods,
            "depth_top": ("layer", top),
            "depth_bottom": ("layer", np.append(top[1:], np.inf)),
        },
        {"per": per},
    )


def stairs(axes: object) -> list[StepPatch]:
    return [patch for patch in axes.patches if isinstance(patch, StepPatch)]  # type: ignore[attr-defined]


def test_a_row_for_each_wave_and_a_staircase_for_each_period() -> None:
    panels = plot_kernels(dataset([5.0, 10.0, 20.0])).axes[:6]
    assert [len(stairs(axes)) for axes in panels] == [1, 3, 3, 1, 3, 3]
    assert panels[0].get_ylabel() == "Rayleigh, mode 0\nDepth (km)"
    assert panels[3].get_ylabel() == "Love, mode 0\nDepth (km)"


def test_depth_points_down_and_stops_where_kernels_vanish() -> None:
    bottom, top = plot_kernels(dataset([5.0, 10.0], layers=50, reach=3)).axes[0].get_ylim()
    assert top == 0
    assert bottom == pytest.approx(30.0, rel=0.05)


def test_the_half_space_is_shown_when_it_matters() -> None:
    bottom, _ = plot_kernels(dataset([5.0])).axes[0].get_ylim()
    assert bottom > 50.0


def test_of_many_periods_some_are_drawn_and_the_title_says_so() -> None:
    figure = plot_kernels(dataset([float(t) for t in range(60, 1, -1)]), title="crust")
    assert len(stairs(figure.axes[1])) == 8
    assert figure.get_suptitle() == "crust (8 of 59 periods drawn)"
    bar = figure.axes[-1]
    assert [bar.get_yticklabels()[i].get_text() for i in (0, -1)] == ["2", "60"]


def test_staircases_follow_the_layers() -> None:
    values, edges, _ = stairs(plot_kernels(dataset([5.0], reach=2)).axes[1])[0].get_data()
    np.testing.assert_array_equal(values, [1, 1, 0, 0, 0, 0])
    np.testing.assert_array_equal(edges[:-1], 10.0 * np.arange(6))


@pytest.mark.parametrize("per", ["layer", "km", "log"])
def test_missing_modes_are_said_not_drawn_as_zero(per: str) -> None:
    data = dataset([5.0, 10.0], per=per)
    data["kernel_vs"][:] = np.nan
    figure = plot_kernels(data)
    figure.canvas.draw()  # warnings are errors
    assert [text.get_text() for text in figure.axes[1].texts] == ["no mode at these periods"]


@pytest.mark.parametrize(("per", "label"), [("layer", ""), ("km", " per km")])
def test_density_kernels_say_their_unit(per: str, label: str) -> None:
    axes = plot_kernels(dataset([5.0], per=per)).axes[2]
    assert axes.get_xlabel() == rf"$\partial c/\partial \rho${label} (km/s per g/cm$^3$)"
