"""Curves: log period, gaps where there is no mode, one legend entry a curve."""

import numpy as np
import pytest

from surfgrad.records import Dispersion
from surfgrad.report.curves import plot_curves
from surfgrad.status import Status


def curve(velocity: list[float], status: list[Status], *, wave: str = "rayleigh", mode: int = 0) -> Dispersion:
    periods = np.array([40.0, 5.0, 20.0, 10.0])
    return Dispersion(periods, np.array(velocity), np.array(status, dtype=np.uint8), wave, mode)


OK = [Status.OK] * 4


def test_axes_carry_units_and_log_period() -> None:
    axes = plot_curves([curve([4.0, 3.0, 3.6, 3.2], OK)], title="crust").axes[0]
    assert axes.get_xscale() == "log"
    assert axes.get_xlabel() == "Period (s)"
    assert axes.get_ylabel() == "Phase velocity (km/s)"
    assert axes.get_title(loc="left") == "crust"


def test_periods_are_drawn_in_order_with_gaps() -> None:
    broken = curve([np.nan, 3.0, 3.6, np.nan], [Status.NO_MODE, Status.OK, Status.OK, Status.NO_MODE])
    line = plot_curves([broken]).axes[0].lines[0]
    np.testing.assert_array_equal(line.get_xdata(), [5.0, 10.0, 20.0, 40.0])
    np.testing.assert_array_equal(line.get_ydata(), [3.0, np.nan, 3.6, np.nan])


def test_legend_names_each_curve_and_the_noted_statuses() -> None:
    close = curve([4.0, 3.0, 3.6, 3.2], [Status.OK, Status.CLOSE_MODES, Status.OK, Status.MULTIPLE], wave="love")
    none = curve([np.nan] * 4, [Status.NO_MODE] * 4, mode=3)
    legend = plot_curves([close, none]).axes[0].get_legend()
    assert legend is not None
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels == ["Love, mode 0", "Rayleigh, mode 3 (none)", "CLOSE_MODES / MULTIPLE"]


def test_waves_differ_in_colour_and_modes_in_dashes() -> None:
    values = [4.0, 3.0, 3.6, 3.2]
    axes = plot_curves([curve(values, OK), curve(values, OK, mode=1), curve(values, OK, wave="love")]).axes[0]
    first, overtone, love = (line for line in axes.lines if len(line.get_xdata()) == 4)
    assert first.get_color() == overtone.get_color() != love.get_color()
    assert first.get_linestyle() != overtone.get_linestyle()


@pytest.mark.parametrize("velocity", [[np.nan] * 4, [3.0, np.nan, np.nan, np.nan]])
def test_empty_and_single_point_curves_can_be_drawn(velocity: list[float], tmp_path: object) -> None:
    status = [Status.OK if np.isfinite(v) else Status.NO_MODE for v in velocity]
    figure = plot_curves([curve(velocity, status)])
    figure.canvas.draw()  # warnings are errors
    points = sum(np.isfinite(line.get_ydata()).sum() for line in figure.axes[0].lines if line.get_marker() != "None")
    assert points == np.isfinite(velocity).sum()


def test_legend_names_both_kinds_where_there_are_two() -> None:
    phase = curve([4.0, 3.0, 3.6, 3.2], OK)
    group = Dispersion(phase.periods, phase.velocity - 0.2, phase.status, "rayleigh", 0, "group")
    legend = plot_curves([phase, group]).axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["Rayleigh, mode 0, phase", "Rayleigh, mode 0, group"]
