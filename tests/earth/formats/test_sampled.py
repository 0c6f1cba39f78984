"""TauP's .nd and the .tvel files: steps exactly, gradients by a stated rule, cores refused."""

import numpy as np
import pytest

from surfgrad.earth.model import EarthModel
from surfgrad.earth.reference import reference_profile
from surfgrad.errors import FormatError, UsageError

PREM = """    0.00     5.80000   3.20000   2.60000    1456.0     600.0
   15.00     5.80000   3.20000   2.60000    1456.0     600.0
   15.00     6.80000   3.90000   2.90000    1350.0     600.0 # lower crust
   24.40     6.80000   3.90000   2.90000    1350.0     600.0
mantle
   24.40     8.11061   4.49094   3.38076    1446.0     600.0
   40.00     8.10119   4.48486   3.37906    1446.0     600.0
// lines left out
 2891.00    13.71660   7.26466   5.56645     826.0     312.0
outer-core
 2891.00     8.06482   0.00000   9.90349   57822.0       0.0
 5149.50    10.35568   0.00000  12.16634   57822.0       0.0
inner-core
 5149.50    11.02827   3.50432  12.76360     445.0      85.0
 6371.00    11.26220   3.66780  13.08848     431.0      85.0
"""


def read(tmp_path, text, name="m.nd", **options):
    path = tmp_path / name
    path.write_text(text)
    return EarthModel.from_file(path, **options)


def test_steps_are_layers_to_the_last_bit(tmp_path):
    model = read(tmp_path, PREM, depth=24.4)
    assert model == EarthModel([15, 9.4, 0], [5.8, 6.8, 8.11061], [3.2, 3.9, 4.49094], [2.6, 2.9, 3.38076])


def test_the_half_space_begins_where_the_last_values_do(tmp_path):
    text = "0 5 3 2.5\n10 5 3 2.5\n10 6 3.5 2.7\n35 6 3.5 2.7\n"
    assert read(tmp_path, text) == EarthModel([10, 0], [5, 6], [3, 3.5], [2.5, 2.7])
    assert read(tmp_path, text.removesuffix("35 6 3.5 2.7\n")) == EarthModel([10, 0], [5, 6], [3, 3.5], [2.5, 2.7])
    assert read(tmp_path, text, depth=20) == EarthModel([10, 10, 0], [5, 6, 6], [3, 3.5, 3.5], [2.5, 2.7, 2.7])
    assert read(tmp_path, text, depth=4) == EarthModel([4, 0], [5, 5], [3, 3], [2.5, 2.5])
    assert read(tmp_path, text, depth=99) == read(tmp_path, text)
    assert read(tmp_path, "0 5 3 2.5\n") == EarthModel([0], [5], [3], [2.5])


def test_gradients_keep_mass_and_travel_times(tmp_path):
    """The mean of a layer beside quadrature of the linear profile."""
    model = read(tmp_path, "0 5 3 2.5\n30 7 4 2.9\n80 8 4.5 3.3\n", step=12)
    np.testing.assert_allclose(model.thickness, [10, 10, 10, 10, 10, 10, 10, 10, 0], rtol=1e-15)
    z = (np.arange(80_000) + 0.5) / 1000
    knots = [0, 30, 80]
    for name, ends, slow in (("vp", (5, 7, 8), True), ("vs", (3, 4, 4.5), True), ("rho", (2.5, 2.9, 3.3), False)):
        values = np.interp(z, knots, ends).reshape(8, -1)
        mean = 1 / (1 / values).mean(axis=1) if slow else values.mean(axis=1)
        np.testing.assert_allclose(getattr(model, name), [*mean, ends[-1]], rtol=1e-9)


def test_a_published_profile_is_cut_as_the_reference_is(tmp_path):
    profile = reference_profile("ak135")
    rows = zip(*(column.tolist() for column in (profile.depth, profile.vp, profile.vs, profile.rho)), strict=True)
    model = read(tmp_path, "\n".join(" ".join(map(repr, row)) for row in rows), depth=200.0, step=5.0)
    assert model.depth_top[-1] == pytest.approx(200.0, abs=1e-12)
    for mine, theirs in zip((model.vp, model.vs, model.rho), profile.layers(model.thickness), strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-13)


def test_an_ocean_on_top_is_read_gradient_and_all(tmp_path):
    model = read(tmp_path, "0 1.45 0 1.02\n4 1.55 0 1.04\n4 6 3.5 2.7\n", step=2)
    np.testing.assert_array_equal(model.vs, [0, 0, 3.5])
    np.testing.assert_allclose(model.vp[:2], [1 / ((np.log(1.5 / 1.45)) / 0.05), 1 / (np.log(1.55 / 1.5) / 0.05)])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {},
            r"line 11: the medium is fluid \(vs = 0\) at 2891.00 km, .*; depth= of less than 2891.00 \(km\) is allowed",
        ),
        ({"depth": 2891.0, "step": 50.0}, "line 1[12]: the medium is fluid"),
        ({"depth": 30.0}, "line 7: a gradient between 24.40 and 30.0 km given; with step= .* it is allowed"),
        (
            {"depth": 2800.0, "step": 1e-9},
            "line 7: more than 100000 layers given down to here; a larger step=",
        ),
    ],
)
def test_what_needs_a_word_of_the_user_says_which(tmp_path, options, words):
    with pytest.raises(FormatError, match=words):
        read(tmp_path, PREM, **options)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: no samples given"),
        ("1 5 3 2.5\n", "line 1: the first depth is 1 km; 0 is allowed"),
        ("0 5 3\n", r"line 1: 3 values given \(waves need a density\); 4 to 6 are allowed"),
        ("0 5 3 2.5 1 1 1\n", "line 1: 7 values given"),
        ("0 5 3 2.5\n9 5 3 2.5\n8 5 3 2.5\n", "line 3: depth 8 km given after 9 km; depths that never fall"),
        ("0 5 3 2.5\n0 6 3 2.5\n0 7 3 2.5\n", "line 3: depth 0 km given 3 times; twice"),
        ("0 5 -3 2.5\n", r"line 1: vs \(km/s\) is -3; 0 \(fluid\) and above is allowed"),
        ("0 5 3 0\n", r"line 1: density \(g/cm3\) is 0; above 0 is allowed"),
        ("-1 5 3 2.5\n", r"line 1: depth \(km\) is -1; 0 and above"),
        ("0 5 3 2.5 0.5\n", r"line 1: Qp is 0.5; 0 \(none\), or 1 and above is allowed"),
        ("0 5 x 2.5\n", r"line 1: vs \(km/s\) is 'x'; a number is allowed"),
        ("0 5 3 2.5\n9 5 3 2.5\nmoho\n10 6 3.5 2.7\n", "line 3: 'moho' stands between 9 and 10 km; a name between"),
        ("0 5 3 2.5\nupper mantle\n", r"line 2: 2 values given"),
        ("0 5000 3000 2500\n", "line 1: vp is 5000 km/s, the largest there; .*look like m/s: mend them"),
        ("0 1.5 0 1\n9 6 3.5 2.7\n", "line 2: .*with step="),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, words):
    with pytest.raises(FormatError, match=f"m.nd, {words}"):
        read(tmp_path, text)


def test_solid_that_grows_out_of_water_is_not_averaged(tmp_path):
    with pytest.raises(FormatError, match="line 2: vs: 0 km/s"):
        read(tmp_path, "0 1.5 0 1\n9 6 3.5 2.7\n", step=1)


def test_tvel_has_two_lines_of_anything_first(tmp_path):
    text = "iasp - P\n0 # %\n0 5 3 2.5\n10 5 3 2.5\n10 6 3.5 2.7\n"
    model = read(tmp_path, text, "m.TVEL")
    assert (model.name, model.n_layers) == ("iasp", 2)
    with pytest.raises(FormatError, match="line 1: the file ends here; two lines of comment"):
        read(tmp_path, "iasp", "m.tvel")
    with pytest.raises(FormatError, match="line 1: 3 values given"):
        read(tmp_path, text, "m.txt", format="nd")


def test_tvel_without_its_two_lines_loses_no_sample(tmp_path):
    with pytest.raises(FormatError, match=r"line 1: '0 5 3 2.5' given, which would be lost; two lines of comment"):
        read(tmp_path, "0 5 3 2.5\n10 5 3 2.5\n10 6 3.5 2.7\n", "m.tvel")
    with pytest.raises(FormatError, match=r"line 2: '0 5 3 2.5' given, which would be lost"):
        read(tmp_path, "iasp - P\n0 5 3 2.5\n10 5 3 2.5\n10 6 3.5 2.7\n", "m.tvel")


def test_comments_stand_behind_rows_in_both_formats(tmp_path):
    rows = "0 5 3 2.5 # top\n# a line\n10 5 3 2.5// bottom\n\n10 6 3.5 2.7\n"
    assert (
        read(tmp_path, rows)
        == read(tmp_path, "a\nb\n" + rows, "m.tvel")
        == EarthModel([10, 0], [5, 6], [3, 3.5], [2.5, 2.7])
    )


@pytest.mark.parametrize("name", ["m.nd", "m.tvel"])
def test_round_trip_is_exact(tmp_path, name):
    model = EarthModel([0.1, 1 / 3, 1e-7, 0], [1.5, 5, 6, 6], [0, 3, 3.5, 3.5], [1, 2.5, 2.7, 2.7], name="a b")
    model.to_file(tmp_path / name)
    assert EarthModel.from_file(tmp_path / name) == model
    assert (tmp_path / name).read_text().split("\n")[-2].startswith("6371 ")


def test_what_samples_cannot_hold_is_not_written(tmp_path):
    with pytest.raises(UsageError, match="layer 0 without thickness given"):
        EarthModel([0, 1, 0], [5, 6, 7], [3, 3, 3], [2, 2, 2]).to_file(tmp_path / "m.nd")
    with pytest.raises(UsageError, match=r"half-space at 6371\.0 km given"):
        EarthModel([6371, 0], [5, 6], [3, 3], [2, 2]).to_file(tmp_path / "m.nd")
    with pytest.raises(UsageError, match=r"m.mod: layers reach down to 7000 km; at most 6371 km is allowed$"):
        EarthModel([7000, 0], [5, 6], [3, 3], [2, 2]).to_file(tmp_path / "m.mod")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [{"depth": 0}, {"step": -1}, {"depth": float("nan")}, {"step": float("inf")}])
def test_a_bad_depth_or_step_is_named(tmp_path, options):
    with pytest.raises(UsageError, match=f"{next(iter(options))}: .* km given; finite values above 0 km"):
        read(tmp_path, PREM, **options)


def test_depth_and_step_are_for_samples_only(tmp_path):
    EarthModel([1, 0], [5, 6], [3, 3], [2, 2]).to_file(tmp_path / "m.csv")
    with pytest.raises(UsageError, match="depth, step: given for a csv file; they are allowed for nd and tvel"):
        EarthModel.from_file(tmp_path / "m.csv", depth=3)
