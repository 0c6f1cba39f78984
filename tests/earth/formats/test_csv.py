"""CSV models: what is read, and which line is wrong."""

import pytest

from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError

HEAD = "thickness_km,vp_km_s,vs_km_s,rho_g_cm3\n"


def read(tmp_path, text):
    path = tmp_path / "m.csv"
    path.write_text(text)
    return EarthModel.from_file(path)


def test_comments_blanks_and_byte_order_marks_do_not_count(tmp_path):
    text = "\ufeff" + HEAD + "# crust\n10, 6, 3.5, 2.7\n\n0,8,4.5,3.3\n"
    model = read(tmp_path, text)
    assert model == EarthModel([10, 0], [6, 8], [3.5, 4.5], [2.7, 3.3])
    assert model.name == "m"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + "10,6,3.5\n", "line 2: 3 values given; 4 are allowed"),
        (HEAD + "10,6,3.5,2.7\n\n0,8,x,3.3\n", "line 4: vs_km_s is 'x'"),
        (HEAD + "10,6,-3.5,2.7\n0,8,4.5,3.3\n", r"line 2: vs: -3.5 km/s given"),
        (HEAD + "10,6,3.5,2.7\n0,8,0,3.3\n", r"line 3: vs: 0 km/s given; the half-space must be solid"),
        (HEAD, "line 1: no layers"),
        ("thickness_km,vs\n1,2\n", "line 1: columns thickness_km,vs given"),
        ("a,b\n", "line 1: 'a,b' given"),
        ("", "line 1: nothing given; a model96 file begins with MODEL, a CSV"),
        (HEAD.replace(",", ";") + "10;6;3,5;2,7\n", "line 1: semicolons given; cells between commas, without quotes"),
        (HEAD.replace(",", "\t") + "10\t6\t3.5\t2.7\n", "line 1: tabs given; cells between commas"),
        ('"' + HEAD.strip().replace(",", '","') + '"\n', "line 1: quotes given; cells between commas"),
        (HEAD + '"10,0","6","3,5","2,7"\n', "line 2: 7 values given; 4 are allowed"),
        (HEAD + '"' * 5000 + ",6,3.5,2.7\n", 'line 2: thickness_km is \'"""""""""""""""""""""""""""...\'; a number'),
        (HEAD + "\u221210,6,3.5,2.7\n", "line 2: thickness_km is '\u221210'; a number is allowed"),
        (HEAD + "1" * 1_000_000 + "\n", "line 2: 1 values given; 4 are allowed"),
        (HEAD + "," * 1_000_000 + "\n", "line 2: 1000001 values given; 4 are allowed"),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, words):
    with pytest.raises(FormatError, match=words):
        read(tmp_path, text)


def test_round_trip_keeps_every_bit(tmp_path):
    model = EarthModel([1 / 3, 0], [6.1, 8], [3.5000000000000004, 4.5], [2.7, 3.3])
    model.to_file(tmp_path / "a.csv")
    assert EarthModel.from_file(tmp_path / "a.csv") == model
