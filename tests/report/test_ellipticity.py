"""H/V: numbers that can be read on its axis, however little or much it varies."""

import numpy as np
import pytest

from surfgrad.records import Ellipticity
from surfgrad.report.ellipticity import plot_ellipticity
from surfgrad.status import Status

PERIODS = np.array([2.0, 5.0, 20.0, 60.0])


def ticks(values: list[float]) -> list[str]:
    curve = Ellipticity(PERIODS, np.array(values), np.full(4, Status.OK, dtype=np.uint8), 0)
    figure = plot_ellipticity([curve])
    figure.canvas.draw()
    axes = figure.axes[0]
    low, high = axes.get_ylim()
    labels = zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    minor = zip(axes.get_yticks(minor=True), axes.get_yticklabels(minor=True), strict=True)
    return [text.get_text() for place, text in (*labels, *minor) if low <= place <= high and text.get_text()]


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([0.64, 0.87, 0.82, 0.89], ["0.7", "0.8", "0.9"]),
        ([0.701, 0.702, 0.703, 0.704], ["0.701", "0.702", "0.703", "0.704"]),
        ([0.3, 0.5, 6.0, 2.0], ["0.5", "1", "2", "5"]),
    ],
)
def test_a_narrow_range_has_plain_numbers(values: list[float], labels: list[str]) -> None:
    assert ticks(values) == labels


def test_a_pole_has_powers_of_ten() -> None:
    assert all("10^" in label for label in ticks([0.01, 0.5, 300.0, 2.0]))
