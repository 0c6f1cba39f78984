"""`surfgrad kernels`: the NetCDF file's schema and numbers, its plot, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import surfgrad as sg
from surfgrad.cli.kernel_data import KERNEL_UNITS

Run = Callable[..., object]


def test_schema_and_numbers(run: Run, write_model: Run, tmp_path: Path) -> None:
    path, out = write_model(), tmp_path / "k.nc"
    options = ("--wave", "rayleigh,love", "--modes", "0:1", "--periods", "4,8", "--parameters", "vs,thickness")
    assert run("kernels", path, *options, "--out", out).code == 0
    data = xr.load_dataset(out, engine="h5netcdf")
    assert dict(data.sizes) == {"wave": 2, "mode": 2, "period": 2, "layer": 3}
    assert data["kernel_vs"].dims == ("wave", "mode", "period", "layer")
    assert data["velocity"].dims == data["status"].dims == ("wave", "mode", "period")
    assert {str(name) for name in data if "kernel" in str(name)} == {"kernel_vs", "kernel_thickness"}
    np.testing.assert_array_equal(data["depth_top"], [0.0, 5.0, 30.0])
    np.testing.assert_array_equal(data["depth_bottom"], [5.0, 30.0, np.inf])
    assert all("units" in data[name].attrs for name in ("kernel_vs", "kernel_thickness", "velocity", "period"))
    assert data["status"].attrs["flag_meanings"].split()[int(sg.Status.NO_MODE)] == "NO_MODE"
    assert data.attrs["surfgrad_version"] == sg.__version__
    model = sg.EarthModel.from_file(path)
    for wave in ("rayleigh", "love"):
        for mode in (0, 1):
            expected = sg.phase_kernels(*model.arrays, [4.0, 8.0], wave=wave, mode=mode)
            one = data.sel(wave=wave, mode=mode)
            np.testing.assert_array_equal(one["kernel_vs"], expected.vs)
            np.testing.assert_array_equal(one["kernel_thickness"], expected.thickness)
            np.testing.assert_array_equal(one["velocity"], expected.velocity)


def test_units_follow_per(run: Run, write_model: Run, tmp_path: Path) -> None:
    """Per km is per layer over thickness; log is scaled by m/c: the written units must say so."""
    path, found = write_model(), {}
    for per in KERNEL_UNITS:
        out = tmp_path / f"{per}.nc"
        assert run("kernels", path, "--parameters", "rho,vs", "--per", per, "--periods", "8", "--out", out).code == 0
        found[per] = xr.load_dataset(out, engine="h5netcdf").squeeze()
        assert found[per]["kernel_rho"].attrs["units"] == KERNEL_UNITS[per]["rho"]
        assert found[per].attrs["per"] == per
    layer, km, log = (found[per] for per in ("layer", "km", "log"))
    np.testing.assert_allclose(km["kernel_rho"][:2] * layer["model_thickness"][:2], layer["kernel_rho"][:2], rtol=1e-12)
    assert np.isnan(km["kernel_rho"][-1])
    np.testing.assert_allclose(log["kernel_vs"] * log["velocity"] / log["model_vs"], layer["kernel_vs"], rtol=1e-12)


def test_group_kernels_are_asked_for_by_kind(run: Run, write_model: Run, tmp_path: Path) -> None:
    path, out, plot = write_model(), tmp_path / "k.nc", tmp_path / "k.svg"
    options = ("--kind", "group", "--periods", "8,20")
    assert run("kernels", path, *options, "--out", out, "--plot", plot).code == 0
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    layers = sg.EarthModel.from_file(path).arrays
    np.testing.assert_array_equal(data["kernel_vs"], sg.group_kernels(*layers, [8.0, 20.0]).vs)
    assert np.abs(data["kernel_vs"] - sg.phase_kernels(*layers, [8.0, 20.0]).vs).max() > 0.01
    assert data.attrs["kind"] == "group"
    assert "group velocity" in data["kernel_vs"].attrs["long_name"]
    assert run("kernels", path, "--kind", "phase,group", "--out", tmp_path / "no.nc").code == 2


def test_untrapped_modes_are_nan_not_dropped(run: Run, write_model: Run, tmp_path: Path) -> None:
    out = tmp_path / "k.nc"
    outcome = run("kernels", write_model(), "--modes", "2", "--periods", "3,300", "--out", out)
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    assert "1 NO_MODE" in outcome.out
    assert np.isfinite(data["kernel_vs"][0]).all()
    assert np.isnan(data["kernel_vs"][1]).all()
    assert data["status"].values.tolist() == [sg.Status.OK, sg.Status.NO_MODE]


def test_plot_is_written(run: Run, write_model: Run, tmp_path: Path) -> None:
    plot = tmp_path / "k.png"
    assert run("kernels", write_model(), "--parameters", "vs,vp,rho,thickness", "--per", "km", "--plot", plot).code == 0
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--parameters", "vs,qs"), "qs"),
        (("--per", "metre"), "metre"),
        (("--per", "km,log"), "--per"),
        (("--periods", "0"), "0 s"),
        (("--plot", "k.gif"), ".png"),
        (("--out", "k.csv"), ".nc"),
        (("--modes", "0:40", "--plot", "k.png"), "room"),
    ],
)
def test_bad_options_are_one_line_and_leave_nothing(
    run: Run, write_model: Run, tmp_path: Path, options: tuple[str, ...], named: str
) -> None:
    path = write_model()
    code, out, err = run("kernels", path, "--out", tmp_path / "k.nc", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_to_write_is_refused(run: Run, write_model: Run) -> None:
    code, _, err = run("kernels", write_model())
    assert code == 2
    assert "--out" in err
