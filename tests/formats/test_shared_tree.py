"""Every file of the data folder beside the checkout is read, or refused in a line that gives the reason."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from surfgrad.curves import ObservedCurves, read_curves, write_curves
from surfgrad.earth.formats import read_model
from surfgrad.earth.formats.model96 import read_model96
from surfgrad.earth.model import EarthModel
from surfgrad.errors import FormatError, SurfgradError

MODEL, CURVES = "model", "curves"
NO_MODEL = r"line 1: .* given; a model96 file begins with MODEL, a CSV with .*, a Geopsy model with .*; TauP's end in"
NO_CURVES = r"line \d+: .* given; a SURF96 row begins with SURF96, a CSV with a heading, .* columns= names those of"
# (folder and name, what it is, why the other reader refuses it); the first pattern that matches counts.
KNOWN: tuple[tuple[str, str | None], ...] = (
    (r"cps/(models|ellipticity_models|kernels_scm_2layer|observed_seoul_snu)/.*\.mod$", MODEL),
    (r"cps/ellipticity_models/model1\.d$", MODEL),
    (r"cps/observed_seoul_snu/nnall\.dsp$", CURVES),
    (r"cps/.*", None),
)
REASONS = {
    "cps/models/VEL.MOD": (r"line 1: 'HALF' given; a model96 file begins with MODEL", NO_CURVES),
    "cps/kernels_scm_2layer/disp.d": (NO_MODEL, r"line 10: kind is 'G' \(gamma, anelastic decay, is not read\)"),
}


@pytest.fixture(scope="module")
def cps(shared_data: Path) -> Path:
    folder = shared_data / "cps"
    if not folder.is_dir():
        pytest.skip(f"no {folder}")
    return folder


def outcome(read: Callable[..., Any], path: Path, **options: Any) -> Any:
    """What is read, or the words of the refusal, which must be one line that names the file."""
    try:
        return read(path, **options)
    except FormatError as error:
        words = str(error)
        assert words.startswith(f"{path}, line "), words
        assert words.isprintable()
        return words.removeprefix(f"{path}, ")


def test_every_file_of_the_programs_in_seismology_is_read_or_refused_with_the_reason(cps: Path, tmp_path: Path) -> None:
    paths = sorted(path for path in cps.rglob("*") if path.is_file())
    assert len(paths) >= 20
    for path in paths:
        name = f"cps/{path.relative_to(cps).as_posix()}"
        expected = next(kind for pattern, kind in KNOWN if re.fullmatch(pattern, name))
        no_model, no_curves = REASONS.get(name, (NO_MODEL, NO_CURVES))
        model, curves = outcome(read_model, path), outcome(read_curves, path)
        if expected == MODEL:
            assert isinstance(model, EarthModel), f"{name}: {model}"
            comes_back(model, tmp_path)
        else:
            assert re.match(no_model, str(model)), f"{name}: {model}"
        if expected == CURVES:
            assert isinstance(curves, ObservedCurves), f"{name}: {curves}"
            curves_come_back(curves, tmp_path)
        else:
            assert re.match(no_curves, str(curves)), f"{name}: {curves}"


def comes_back(model: EarthModel, folder: Path) -> None:
    """Written in every format that can hold it, and read again, a model is the same to the last bit."""
    for name, options in (
        ("a.mod", {}),
        ("a.csv", {}),
        ("a.csv", {"units": "si"}),
        ("a.txt", {"units": "si", "format": "geopsy"}),
        ("a.nd", {}),
        ("a.tvel", {}),
    ):
        model.to_file(folder / name, **options)
        assert EarthModel.from_file(folder / name, **options) == model, (name, options)


def curves_come_back(curves: ObservedCurves, folder: Path) -> None:
    """The same for curves."""
    for name, units, format in (
        ("a.dsp", "km", "surf96"),
        ("a.csv", "km", None),
        ("a.csv", "si", None),
        ("a.txt", "si", "geopsy"),
        ("a.txt", "si", "geopsy2"),
    ):
        write_curves(curves, folder / name, units=units, format=format)
        assert read_curves(folder / name, units=units) == curves, (name, units, format)


def test_printed_digits_of_the_model96_files_come_back(cps: Path, tmp_path: Path) -> None:
    """Token by token, beside the file itself: no reader of ours in between."""
    for path in sorted(cps.rglob("*.mod")):
        EarthModel.from_file(path).to_file(tmp_path / "a.mod")
        given, again = (
            [[float(word) for word in line.split()[:4]] for line in each.read_text().split("\n")[12:] if line.strip()]
            for each in (path, tmp_path / "a.mod")
        )
        given[-1][0] = again[-1][0]  # the half-space's thickness means nothing
        assert again == [[abs(row[0]), *row[1:]] for row in given], path
        assert read_model96(path).qp.min() >= 1.0


def test_printed_digits_of_the_dispersion_file_come_back(cps: Path, tmp_path: Path) -> None:
    path = cps / "observed_seoul_snu" / "nnall.dsp"
    write_curves(read_curves(path), tmp_path / "a.dsp", format="surf96")
    rows = [
        [[*line.split()[:5], *map(float, line.split()[5:8])] for line in each.read_text().split("\n") if line.strip()]
        for each in (path, tmp_path / "a.dsp")
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 436


def test_bare_tables_are_read_when_their_columns_are_named(shared_data: Path) -> None:
    """Missing values are left out on the user's word, no other: beside numpy's own reader of tables."""
    said = {"wave": "rayleigh", "kind": "phase", "mode": 0}
    soil = sorted((shared_data / "mirandola_interpacific").glob("*.txt"))
    crust = sorted((shared_data / "csrm_china").glob("*.txt"))
    if not soil or not crust:
        pytest.skip(f"no tables in {shared_data}")
    for path in soil:
        assert re.match(NO_CURVES, outcome(read_curves, path))
        table = np.loadtxt(path)
        given = table[table[:, 1] != 0]
        curves = read_curves(path, units="si", columns="frequency_hz,velocity_m_s", missing=0, **said)
        np.testing.assert_allclose(curves.period_s, 1 / given[:, 0], rtol=1e-15)
        np.testing.assert_allclose(curves.value, given[:, 1] / 1000, rtol=1e-15)
        if len(given) < len(table):
            with pytest.raises(FormatError, match="velocity is 0 km/s; a finite number above 0"):
                read_curves(path, units="si", columns="frequency_hz,velocity_m_s", **said)
    for path in crust:
        table = np.loadtxt(path)
        for column, kind in ((1, "phase"), (2, "group")):
            names = ["period_s", "-", "-"]
            names[column] = "velocity_km_s"
            curves = read_curves(path, columns=",".join(names), missing=-1, **(said | {"kind": kind}))
            given = table[table[:, column] != -1]
            np.testing.assert_array_equal(curves.period_s, given[:, 0])
            np.testing.assert_array_equal(curves.value, given[:, column])


def test_every_other_file_is_refused_or_read_without_an_unhandled_error(shared_data: Path) -> None:
    words = []
    for path in sorted(shared_data.rglob("*")):
        for read in (read_model, read_curves):
            for units in ("km", "si"):
                try:
                    read(path, units=units)
                except SurfgradError as error:
                    words.append((str(path), str(error)))
    assert all(given.startswith(path) and given.isprintable() for path, given in words)
