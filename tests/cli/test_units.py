"""--units si, --frequencies and --axis: the same physics in other words, and what is refused."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import surfgrad as sg

Run = Callable[..., object]
HEADING = "thickness_m,vp_m_s,vs_m_s,rho_kg_m3"
LAYERS = np.array([[4.0, 400, 150, 1800], [12, 1500, 240, 1900], [0, 1900, 600, 2100]])
SOIL = tuple(column / 1000 for column in LAYERS.T)
"""In km, km/s, g/cm3, as the engine takes it."""
COMMANDS = ("dispersion", "ellipticity", "attenuation", "kernels", "eigenfunctions")


@pytest.fixture
def write_soil(tmp_path: Path) -> Callable[..., Path]:
    def write(layers: np.ndarray = LAYERS, heading: str = HEADING, name: str = "soil.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([heading, *(",".join(map(repr, row)) for row in layers.tolist())]) + "\n")
        return path

    return write


def table(text: str) -> dict[str, list[str]]:
    rows = list(csv.DictReader(io.StringIO(text)))
    return {name: [row[name] for row in rows] for name in rows[0]}


def numbers(column: list[str]) -> np.ndarray:
    return np.array([float(each) for each in column])


def test_dispersion_in_si(run: Run, write_soil: Run) -> None:
    options = ("--units", "si", "--wave", "love", "--kind", "phase,group", "--frequencies", "3,10,30")
    outcome = run("dispersion", write_soil(), *options)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "wave,kind,mode,frequency_hz,velocity_m_s,status"
    found = table(outcome.out)
    assert found["frequency_hz"] == ["3.0", "10.0", "30.0"] * 2
    periods = 1.0 / np.array([3.0, 10.0, 30.0])
    expected = [solve(*SOIL, periods, wave="love") for solve in (sg.phase_velocity, sg.group_velocity)]
    np.testing.assert_allclose(numbers(found["velocity_m_s"]), 1000 * np.concatenate(expected), rtol=1e-12)


def test_frequencies_without_si_are_still_written_as_periods(run: Run, write_model: Run) -> None:
    found = table(run("dispersion", write_model(), "--frequencies", "0.1:0.3:0.1").out)
    assert found["period_s"] == ["10.0", "5.0", repr(10 / 3)]
    assert "velocity_km_s" in found


def test_periods_under_si_are_written_as_frequencies(run: Run, write_soil: Run) -> None:
    found = table(run("dispersion", write_soil(), "--units", "si", "--periods", "0.1,0.3").out)
    assert found["frequency_hz"] == ["10.0", repr(10 / 3)]


def test_a_gap_is_nan_in_si_too(run: Run, write_soil: Run) -> None:
    found = table(run("dispersion", write_soil(), "--units", "si", "--modes", "3", "--frequencies", "1").out)
    assert (found["velocity_m_s"], found["status"]) == (["nan"], ["NO_MODE"])


def test_each_default_is_fit_for_its_ground(run: Run, write_soil: Run) -> None:
    found = table(run("ellipticity", write_soil(), "--units", "si").out)
    assert found["frequency_hz"] == [repr(float(f)) for f in range(1, 51)]
    assert list(found) == ["mode", "frequency_hz", "ellipticity", "status"]
    expected = sg.ellipticity(*SOIL, 1.0 / np.arange(1.0, 51.0))
    np.testing.assert_allclose(numbers(found["ellipticity"]), expected, rtol=1e-9)


def test_attenuation_in_si(run: Run, write_soil: Run) -> None:
    """To first order gamma = pi f / (Q c), in 1/m where the elastic c is in m/s."""
    options = ("--units", "si", "--qp", "30", "--qs", "15", "--frequencies", "2,20")
    found = table(run("attenuation", write_soil(), *options).out)
    names = ["wave", "mode", "frequency_hz", "quality", "spatial_quality", "gamma_1_m", "velocity_m_s", "group_m_s"]
    assert list(found) == [*names, "status"]
    f, quality, gamma = (numbers(found[name]) for name in ("frequency_hz", "spatial_quality", "gamma_1_m"))
    elastic = table(run("dispersion", write_soil(), "--units", "si", "--frequencies", "2,20").out)
    np.testing.assert_allclose(gamma, np.pi * f / (quality * numbers(elastic["velocity_m_s"])), rtol=1e-9)
    record = sg.attenuation(*SOIL, [0.5, 0.05], qp=30.0, qs=15.0)
    np.testing.assert_allclose(numbers(found["velocity_m_s"]), 1000 * record.velocity, rtol=1e-12)
    np.testing.assert_allclose(numbers(found["group_m_s"]), 1000 * record.group, rtol=1e-12)


def velocities(run: Run, path: Path) -> np.ndarray:
    return numbers(table(run("dispersion", path, "--units", "si", "--frequencies", "5,15").out)["velocity_m_s"])


@pytest.mark.parametrize(("parameter", "column", "step"), [("thickness", 0, 1e-3), ("vs", 2, 1e-3), ("rho", 3, 1e-1)])
def test_kernels_in_si_and_differences_in_si_agree(
    run: Run, write_soil: Run, tmp_path: Path, parameter: str, column: int, step: float
) -> None:
    """Central differences of what `dispersion --units si` writes, per layer and per metre of the second layer."""
    change = np.zeros_like(LAYERS)
    change[1, column] = step
    sides = [velocities(run, write_soil(LAYERS + sign * change, name="other.csv")) for sign in (1, -1)]
    slope = (sides[0] - sides[1]) / (2 * step)
    for per, thickness in (("layer", 1.0), ("m", 1.0 if parameter == "thickness" else 12.0)):
        options = ("--units", "si", "--parameters", parameter, "--per", per, "--frequencies", "5,15")
        assert run("kernels", write_soil(), *options, "--out", tmp_path / "k.nc").code == 0
        data = xr.load_dataset(tmp_path / "k.nc", engine="h5netcdf").squeeze()
        np.testing.assert_allclose(data[f"kernel_{parameter}"][:, 1] * thickness, slope, rtol=2e-5)
        assert data.attrs["per"] == per


def test_a_kernel_dataset_in_si_says_so(run: Run, write_soil: Run, tmp_path: Path) -> None:
    out = tmp_path / "k.nc"
    options = ("--units", "si", "--parameters", "vs,rho", "--per", "m", "--axis", "wavelength", "--modes", "0:1")
    assert run("kernels", write_soil(), *options, "--wave", "love", "--frequencies", "9,0.3", "--out", out).code == 0
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    units = {str(name): each.attrs["units"] for name, each in data.variables.items() if "units" in each.attrs}
    assert units == {
        "period": "s", "frequency": "Hz", "depth_top": "m", "depth_bottom": "m", "velocity": "m/s", "wavelength": "m",
        "kernel_vs": "1/m", "kernel_rho": "(m/s)/(kg/m3)/m", "model_thickness": "m", "model_vp": "m/s",
        "model_vs": "m/s", "model_rho": "kg/m3",
    }  # fmt: skip
    assert "per m of its thickness" in data["kernel_vs"].attrs["long_name"]
    np.testing.assert_array_equal(data["model_vs"], LAYERS[:, 2])
    np.testing.assert_array_equal(data["depth_bottom"], [4.0, 16.0, np.inf])
    np.testing.assert_array_equal(data["frequency"], [9.0, 0.3])
    np.testing.assert_allclose(data["wavelength"], data["velocity"] / data["frequency"], rtol=1e-14)
    assert np.isnan(data["wavelength"].sel(mode=1)).values.tolist() == [False, True]


def test_wavelengths_beside_group_kernels_are_those_of_the_phase(run: Run, write_model: Run, tmp_path: Path) -> None:
    out = tmp_path / "k.nc"
    options = ("--kind", "group", "--axis", "wavelength", "--periods", "8,20")
    assert run("kernels", write_model(), *options, "--out", out).code == 0
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    layers = sg.EarthModel.from_file(write_model()).arrays
    periods = np.array([8.0, 20.0])
    np.testing.assert_allclose(data["wavelength"], periods * sg.phase_velocity(*layers, periods), rtol=1e-14)
    assert (np.abs(data["wavelength"] / periods / data["velocity"] - 1.0) > 0.01).all()
    assert data["wavelength"].attrs["units"] == "km"


def test_stress_in_pascals_is_stiffness_times_strain(run: Run, write_soil: Run, tmp_path: Path) -> None:
    out = tmp_path / "e.nc"
    options = ("--units", "si", "--wave", "love", "--frequencies", "8", "--depths", "1.9,2,2.1,8.9,9,9.1")
    assert run("eigenfunctions", write_soil(), *options, "--out", out).code == 0
    data = xr.load_dataset(out, engine="h5netcdf").squeeze()
    np.testing.assert_array_equal(data["depth"], [1.9, 2, 2.1, 8.9, 9, 9.1])
    for middle, layer in ((1, 0), (4, 1)):
        strain = float(data["l1"][middle + 1] - data["l1"][middle - 1]) / 0.2
        stiffness = LAYERS[layer, 3] * LAYERS[layer, 2] ** 2
        assert float(data["l2"][middle]) == pytest.approx(stiffness * strain, rel=1e-3)
    assert data["l2"].attrs["units"] == "Pa/m"


def test_other_formats_are_in_their_own_units(run: Run, write_model: Run) -> None:
    """model96 is in km by its definition; what is written is as asked."""
    path = write_model()
    si = numbers(table(run("dispersion", path, "--units", "si", "--frequencies", "0.1").out)["velocity_m_s"])
    km = numbers(table(run("dispersion", path, "--periods", "10").out)["velocity_km_s"])
    assert si == pytest.approx(1000 * km, rel=1e-15)
    assert run("dispersion", "ak135", "--units", "si", "--frequencies", "0.05").code == 0


@pytest.mark.parametrize(
    ("command", "axis"),
    [*((command, "wavelength") for command in COMMANDS), ("dispersion", "period"), ("kernels", "frequency")],
)
def test_plots_have_the_axis_asked_for(run: Run, write_soil: Run, tmp_path: Path, command: str, axis: str) -> None:
    """A mode that is missing at one frequency, and group kernels, whose wavelengths are those of the phase."""
    plot = tmp_path / "c.svg"
    options = {"attenuation": ("--qp", "30", "--qs", "15"), "kernels": ("--kind", "group")}.get(command, ())
    outcome = run(
        command, write_soil(), "--units", "si", "--axis", axis, "--modes", "0:1", "--frequencies", "0.3,5,20", *options,
        "--plot", plot,
    )  # fmt: skip
    assert outcome.code == 0
    assert [line for line in outcome.err.splitlines() if not line.startswith(f"{plot}: ")] == []
    label = {"period": "Period (s)", "frequency": "Frequency (Hz)", "wavelength": "Wavelength (m)"}[axis]
    assert f"<!-- {label} -->" in plot.read_text()


REFUSED = [
    (("--units", "imperial"), "--units: 'imperial' is not one of km, si"),
    (("--units", "km,si"), "--units"),
    (("--axis", "depth"), "--axis: 'depth' is not one of period, frequency, wavelength"),
    (("--frequencies", "0"), "frequency of 0 Hz"),
    (("--frequencies", "0:10:1"), "frequency of 0 Hz"),
    (("--frequencies", "5", "--periods", "0.2"), "--frequencies: --periods is given too"),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("options", "named"), REFUSED)
def test_bad_options_are_one_line_and_leave_nothing(
    run: Run, write_soil: Run, tmp_path: Path, command: str, options: tuple[str, ...], named: str
) -> None:
    path = write_soil()
    code, out, err = run(command, path, "--units", "si", "--out", tmp_path / "c.nc", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("per", ["km", "metre"])
def test_kernels_per_km_are_not_si(run: Run, write_soil: Run, tmp_path: Path, per: str) -> None:
    code, _, err = run("kernels", write_soil(), "--units", "si", "--per", per, "--out", tmp_path / "k.nc")
    assert (code, err.count("\n")) == (2, 1)
    assert f"'{per}' is not one of layer, m, log" in err


KM_HEADING = "thickness_km,vp_km_s,vs_km_s,rho_g_cm3"


@pytest.mark.parametrize(
    ("heading", "scale", "units", "named"),
    [
        (HEADING, 1e-3, "si", "these look like km/s: mend them, or the unit that is said"),
        (HEADING, 1.0, "km", "--units si"),
        (KM_HEADING, 1.0, "km", "these look like m/s: mend them, or the unit that is said"),
        (KM_HEADING, 1e-3, "si", "--units km"),
    ],
)
def test_other_units_are_seen_not_guessed(
    run: Run, write_soil: Run, tmp_path: Path, heading: str, scale: float, units: str, named: str
) -> None:
    """By the heading, and where that says what was asked, by numbers that no ground has."""
    path = write_soil(scale * LAYERS, heading)
    code, out, err = run("dispersion", path, "--units", units, "--out", tmp_path / "c.csv")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert named in err
    assert list(tmp_path.iterdir()) == [path]


def test_the_table_of_a_terminal_is_in_its_units(capsys: pytest.CaptureFixture) -> None:
    from surfgrad.cli.tables import print_curves
    from surfgrad.cli.times import Times
    from surfgrad.units import KM, SI

    curve = sg.dispersion(*SOIL, [0.1])
    for units, time, velocity in (
        (KM, "0.1", f"{curve.velocity[0]:.6f}"),
        (SI, "10", f"{1e3 * curve.velocity[0]:.3f}"),
    ):
        print_curves([curve], Times((0.1,), (10.0,)), units)
        heading, row = capsys.readouterr().out.splitlines()
        assert ("frequency, Hz" in heading, "period, s" in heading) == (units == SI, units == KM)
        assert row.split() == [time, velocity]
