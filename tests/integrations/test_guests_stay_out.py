"""Guests are optional: an adaptor loads without its package, and says in one line how to get it where it needs it."""

import subprocess
import sys

import pytest

GUESTS = ("disba", "pysurf96", "bayesbay", "BayHunter", "cofi", "espresso", "pygimli")
BLOCK = f"""
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {GUESTS}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Block())
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BLOCK + code], capture_output=True, text=True)


def test_adaptors_load_without_their_guests() -> None:
    done = run("\n".join(f"import surfgrad.integrations.{name}" for name in ("disba", "pysurf96", "bayhunter", "cofi")))
    assert done.returncode == 0, done.stderr
    done = run("import surfgrad.integrations.bayesbay")
    assert done.returncode == 0, done.stderr


def test_the_block_blocks() -> None:
    assert "ModuleNotFoundError: cofi" in run("import cofi").stderr


@pytest.mark.parametrize(
    ("code", "package"),
    [
        ("import surfgrad.integrations.pygimli", "pygimli"),
        (
            "from surfgrad.integrations.bayesbay import DispersionForward\n"
            "import numpy as np\n"
            "cells = {'discretization': np.array([1.0, 9.0]), 'vs': np.array([3.0, 4.0])}\n"
            "DispersionForward([100.0], mode=3)({'voronoi': cells})",
            "bayesbay",
        ),
        (
            "from surfgrad.integrations.cofi import *\nfrom surfgrad.integrations.cofi import base_problem\n"
            "base_problem(DispersionProblem(Curve([10.0]), LayerVector(2), [3.2], 0.1))",
            "cofi",
        ),
    ],
)
def test_a_missing_guest_is_named_in_one_line_with_its_remedy(code: str, package: str) -> None:
    done = run(code)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    expected = f'{package} is not installed: pip install "surfgrad[{package}]"'
    assert last == f"surfgrad.integrations.missing.MissingPackageError: {expected}"


def test_surfgrad_alone_loads_no_adaptor() -> None:
    done = run("import surfgrad\nassert not [name for name in sys.modules if 'integrations' in name]")
    assert done.returncode == 0, done.stderr
