"""The figure of layerings: bars between the least and the greatest depth, downwards, in the unit that is said."""

import pytest

from surfgrad.earth.near_surface.by_number import layering_by_number
from surfgrad.earth.near_surface.by_ratio import layering_by_ratio
from surfgrad.earth.near_surface.wavelengths import WavelengthRange
from surfgrad.errors import UsageError
from surfgrad.report.layerings import plot_layerings

MADE = [layering_by_ratio(WavelengthRange(3.0, 200.0), 3.0), layering_by_number(WavelengthRange(3.0, 200.0), 2)]


def test_a_bar_for_each_layer() -> None:
    figure = plot_layerings(MADE, units="si", title="c.csv")
    figure.canvas.draw()  # warnings are errors
    assert [len(axes.patches) for axes in figure.axes] == [4, 2]
    spans = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in figure.axes[0].patches]
    assert spans == [pytest.approx(span) for span in [(1, 1.5), (1.5, 6), (6, 19.5), (19.5, 100)]]
    bottom, top = figure.axes[0].get_ylim()
    assert top < 1.0 < 100.0 < bottom
    assert figure.axes[0].get_ylabel() == "Depth of the layer's bottom (m)"
    assert [axes.get_title() for axes in figure.axes] == ["by ratio, 3", "by number, 2 layers"]


def test_other_units_are_refused() -> None:
    with pytest.raises(UsageError, match="km or si"):
        plot_layerings(MADE, units="m")
