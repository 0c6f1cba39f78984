"""Geopsy's layered models: several in a file, Q or not, and which line is wrong."""

import numpy as np
import pytest

from surfgrad.earth.formats import read_model, read_models
from surfgrad.earth.formats.geopsy import GeopsyModel, parse_geopsy, write_geopsy
from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError, UsageError

TWO = """# gpdcreport
# Layered model 36401: value=0.0181816
3
3.9972033155047759223 187.85994128557456406 100.1538148514106723 2000
9.9943985570099158622 351.62579782479866708 200.98500684886460022 2000
0 698.64333708673984802 399.33598944653192575 2000

# Layered model 52002: value=0.0207668
2
 7.5\t500 200 1800 50 25
 0 1350 210 1900 0 1.0D2
"""


def parse(text):
    return parse_geopsy(text.split("\n"), "x.txt")


def test_metres_become_kilometres_and_several_models_are_told_apart(tmp_path):
    path = tmp_path / "m.txt"
    path.write_text(TWO)
    first, second = read_models(path, units="si")
    assert first == EarthModel(
        [0.0039972033155047759223, 0.0099943985570099158622, 0],
        [0.18785994128557456406, 0.35162579782479866708, 0.69864333708673984802],
        [0.1001538148514106723, 0.20098500684886460022, 0.39933598944653192575],
        [2.0, 2.0, 2.0],
    )
    assert (first.name, second.name) == ("Layered model 36401: value=0.0181816", "Layered model 52002: value=0.0207668")
    assert second == EarthModel([0.0075, 0], [0.5, 1.35], [0.2, 0.21], [1.8, 1.9])
    with pytest.raises(FormatError, match=r"m.txt, line 1: 2 models given; one is allowed"):
        read_model(path, units="si")


def test_quality_is_kept_and_written_again(tmp_path):
    models = parse(TWO)
    assert models[0].qp is None
    np.testing.assert_array_equal(models[1].qp, [50, np.inf])
    np.testing.assert_array_equal(models[1].qs, [25, 100])
    write_geopsy(models, tmp_path / "again.txt")
    again = parse_geopsy((tmp_path / "again.txt").read_text().split("\n"), "again")
    assert [each.model for each in again] == [each.model for each in models]
    np.testing.assert_array_equal(again[1].qs, models[1].qs)
    assert [each.model.name for each in again] == [each.model.name for each in models]


def test_printed_digits_come_back(tmp_path):
    rows = ["7.3 300 100.1 1800", "12.25 1500.5 350 1900", "0 2100 800.7 2200"]
    (model,) = parse("\n".join(["3", *rows]))
    write_geopsy([GeopsyModel(model.model)], tmp_path / "m.txt")
    assert (tmp_path / "m.txt").read_text().split("\n")[-4:-1] == [*rows[:-1], rows[-1].replace("0 2", "0.0 2", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: no model given"),
        ("# only a remark\n", "line 1: no model given"),
        ("2\n1 500 200 1800\n", "line 1: 2 layers announced and 1 given"),
        ("1\n1 500 200 1800\n0 900 400 2000\n", "line 3: number of layers is '0 900 400 2000'"),
        ("0\n", "line 1: number of layers is '0'; a whole number from 1 to 100000"),
        ("٢\n", "line 1: number of layers is '٢'"),
        ("9" * 5000 + "\n", "line 1: number of layers is '9+...'; a whole number"),
        ("1\n0 500 200\n", "line 2: 3 values given; 4 or 6 are allowed: thickness"),
        ("1\n0 500 200 1800 50\n", "line 2: 5 values given; 4 or 6"),
        (
            "2\n1 500 200 1800 50 20\n0 900 400 2000\n",
            "line 3: 4 values given; 6 are allowed, as in the model's first row",
        ),
        ("2\n-1 500 200 1800\n0 900 400 2000\n", "line 2: thickness: -1 m given; finite values of 0 m and above"),
        ("1\n0 500 -200 1800\n", "line 2: vs: -200 m/s given; finite values of 0 m/s"),
        ("1\n0 200 190 1800\n", "line 2: vp: 200 m/s given; vp above sqrt"),
        ("1\n0 500 0 1800\n", "line 2: vs: 0 m/s given; the half-space must be solid"),
        ("1\n0 500 200 1800 0.02 30\n", r"line 2: Qp is 0.02; 1 and above, or 0 \(no attenuation\)"),
        ("1\n0 500 200 1800 50 -1\n", "line 2: Qs is -1"),
        (
            "1\n0 5.2 3.1 2700\n",
            "line 2: vp is 5.2 m/s, the largest there; at least 20 m/s .*like km/s: mend them",
        ),
        ("1\n0 5200 3100 2.7\n", "line 2: rho is 2.7 kg/m3, the largest there; at least 30 kg/m3 .*look like g/cm3"),
    ],
)
def test_a_bad_line_is_named(text, words):
    with pytest.raises(FormatError, match=f"x.txt, {words}"):
        parse(text)


def test_units_must_be_said(tmp_path):
    path = tmp_path / "m.model"
    EarthModel([0.01, 0], [0.5, 1.0], [0.2, 0.4], [1.8, 2.0]).to_file(path, format="geopsy", units="si")
    with pytest.raises(UsageError, match=r"m.model: units='km' given; geopsy files are in m, m/s, kg/m3: units='si'"):
        EarthModel.from_file(path)
    with pytest.raises(UsageError, match="units='km' given; geopsy files"):
        EarthModel.from_file(path, format="geopsy")
    assert EarthModel.from_file(path, units="si").n_layers == 2
