"""The record of observed curves: columns of one shape, checked, frozen, told apart by curve."""

import numpy as np
import pytest

import surfgrad as sg
from surfgrad.curves import ObservedCurves
from surfgrad.errors import ModelError


def some() -> ObservedCurves:
    wave = ["rayleigh", "love", "rayleigh", "rayleigh"]
    kind = ["phase", "phase", "ellipticity", "phase"]
    return ObservedCurves(wave, kind, [0, 1, 0, 0], [10, 20, 30, 10], [3.5, 3.9, -0.7, 3.6], [0.1, np.nan, 0.2, 0.3])


def test_public_names_and_repr() -> None:
    assert sg.ObservedCurves is ObservedCurves
    text = "ObservedCurves(4 values: rayleigh phase 0, love phase 1, rayleigh ellipticity 0, 10 to 30 s)"
    assert repr(some()) == text
    assert (sg.read_curves.__module__, sg.write_curves.__module__) == (
        "surfgrad.curves.reading",
        "surfgrad.curves.writing",
    )


def test_order_and_repeated_periods_are_kept() -> None:
    curve = some().select("rayleigh", "phase", 0)
    assert curve.period_s.tolist() == [10, 10]
    assert curve.value.tolist() == [3.5, 3.6]
    assert [(key, len(each)) for key, each in some().curves()] == [
        (("rayleigh", "phase", 0), 2),
        (("love", "phase", 1), 1),
        (("rayleigh", "ellipticity", 0), 1),
    ]
    assert len(some().select(mode=7)) == 0
    assert repr(some().select(mode=7)) == "ObservedCurves(0 values: )"


def test_one_value_stands_for_all_and_sigma_may_be_left_out() -> None:
    curve = ObservedCurves("love", "group", 2, [1.0, 2.0], [3.0, 3.1])
    assert curve.wave.tolist() == ["love", "love"]
    assert np.isnan(curve.sigma).all()


def test_columns_are_read_only_copies() -> None:
    periods = np.array([1.0, 2.0])
    curve = ObservedCurves("love", "group", 2, periods, [3.0, 3.1])
    periods[0] = 9.0
    assert curve.period_s[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        curve.value[0] = 1.0


def test_equality_is_to_the_last_bit_and_not_given_equals_not_given() -> None:
    assert some() == some()
    assert hash(some()) == hash(some())
    other = ObservedCurves("love", "group", 0, [1.0], [3.0], [np.nan])
    assert other == ObservedCurves("love", "group", 0, [1.0], [3.0])
    assert other != ObservedCurves("love", "group", 0, [1.0], [np.nextafter(3.0, 4.0)])
    assert other != ObservedCurves("love", "phase", 0, [1.0], [3.0])
    assert other != "curves"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"wave": "Rayleigh"}, r"wave\[0\]: Rayleigh given; rayleigh or love is allowed"),
        ({"kind": ["phase", "gamma"]}, r"kind\[1\]: gamma given; phase or group or ellipticity is allowed"),
        ({"wave": "love", "kind": "ellipticity"}, r"wave\[0\]: love given; rayleigh, for an ellipticity, is allowed"),
        ({"mode": [0, -1]}, r"mode\[1\]: -1 given; 0 to 9999 is allowed"),
        ({"mode": 0.5}, "mode: float64 given; numbers is allowed"),
        ({"period_s": [1, 0]}, r"period_s\[1\]: 0.0 given; a finite number above 0 s"),
        ({"value": [3, np.nan]}, r"value\[1\]: nan given; a finite number"),
        ({"value": [3, -3]}, r"value\[1\]: -3.0 given; a velocity above 0 km/s"),
        ({"sigma": [0.1, 0]}, r"sigma\[1\]: 0.0 given; a finite number above 0, or NaN "),
        ({"sigma": np.inf}, r"sigma\[0\]: inf given"),
        ({"value": [1, 2, 3]}, r"curves: shapes .*value \(3,\).* given; columns of one length"),
        ({"value": "fast"}, "value: <U4 given; numbers is allowed"),
    ],
)
def test_the_first_bad_entry_is_named(change: dict, words: str) -> None:
    good = {"wave": "rayleigh", "kind": "phase", "mode": 0, "period_s": [1.0, 2.0], "value": [3.0, 3.1], "sigma": 0.1}
    ObservedCurves(**good)
    with pytest.raises(ModelError, match=words):
        ObservedCurves(**(good | change))


@pytest.mark.parametrize("column", ["period_s", "value", "sigma"])
def test_a_masked_entry_is_not_taken_for_the_number_under_its_mask(column: str) -> None:
    columns = {"period_s": [5.0, 6.0], "value": [3.0, 3.1], "sigma": [0.1, 0.1]}
    columns[column] = np.ma.masked_array(columns[column], [False, True])
    with pytest.raises(sg.ModelError, match=rf"^{column}\[1\]: a masked entry given"):
        sg.ObservedCurves("love", "phase", 0, **columns)


def test_text_may_be_in_objects_as_that_of_tables_is() -> None:
    words = np.array(["love", "rayleigh"], dtype=object)
    assert sg.ObservedCurves(words, "phase", 0, [5.0, 6.0], [3.0, 3.1]).wave.tolist() == ["love", "rayleigh"]
    with pytest.raises(sg.ModelError, match="wave: object given; text is allowed"):
        sg.ObservedCurves(np.array(["love", 3], dtype=object), "phase", 0, [5.0, 6.0], [3.0, 3.1])
