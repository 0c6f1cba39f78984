"""A small model on disk, and a way to run the command line in this process."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from surfgrad.cli.app import main

HEADER = """MODEL.01
two layers over a half-space
ISOTROPIC
KGS
FLAT EARTH
1-D
CONSTANT VELOCITY
LINE08
LINE09
LINE10
LINE11
H(KM) VP(KM/S) VS(KM/S) RHO(GM/CC) QP QS ETAP ETAS FREFP FREFS
"""
ROWS = ("5.0 5.0 2.8 2.5", "25.0 6.3 3.6 2.8", "0.0 8.0 4.5 3.3")
VELOCITY_OF_THE_HALF_SPACE = 4.5


class Outcome(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture) -> Callable[..., Outcome]:
    def run_it(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return run_it


@pytest.fixture
def write_model(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: tuple[str, ...] = ROWS) -> Path:
        path = tmp_path / "crust.mod"
        path.write_text(HEADER + "".join(f"{row} 0 0 0 0 1 1\n" for row in rows), encoding="utf-8")
        return path

    return write
