"""--earth: the commands give what the library gives for a sphere, say so, and refuse what is neither."""

import csv

import numpy as np
import pytest
import xarray as xr

import surfgrad as sg

COMMANDS = ("dispersion", "ellipticity", "kernels", "attenuation", "eigenfunctions")


@pytest.mark.parametrize(("command", "column"), [("dispersion", "velocity_km_s"), ("ellipticity", "ellipticity")])
def test_curves_of_a_sphere(run, write_model, tmp_path, command, column):
    path, out = write_model(), tmp_path / "c.csv"
    assert run(command, path, "--periods", "20,60", "--earth", "spherical", "--out", out).code == 0
    found = [float(row[column]) for row in csv.DictReader(out.read_text().splitlines())]
    solve = {"dispersion": sg.phase_velocity, "ellipticity": sg.ellipticity}[command]
    model = sg.EarthModel.from_file(path).arrays
    assert found == solve(*model, [20.0, 60.0], earth="spherical").tolist()
    assert np.min(np.abs(np.array(found) / solve(*model, [20.0, 60.0]) - 1)) > 1e-4


def test_kernels_of_a_sphere(run, write_model, tmp_path):
    path, out = write_model(), tmp_path / "k.nc"
    assert run("kernels", path, "--periods", "20", "--earth", "spherical", "--out", out).code == 0
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    expected = sg.phase_kernels(*sg.EarthModel.from_file(path).arrays, [20.0], earth="spherical")
    np.testing.assert_array_equal(data["kernel_vs"], expected.vs[0])
    assert data.attrs["earth"] == "spherical"


@pytest.mark.parametrize("command", COMMANDS)
def test_other_earths_are_one_line(run, write_model, tmp_path, command):
    path = write_model()
    code, out, err = run(command, path, "--earth", "hollow", "--out", tmp_path / "c.nc")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "--earth: 'hollow' is not one of flat, spherical" in err
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_says_spherical_is_not_silently_flat(run, write_model):
    path = write_model()
    path.write_text(path.read_text().replace("FLAT EARTH", "SPHERICAL EARTH"))
    code, _, err = run("dispersion", path, "--periods", "20")
    assert (code, err.count("\n")) == (0, 1)
    assert "SPHERICAL EARTH" in err
    assert run("dispersion", path, "--periods", "20", "--earth", "spherical").err == ""
