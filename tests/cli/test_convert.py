"""`surfgrad convert`: models and curves from any format that is read into any that holds them."""

from collections.abc import Callable
from pathlib import Path

import pytest

import surfgrad as sg

Run = Callable[..., object]
ND = "0 5 3 2.5\n10 5 3 2.5\nmoho\n10 6 3.5 2.7\n30 8 4.5 3.3\n90 8 4.5 3.3\n90 9 0 9 # a core\n"
DSP = "SURF96 R C X 0 22.44 3.7014 0.1202 8.5093\nSURF96 R U X 0 5.5 3.1 0.05\nSURF96 R C X 0 22.44 3.69 0.11\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def writing(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text)
        return tmp_path / name

    return writing


def test_a_named_discontinuity_model_becomes_layers(run: Run, write: Callable, tmp_path: Path) -> None:
    given, out = write("m.nd", ND), tmp_path / "m.mod"
    code, told, err = run("convert", given, "--out", out, "--depth", "60", "--step", "5")
    assert (code, err) == (0, "")
    assert told == f"{out}: EarthModel('m', 7 layers, half-space at 60 km, vs 3 to 4.5 km/s)\n"
    assert sg.EarthModel.from_file(out) == sg.EarthModel.from_file(given, depth=60, step=5)


@pytest.mark.parametrize(
    ("name", "options", "read"),
    [
        ("a.csv", (), {}),
        ("a.csv", ("--to-units", "si"), {"units": "si"}),
        ("a.txt", ("--to", "geopsy"), {"units": "si"}),
        ("a.tvel", (), {}),
        ("a.mod", (), {}),
        ("a", ("--to", "nd"), {"format": "nd"}),
    ],
)
def test_models_into_every_format(
    run: Run, write_model: Callable, tmp_path: Path, name: str, options: tuple[str, ...], read: dict
) -> None:
    given = write_model()
    assert run("convert", given, "--out", tmp_path / name, *options).code == 0  # type: ignore[attr-defined]
    assert sg.EarthModel.from_file(tmp_path / name, **read) == sg.EarthModel.from_file(given)


def test_units_of_the_file_go_on_where_the_other_format_has_both(run: Run, write: Callable, tmp_path: Path) -> None:
    soil = write("soil.txt", "2\n5 600 200 1800\n0 900 400 2000\n")
    run("convert", soil, "--out", tmp_path / "a.csv", "--units", "si")
    assert (tmp_path / "a.csv").read_text().startswith("thickness_m,vp_m_s,")
    run("convert", soil, "--out", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text().startswith("thickness_km,vp_km_s,")
    for name, units in (("a.csv", "si"), ("b.csv", "km")):
        assert sg.EarthModel.from_file(tmp_path / name, units=units) == sg.EarthModel.from_file(soil, units="si")


def test_a_reference_earth_may_be_written(run: Run, tmp_path: Path) -> None:
    assert run("convert", "ak135", "--out", tmp_path / "a.mod").code == 0  # type: ignore[attr-defined]
    assert sg.EarthModel.from_file(tmp_path / "a.mod") == sg.EarthModel.reference("ak135")


@pytest.mark.parametrize(
    ("name", "options", "units"),
    [
        ("c.csv", (), "km"),
        ("c.csv", ("--to-units", "si"), "si"),
        ("c.txt", ("--to", "geopsy"), "si"),
        ("c.txt", ("--to", "geopsy2"), "si"),
    ],
)
def test_curves_there_and_back(
    run: Run, write: Callable, tmp_path: Path, name: str, options: tuple[str, ...], units: str
) -> None:
    given, there, back = write("c.dsp", DSP), tmp_path / name, tmp_path / "back.dsp"
    code, told, err = run("convert", given, "--out", there, *options)
    assert (code, err) == (0, "")
    assert told == f"{there}: ObservedCurves(3 values: rayleigh phase 0, rayleigh group 0, 5.5 to 22.44 s)\n"
    assert run("convert", there, "--out", back, "--to", "surf96", "--units", units).code == 0  # type: ignore[attr-defined]
    assert sg.read_curves(back) == sg.read_curves(given)
    assert "22.44" in back.read_text()


def test_a_bare_table_and_our_own_curves_with_gaps(run: Run, write: Callable, tmp_path: Path) -> None:
    picks = write("p.txt", "2 350.5\n4 0\n")
    said = ("--columns", "frequency_hz,velocity_m_s", "--file-is", "rayleigh,phase,0", "--units", "si")
    assert "(--missing says what stands for none)" in run("convert", picks, "--out", tmp_path / "p.csv", *said).err  # type: ignore[attr-defined]
    assert run("convert", picks, "--out", tmp_path / "p.csv", *said, "--missing", "0").code == 0  # type: ignore[attr-defined]
    assert sg.read_curves(tmp_path / "p.csv", units="si").value.tolist() == [0.3505]
    ours = write(
        "o.csv", "wave,kind,mode,period_s,velocity_km_s,status\nlove,phase,1,5,3.5,OK\nlove,phase,1,9,nan,NO_MODE\n"
    )
    assert (
        "velocity_km_s is 'nan'; a finite number is allowed (--missing says"
        in run("convert", ours, "--out", tmp_path / "o.txt").err
    )  # type: ignore[attr-defined]
    assert run("convert", ours, "--out", tmp_path / "o.txt", "--to", "geopsy", "--missing", "nan").code == 0  # type: ignore[attr-defined]
    assert len(sg.read_curves(tmp_path / "o.txt", units="si")) == 1


REFUSED: list[tuple[tuple[str, ...], str]] = [
    (
        ("m.nd", "a.mod"),
        "m.nd, line 7: the medium is fluid (vs = 0) at 90 km, below solid ground, as in a core; --depth of less",
    ),
    (("m.nd", "a.mod", "--depth", "60"), "a gradient between 10 and 30 km given; with --step (km, the thickest layer"),
    (("m.nd", "a.mod", "--depth", "-1"), "depth: -1 km given; finite values above 0 km are allowed"),
    (("m.nd", "m.nd"), "--out: 'm.nd' is IN too; another name is allowed"),
    (("m.nd", "no/a.mod"), "--out: there is no folder 'no'"),
    (("m.nd", "a.csv", "--missing", "0"), "--missing: given for a model; it is not allowed there"),
    (("c.dsp", "a.csv", "--step", "1"), "--step: given for curves; it is not allowed there"),
    (("ak135", "a.csv", "--depth", "100"), "--depth: given for a reference Earth; it is not allowed there"),
    (("c.dsp", "a.txt"), "--to: needed for 'a.txt'; csv, surf96, geopsy, geopsy2 are allowed"),
    (("c.dsp", "a.csv", "--to", "nd"), "--to: 'nd' given; surf96, geopsy, csv are allowed"),
    (("c.dsp", "a.csv", "--to", "surf96", "--to-units", "si"), "surf96 files are in km, km/s, g/cm3: --to-units km"),
    (("si.csv", "a.mod"), "si.csv, line 1: columns in m given; --units si reads them, not 'km'"),
    (("c.dsp", "a.csv", "--file-is", "love"), "wave is rayleigh; with --file-is love only love is allowed"),
    (
        ("x.txt", "a.csv"),
        "x.txt, line 1: 'HALF' given; a model or curves in a format of docs/formats.md is allowed; --columns",
    ),
    (("absent", "a.csv"), "absent: No such file or directory; an existing, readable file is allowed"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=[" ".join(arguments) for arguments, _ in REFUSED])
def test_what_is_wrong_is_said_in_one_line_and_nothing_written(
    run: Run, write: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    si = "thickness_m,vp_m_s,vs_m_s,rho_kg_m3\n5,600,200,1800\n0,900,400,2000\n"
    files = {"m.nd": ND, "c.dsp": DSP, "si.csv": si, "x.txt": "HALF\n"}
    for name, text in files.items():
        write(name, text)
    code, out, err = run("convert", arguments[0], "--out", *arguments[1:])
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


def test_a_spherical_file_loses_that_word_and_is_told_so(run: Run, write_model: Callable, tmp_path: Path) -> None:
    path = write_model()
    path.write_text(path.read_text().replace("FLAT EARTH", "SPHERICAL EARTH"))
    code, _, err = run("convert", path, "--out", tmp_path / "a.csv")
    assert (code, err) == (0, f"{path} says SPHERICAL EARTH; the model does not: give --earth spherical with it\n")


def test_commands_that_solve_a_model_say_how_samples_become_layers(run: Run, write: Callable) -> None:
    code, _, err = run("dispersion", write("m.nd", ND), "--periods", "10")
    assert code == 2
    assert err.endswith("(surfgrad convert makes layers of such a file: --depth, --step)\n")
    code, _, err = run("dispersion", write("n.nd", "0 5 3\n"), "--periods", "10")
    assert (code, "convert" in err) == (2, False)
