"""`import surfgrad` must stay cheap: numpy and nothing heavier."""

import subprocess
import sys

HEAVY = ("numba", "scipy", "torch", "xarray", "pandas", "matplotlib", "zarr", "h5py", "pydantic", "typer", "rich")


def loaded(code: str) -> set[str]:
    """Top-level packages loaded by a fresh interpreter that runs `code`."""
    probe = f"{code}\nimport sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_import_loads_nothing_heavier_than_numpy() -> None:
    assert loaded("import surfgrad; dir(surfgrad); surfgrad.__version__").isdisjoint(HEAVY)


def test_the_probe_sees_a_heavy_import() -> None:
    assert "h5py" in loaded("import surfgrad, h5py")


def test_asking_for_a_name_loads_it_once_and_unknown_names_are_refused() -> None:
    code = "import surfgrad as sg\nassert sg.Status.NO_MODE == 1\nassert 'Status' in vars(sg)\n"
    code += "try:\n    sg.no_such_name\nexcept AttributeError as error:\n    assert 'no_such_name' in str(error)\n"
    code += "else:\n    raise SystemExit('accepted')"
    assert loaded(code).isdisjoint(HEAVY)


def test_the_overview_imports_no_command() -> None:
    code = "from surfgrad.cli.app import main; main(['--help'])"
    assert loaded(code).isdisjoint(set(HEAVY) - {"rich"})
