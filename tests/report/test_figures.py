"""Figures show what the records hold, in the directions and limits that readers expect."""

import numpy as np
import pytest
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.patches import StepPatch
from tests.report import fabricated

from surfgrad.report.figures.bands import plot_bands
from surfgrad.report.figures.depth import plot_depth
from surfgrad.report.figures.kernels import plot_kernels_side_by_side, round_number
from surfgrad.report.figures.observed import plot_observed
from surfgrad.report.figures.profiles import plot_profiles
from surfgrad.report.figures.untrapped import plot_untrapped
from surfgrad.report.figures.values import plot_values

TITLES = fabricated.TITLES


def _staircases(figure: Figure, panel: int) -> list[StepPatch]:
    return [patch for patch in figure.axes[panel].patches if isinstance(patch, StepPatch)]


def test_depth_points_down_and_kernels_are_staircases() -> None:
    record = fabricated.kernels().sel(set="weak-test")
    figure = plot_kernels_side_by_side(record, "rayleigh", "vs")
    bottom, top = figure.axes[0].get_ylim()
    assert bottom > top == 0
    grey, drawn = _staircases(figure, 0)
    exact = record["kernel"].sel(forward="exact", wave="rayleigh", parameter="vs", period=3.0).values[:-1]
    assert np.array_equal(drawn.get_data().values, exact)
    assert np.array_equal(grey.get_data().values, exact)


def test_a_column_has_the_same_limits_in_every_row_and_each_surrogate_its_own_kernel() -> None:
    record = fabricated.kernels().sel(set="weak-test")
    figure = plot_kernels_side_by_side(record, "love", "rho")
    rows, columns = 3, 3
    for column in range(columns):
        limits = {figure.axes[row * columns + column].get_xlim() for row in range(rows)}
        assert len(limits) == 1
    low, high = figure.axes[0].get_xlim()
    assert low < -1.0
    assert high > 1.5
    first, second = (_staircases(figure, row * columns)[1].get_data().values for row in (1, 2))
    assert np.allclose(second, -first / 1.5)


def test_a_kernel_that_does_not_exist_says_so() -> None:
    figure = plot_kernels_side_by_side(fabricated.kernels().sel(set="tectonic-test"), "rayleigh", "vs")
    assert [text.get_text() for text in figure.axes[2].texts] == ["not trapped"]


@pytest.mark.parametrize(("largest", "expected"), [(1.0, 0.5), (0.024, 0.02), (6.0, 5.0), (0.011, 0.005)])
def test_ticks_are_round_numbers_within_the_range(largest: float, expected: float) -> None:
    assert round_number(largest) == pytest.approx(expected)


def test_an_error_beyond_the_axis_is_drawn_at_its_edge_and_a_missing_one_not_at_all() -> None:
    figure = plot_bands(fabricated.rows(), TITLES, (0.1, 0.3))
    axes = figure.axes[0]
    points = next(line for line in axes.lines if line.get_label() == "tectonic, values alone")
    values = np.asarray(points.get_ydata(), dtype=float)
    assert np.allclose(values, [0.05, 0.2, axes.get_ylim()[1]])
    below = next(line for line in figure.axes[2].lines if line.get_label() == "tectonic, values alone")
    assert np.isnan(np.asarray(below.get_ydata(), dtype=float)).any()


def test_values_have_a_line_per_surrogate_and_the_limit() -> None:
    figure = plot_values(fabricated.errors(), TITLES, 0.03)
    assert len(figure.axes) == 4
    labels = [line.get_label() for line in figure.axes[0].lines]
    assert labels == ["tectonic prior, values alone", "weak prior, values alone", "passing limit, 0.03 km/s"]
    assert figure.axes[0].get_xscale() == "log"


def test_values_of_another_architecture_have_rows_of_their_own() -> None:
    record = fabricated.errors().assign_coords(surrogate=["grid-tectonic-value-0", "scale-free-tectonic-value-0"])
    figure = plot_values(record, TITLES, 0.03)
    labels = [axes.get_ylabel() for axes in figure.axes[::2]]
    assert [each.split("\n")[0] for each in labels] == [
        "grid, Rayleigh", "grid, Love", "scale-free, Rayleigh", "scale-free, Love",
    ]  # fmt: skip
    drawn = [np.asarray(figure.axes[k].lines[0].get_ydata(), dtype=float)[0] for k in (0, 4)]
    assert drawn == [0.02, 0.04]


def test_networks_that_differ_in_what_they_were_taught_share_a_row() -> None:
    record = fabricated.kernels().sel(set="weak-test")
    record = record.assign_coords(forward=["exact", "grid-weak-value-0", "grid-weak-sobolev-0"])
    figure = plot_kernels_side_by_side(record, "love", "rho")
    assert len(figure.axes) == 2 * 3
    _, alone, taught = _staircases(figure, 3)
    assert np.allclose(taught.get_data().values, -alone.get_data().values / 1.5)
    assert alone.get_linestyle() != taught.get_linestyle()
    assert figure.axes[3].texts[0].get_text() == "values 0.50\ntaught 2.00"


def test_many_sets_are_set_in_two_blocks() -> None:
    record = fabricated.profiles()
    many = xr.concat([record] * 4, "set").assign_coords(set=[f"weak{k}-test" for k in range(8)])
    figure = plot_profiles(many, {})
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [
        *(f"weak{k}-test" for k in range(4)),
        *4 * [""],
        *(f"weak{k}-test" for k in range(4, 8)),
        *4 * [""],
    ]


def test_depth_errors_share_one_axis_and_reach_beyond_the_signal() -> None:
    figure = plot_depth(fabricated.errors(), "rayleigh", "vs", TITLES)
    assert len({axes.get_xlim() for axes in figure.axes}) == 1
    assert figure.axes[0].get_xlim()[1] >= 1.0


def test_profiles_draw_every_sample_and_the_median() -> None:
    record = fabricated.profiles()
    figure = plot_profiles(record, TITLES)
    assert len(_staircases(figure, 0)) == record.sizes["sample"] + 1
    record["vs"][0, 1] = np.nan
    assert len(_staircases(plot_profiles(record, TITLES), 0)) == record.sizes["sample"]


def test_untrapped_shares_are_percent() -> None:
    figure = plot_untrapped(fabricated.profiles(), TITLES)
    rayleigh = figure.axes[0].lines[0]
    assert np.array_equal(np.asarray(rayleigh.get_ydata()), [0.0, 0.0, 100.0])


def test_the_observed_curve_lies_on_both_panels() -> None:
    record = fabricated.observed()
    figure = plot_observed(record, TITLES)
    for axes in figure.axes[:2]:
        shown = next(line for line in axes.lines if line.get_label() == "observed")
        assert np.array_equal(np.asarray(shown.get_ydata()), record["observed_velocity"].values)
