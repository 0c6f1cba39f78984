"""The house is in order: pins, versions, dependencies and commands agree with one another."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import surfgrad

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BASE = [Requirement(text) for text in PROJECT["dependencies"]]
EXTRAS = [Requirement(text) for texts in PROJECT["optional-dependencies"].values() for text in texts]
IMPORT_NAMES = {"h5py": "h5netcdf"}  # h5netcdf's backend: installed for it, imported by it


def pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    parts = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {name: Version(version) for name, version in parts}


@pytest.mark.parametrize("requirement", [*BASE, *EXTRAS], ids=str)
def test_every_dependency_is_pinned_within_its_range(requirement: Requirement) -> None:
    assert pins()[requirement.name] in requirement.specifier


@pytest.mark.parametrize("requirement", [*BASE, *EXTRAS], ids=str)
def test_every_dependency_says_what_it_replaces(requirement: Requirement) -> None:
    page = (ROOT / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)
    named = {name.strip() for cell in first_cells for name in re.sub(r"\(.*\)", "", cell).split(",")}
    assert requirement.name in named | {"pytest-cov", "pytest-xdist"}


@pytest.mark.parametrize("requirement", BASE, ids=str)
def test_every_base_dependency_is_used(requirement: Requirement) -> None:
    name = IMPORT_NAMES.get(requirement.name, requirement.name)
    used = re.compile(rf"(import|from) {name}\b|engine=\"{name}\"")
    assert any(used.search(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.py"))


def test_one_version_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.MULTILINE).group(1) == surfgrad.__version__  # type: ignore[union-attr]


def test_every_public_name_resolves() -> None:
    for name in surfgrad.__all__:
        assert callable(getattr(surfgrad, name))


RUNS_WHAT_IT_READS = re.compile(
    r"(import|from) +(pickle|dill|cloudpickle|joblib|shelve|marshal)\b"
    r"|torch\.load\(|allow_pickle=True|(?<!\.)\b(eval|exec)\("
)


def test_nothing_that_is_read_is_run() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")}
    assert len(sources) > 100
    assert [path for path, text in sources.items() if RUNS_WHAT_IT_READS.search(text)] == []


@pytest.mark.parametrize(
    "line",
    ["import pickle", "from joblib import load", "torch.load(path)", "np.load(path, allow_pickle=True)", "eval(x)"],
)
def test_what_runs_what_it_reads_is_found(line: str) -> None:
    assert RUNS_WHAT_IT_READS.search(line)


@pytest.mark.parametrize("line", ["network.eval()", "np.load(path, allow_pickle=False)", "it can be pickled"])
def test_what_does_not_is_left_alone(line: str) -> None:
    assert not RUNS_WHAT_IT_READS.search(line)
