"""`surfgrad eigenfunctions`: the NetCDF file's schema and numbers, its plot, and what it refuses."""

import numpy as np
import pytest
import xarray as xr

import surfgrad as sg


def test_schema_and_numbers(run, write_model, tmp_path):
    path, out, plot = write_model(), tmp_path / "e.nc", tmp_path / "e.png"
    options = ("--wave", "rayleigh,love", "--modes", "0:1", "--periods", "4,8,300", "--depths", "0:40:10")
    outcome = run("eigenfunctions", path, *options, "--normalise", "largest", "--out", out, "--plot", plot)
    assert outcome.code == 0
    assert "NO_MODE" in outcome.out
    data = xr.load_dataset(out, engine="h5netcdf")
    assert dict(data.sizes) == {"wave": 2, "mode": 2, "period": 3, "depth": 5, "layer": 3}
    np.testing.assert_array_equal(data["depth"], [0, 10, 20, 30, 40])
    model = sg.EarthModel.from_file(path).arrays
    for wave, names in (("rayleigh", ("r1", "r2", "r3", "r4")), ("love", ("l1", "l2"))):
        for mode in (0, 1):
            e = sg.eigenfunctions(
                *model, [4.0, 8.0, 300.0], wave=wave, mode=mode, depths=np.arange(0, 41, 10), normalise="largest"
            )
            np.testing.assert_array_equal(data["velocity"].sel(wave=wave, mode=mode), e.velocity)
            for name in names:
                assert data[name].dims == ("mode", "period", "depth")
                np.testing.assert_array_equal(data[name].sel(mode=mode), e[name])
                assert data[name].attrs["units"] == ("1" if name in ("r1", "r2", "l1") else "GPa/km")
    assert np.isnan(data["r1"].sel(mode=1, period=300.0)).all()
    assert plot.read_bytes().startswith(b"\x89PNG")


def test_default_depths_reach_as_deep_as_the_longest_wave(run, write_model, tmp_path):
    path, out = write_model(), tmp_path / "e.nc"
    assert run("eigenfunctions", path, "--periods", "5,40", "--earth", "spherical", "--out", out).code == 0
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    c = sg.phase_velocity(*sg.EarthModel.from_file(path).arrays, [40.0], earth="spherical")[0]
    assert float(data["depth"].max()) == pytest.approx(30.0 + 40.0 * c)
    assert data.attrs["earth"] == "spherical"
    assert (data["r2"][:, 0] == 1.0).all()


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--depths", "-5:5"), "--depths: '-5:5' gives a depth of -5 km"),
        (("--depths", "deep"), "'deep' is not a number"),
        (("--depths", "7000", "--earth", "spherical"), "7000 km given; less than 6371 km"),
        (("--normalise", "energy"), "energy"),
        (("--out", "e.csv"), ".nc"),
        (("--plot", "e.gif"), ".png"),
    ],
)
def test_bad_options_are_one_line_and_leave_nothing(run, write_model, tmp_path, options, named):
    path = write_model()
    code, out, err = run("eigenfunctions", path, "--out", tmp_path / "e.nc", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_to_write_is_refused(run, write_model):
    code, _, err = run("eigenfunctions", write_model())
    assert code == 2
    assert "--out" in err
