"""Pictures in fewer bytes are the same pictures."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from surfgrad.report.figures.staircase import staircase
from surfgrad.report.svg import svg

Corners = list[tuple[float, float]]


def corners(path: str) -> Corners:
    """Of straight lines, whichever of the commands M, L, H, V and z they are written with."""
    found: Corners = []
    for command, numbers in re.findall(r"([MLHVz])([^MLHVz]*)", path):
        each = [float(number) for number in numbers.split()]
        x, y = found[-1] if found else (np.nan, np.nan)
        found += {"H": [(each[0], y)], "V": [(x, each[0])], "z": []}[command] if len(each) < 2 else [(each[0], each[1])]
    return found


@pytest.fixture(scope="module")
def stairs() -> str:
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.set(xlim=(-1, 2), ylim=(0, 5))
    staircase(axes, np.array([0.0, 1.0, 0.5, -0.5, 0.25]), np.arange(6.0), gid="stairs")
    axes.plot([0, 1, 1.5], [0, 1, 4], gid="line")
    return svg(figure, "stairs")


def outline(document: str, name: str) -> str:
    found = re.search(rf'<g id="{name}">\s*<path d="([^"]*)"', document)
    assert found is not None
    return found[1]


def test_a_staircase_is_drawn_step_by_step(stairs: str) -> None:
    path = outline(stairs, "stairs")
    found = np.array(list(dict.fromkeys(corners(path))))  # the ends come twice
    # In points of a figure of 288 x 216, its axes from 0.125 to 0.9 and 0.11 to 0.88.
    x = np.repeat([0.0, 1.0, 0.5, -0.5, 0.25], 2)
    y = np.repeat(np.arange(6.0), 2)[1:-1]
    expected = [288 * (0.125 + 0.775 * (x + 1) / 3), 216 * (1 - (0.11 + 0.77 * y / 5))]
    assert np.allclose(found, np.transpose(expected), atol=0.011)
    assert path.count("L") == 0 < path.count("H") + path.count("V")


def test_slanting_lines_keep_both_coordinates_and_curves_their_commands(stairs: str) -> None:
    assert outline(stairs, "line").count("L") == 2
    assert re.search(r'd="M \d[^"]* \nQ ', stairs) is not None
