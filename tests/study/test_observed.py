"""Observed curves: read as they come, refused by line, and set beside the right model."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surfgrad.errors import FormatError
from surfgrad.study.observed import misfit, read_observed

SHARED = Path(__file__).parents[3] / "shared" / "data" / "csrm_china"


def _written(folder: Path, text: str) -> Path:
    path = folder / "curve.txt"
    path.write_text(text)
    return path


def test_columns_are_sorted_and_missing_values_counted(tmp_path: Path) -> None:
    curve = read_observed(_written(tmp_path, "# T c U\n20 3.4 3.0\n8, 3.1, 2.9\n\n12 -1.0000 -1\n40 3.8\n"))
    assert curve.periods.tolist() == [8.0, 20.0, 40.0]
    assert curve.velocity.tolist() == [3.1, 3.4, 3.8]
    assert curve.missing == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8 3.1\n10 x\n", "line 2"),
        ("8\n", "line 1"),
        ("0 3.1\n", "line 1: period 0"),
        ("nan 3.1\n", "line 1: period nan"),
        ("8 3100\n", "line 1: velocity 3100"),
        ("8 inf\n", "line 1: velocity inf"),
        ("8 3.1\n10 3.2\n", "2 phase velocities found; at least 3"),
        ("8 3.1\n8 3.2\n10 3.3\n11 3.4\n", "given twice"),
        ("", "0 phase velocities found"),
    ],
)
def test_bad_files_are_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FormatError, match=said) as caught:
        read_observed(_written(tmp_path, text))
    assert "\n" not in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text("0123456789 .-eE,#\n", max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.txt"
    path.write_bytes(content)
    try:
        curve = read_observed(path)
    except FormatError:
        return
    assert curve.periods.size >= 3
    assert (np.diff(curve.periods) > 0).all()


def test_the_nearest_model_is_found_and_one_without_the_mode_never_is(tmp_path: Path) -> None:
    curve = read_observed(_written(tmp_path, "10 3.0\n20 3.2\n40 3.6\n100 4.0\n"))
    truth = np.interp(np.log([5.0, 10.0, 20.0, 40.0]), np.log(curve.periods), curve.velocity)
    velocity = np.stack([truth + 0.1, truth + 0.01, truth])[:, None, :]
    velocity[2, 0, 2] = np.nan
    ensemble = SimpleNamespace(periods=np.array([5.0, 10.0, 20.0, 40.0]), waves=("rayleigh",), velocity=velocity)
    found = misfit(curve, ensemble)  # type: ignore[arg-type]
    assert found[:2] == pytest.approx([0.1, 0.01])
    assert np.isinf(found[2])


def test_periods_outside_the_study_are_refused(tmp_path: Path) -> None:
    curve = read_observed(_written(tmp_path, "100 3.0\n200 3.2\n400 3.6\n"))
    ensemble = SimpleNamespace(periods=np.array([5.0, 10.0]), waves=("rayleigh",), velocity=np.ones((2, 1, 2)))
    with pytest.raises(FormatError, match="no period lies within 5 to 10 s"):
        misfit(curve, ensemble)  # type: ignore[arg-type]


def test_real_curves_are_read() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no real curves at {SHARED}")
    curves = [read_observed(path) for path in sorted(SHARED.glob("*.txt"))]
    assert len(curves) == 10
    assert all(2.5 < curve.velocity.min() < curve.velocity.max() < 5.0 for curve in curves)
