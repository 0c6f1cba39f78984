"""Two systems of units, by name only."""

import pytest

from surfgrad.errors import UsageError
from surfgrad.units import KM, SI, unit_system


def test_a_kilometre_is_a_thousand_metres_and_columns_name_their_units() -> None:
    assert (unit_system("km"), unit_system("si")) == (KM, SI)
    assert SI.factor == 1000.0 * KM.factor
    assert [units.column("velocity", units.velocity) for units in (KM, SI)] == ["velocity_km_s", "velocity_m_s"]
    assert SI.column("thickness", SI.length) == "thickness_m"


@pytest.mark.parametrize("name", ["SI", "m", "", "imperial"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"km or si is allowed"):
        unit_system(name)
