"""Every parser against damaged files and noise: refused in words, or read as an independent reader reads it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.formats.cases import CASES, GUESSED, Case, check, read_or_refused
from tests.formats.damage import damaged

FAST, SLOW = 120, 10_000
QUIET = tuple(HealthCheck)
HEADS = (
    b"",
    b"MODEL.01\nt\nISOTROPIC\nKGS\nFLAT EARTH\n1-D\nCONSTANT VELOCITY\n\n\n\n\nH\n",
    b"thickness_km,vp_km_s,vs_km_s,rho_g_cm3\n",
    b"1\n0 500 200 1800",
    b"0 5 3 2.5\n",
    b"SURF96 R C X 0 10 3.5 0.1",
    b"wave,kind,mode,period_s,velocity_km_s\n",
    b"# | Frequency (Hz) | Slowness (s/m) | Stddev |\n1 0.005 ",
    b"\xff\xfe",
)
_bytes = st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", errors="replace"))
noise = st.tuples(
    st.sampled_from(HEADS), _bytes | st.text("0123456789.,-+eEdD# \t\n", max_size=80).map(str.encode)
).map(lambda parts: parts[0] + parts[1])


def run(test: Callable[[bytes], None], data: st.SearchStrategy[bytes], examples: int, **options: Any) -> None:
    """Run `test` on so many examples of `data`."""
    settings(max_examples=examples, suppress_health_check=QUIET, database=None, **options)(given(data)(test))()


def fuzz(case: Case, examples: int, **options: Any) -> None:
    """Good texts must be read; damaged ones and noise must not be misread."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        good = case.good.map(lambda text: text.encode("utf-8"))
        run(lambda data: check(case, data, path, must_read=True), good, max(examples // 10, 30), **options)
        run(lambda data: check(case, data, path), damaged(case.good), examples, **options)
        run(lambda data: check(case, data, path), noise, max(examples // 5, 50), **options)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_damage_is_refused_or_read_right(case: Case) -> None:
    fuzz(case, FAST)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_much_damage_is_refused_or_read_right(case: Case) -> None:
    fuzz(case, SLOW)


@pytest.mark.slow
def test_much_noise_is_refused_or_read_right() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"

        def every_parser(data: bytes) -> None:
            for case in CASES:
                check(case, data, path)

        run(every_parser, noise, SLOW)


def any_file(examples: int) -> None:
    """Readers that tell the format themselves take any file of any format, damaged, without an unhandled exception."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.nd"

        def test(data: bytes) -> None:
            for name in ("file.nd", "file.tvel", "file"):
                path.with_name(name).write_bytes(data)
                for read in GUESSED:
                    guessed(read, path.with_name(name))

        run(test, st.one_of(*(damaged(case.good) for case in CASES)), examples)


def guessed(read: Callable[[Path], Any], path: Path) -> None:
    """Read; a UsageError that names the file (units that the format cannot have) is right too."""
    from surfgrad.errors import UsageError

    try:
        read_or_refused(read, path)
    except UsageError as error:
        assert str(error).startswith(f"{path}: units=")  # noqa: PT017


def test_any_file_of_any_name() -> None:
    any_file(100)


@pytest.mark.slow
def test_very_many_files_of_any_name() -> None:
    any_file(SLOW)
