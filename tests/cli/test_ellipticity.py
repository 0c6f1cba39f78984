"""The ellipticity command: its CSV against the library, its plot, and bad input."""

import csv
import math

import surfgrad as sg


def test_csv_holds_the_library_s_values(run, write_model, tmp_path):
    path, out, plot = write_model(), tmp_path / "e.csv", tmp_path / "e.png"
    assert run("ellipticity", path, "--modes", "0:1", "--periods", "2,60", "--out", out, "--plot", plot).code == 0
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert [(row["mode"], row["period_s"], row["status"]) for row in rows] == [
        ("0", "2.0", "OK"),
        ("0", "60.0", "OK"),
        ("1", "2.0", "OK"),
        ("1", "60.0", "NO_MODE"),
    ]
    model = sg.EarthModel.from_file(path)
    assert [float(row["ellipticity"]) for row in rows[:2]] == sg.ellipticity(*model.arrays, [2.0, 60.0]).tolist()
    assert math.isnan(float(rows[3]["ellipticity"]))
    assert plot.stat().st_size > 5000


def test_bad_input_is_one_line_and_leaves_nothing(run, write_model, tmp_path):
    path = write_model()
    code, out, err = run("ellipticity", path, "--periods", "0:5:1", "--out", tmp_path / "e.csv")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "0 s" in err
    assert list(tmp_path.iterdir()) == [path]
