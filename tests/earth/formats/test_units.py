"""Units are said, never guessed: what a file holds must agree, and numbers that look otherwise are refused."""

import re

import pytest

from surfgrad.earth.formats import write_model
from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError, UsageError

SOIL = EarthModel([0.0073, 0.0121, 0], [0.3, 1.5, 2.1], [0.1001, 0.35, 0.8], [1.8, 1.9, 2.2], name="soil")
SI = "thickness_m,vp_m_s,vs_m_s,rho_kg_m3\n7.3,300,100.1,1800\n12.1,1500,350,1900\n0,2100,800,2200\n"


def file(tmp_path, text, name="m.csv"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_si_tables_are_read_and_written_to_the_printed_digit(tmp_path):
    assert EarthModel.from_file(file(tmp_path, SI), units="si") == SOIL
    SOIL.to_file(tmp_path / "b.csv", units="si")
    assert (tmp_path / "b.csv").read_text() == SI.replace("\n0,", "\n0.0,")
    other = SI.replace(SI.split("\n")[0], "Thickness (m), Vp (m/s), Vs (m/s), Rho (kg/m3)")
    assert EarthModel.from_file(file(tmp_path, other), units="si") == SOIL


def test_a_heading_in_other_units_is_refused(tmp_path):
    with pytest.raises(FormatError, match=r"m.csv, line 1: columns in m given; units='si' reads them, not 'km'"):
        EarthModel.from_file(file(tmp_path, SI))
    SOIL.to_file(tmp_path / "m.csv")
    with pytest.raises(FormatError, match="line 1: columns in km given; units='km' reads them, not 'si'"):
        EarthModel.from_file(tmp_path / "m.csv", units="si")


KM = "thickness_km,vp_km_s,vs_km_s,rho_g_cm3\n"
HEADER = "MODEL.01\nt\nISOTROPIC\nKGS\nFLAT EARTH\n1-D\nCONSTANT VELOCITY\n8\n9\n10\n11\nH VP VS RHO QP QS\n"


@pytest.mark.parametrize(
    ("text", "units", "words"),
    [
        (
            KM + "7,300,100,1.8\n0,2100,800,2.2\n",
            "km",
            "line 3: vp is 2100 km/s, .*at most 20 km/s .*like m/s: mend them",
        ),
        (
            KM + "12,6,3.5,2.7\n35000,6,3.5,2.7\n0,8,4.5,3.3\n",
            "km",
            r"line 3: layers reach down to 35012 km; at most 6371 km .*look like m: mend them",
        ),
        (
            KM + "1e308,6,3.5,2.7\n1e308,6,3.5,2.7\n0,8,4.5,3.3\n",
            "km",
            r"line 2: thickness: 1e\+308 km given; up to 1e\+15 km is allowed",
        ),
        (
            KM + "1e15,6,3.5,2.7\n1e15,6,3.5,2.7\n0,8,4.5,3.3\n",
            "km",
            r"line 2: layers reach down to 2e\+15 km; at most 6371 km",
        ),
        (KM + "7,3,1,1800\n", "km", r"line 2: rho is 1800 g/cm3, .*at most 30 g/cm3 .*look like kg/m3: mend them"),
        (
            SI.split("\n")[0] + "\n7,5,3,2700\n0,8,4.5,3300\n",
            "si",
            "line 3: vp is 8 m/s, .*at least 20 m/s .*like km/s",
        ),
        (SI.split("\n")[0] + "\n0,500,300,2.7\n", "si", "line 2: rho is 2.7 kg/m3, .*at least 30 kg/m3"),
        (HEADER + "0 2100 800 2.2 0 0 0 0 1 1\n", "km", "line 13: vp is 2100 km/s, the largest there"),
    ],
)
def test_numbers_that_look_like_other_units_are_refused_with_a_hint(tmp_path, text, units, words):
    with pytest.raises(FormatError, match=words):
        EarthModel.from_file(file(tmp_path, text), units=units)


def test_slow_soil_and_dense_rock_do_not_look_wrong(tmp_path):
    mud = EarthModel([0.001, 0], [0.025, 0.3], [0.01, 0.1], [1.1, 1.5])
    core = EarthModel([1.0, 0], [13.7, 13.7], [7.3, 7.3], [5.6, 13.1])
    for model in (mud, core):
        for units in ("km", "si"):
            model.to_file(tmp_path / "m.csv", units=units)
            assert EarthModel.from_file(tmp_path / "m.csv", units=units) == model


@pytest.mark.parametrize("name", ["m.mod", "m.nd", "m.tvel"])
def test_formats_of_fixed_units_refuse_others(tmp_path, name):
    with pytest.raises(
        UsageError, match=re.escape(f"units='si' given; {name[2:].replace('mod', 'model96')} files are in km")
    ):
        SOIL.to_file(tmp_path / name, units="si")
    SOIL.to_file(tmp_path / name)
    with pytest.raises(UsageError, match=r"units='si' given; .* files are in km, km/s, g/cm3: units='km'"):
        EarthModel.from_file(tmp_path / name, units="si")


def test_what_would_be_refused_is_not_written(tmp_path):
    with pytest.raises(UsageError, match="vp is 25 km/s, the largest there; at most 20 km/s is allowed"):
        EarthModel([0], [25.0], [3], [2.0]).to_file(tmp_path / "m.mod")
    with pytest.raises(UsageError, match="vp is 10 m/s, the largest there; at least 20 m/s is allowed"):
        write_model(EarthModel([0], [0.01], [0.003], [2.0]), tmp_path / "m.csv", units="si")
    assert list(tmp_path.iterdir()) == []


def test_a_format_may_be_said_and_must_be_one(tmp_path):
    path = file(tmp_path, KM + "0,6,3.5,2.7\n", "m.nd")
    assert EarthModel.from_file(path, format="csv").n_layers == 1
    with pytest.raises(UsageError, match="format: 'CSV' given; model96, csv, geopsy, nd, tvel are allowed"):
        EarthModel.from_file(path, format="CSV")
    with pytest.raises(UsageError, match="units: 'm' given; km or si is allowed"):
        EarthModel.from_file(path, units="m")
    with pytest.raises(FormatError, match=r"m.txt, line 2: '6 3.5 2.7' given; a model96 file begins with MODEL"):
        EarthModel.from_file(file(tmp_path, "\n6 3.5 2.7\n", "m.txt"))
