"""The pages that newcomers copy from: every command and every line of Python in them works as printed, in order."""

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from surfgrad.cli.app import COMMANDS, build, main

DOCS = Path(__file__).resolve().parents[1] / "docs"
BLOCK = re.compile(r"```python\n(.*?)```|((?:^    [^\n]*\n)+)", re.DOTALL | re.MULTILINE)
NEEDS_MORE = ("generate", "merge", "verify", "train", "audit", "study", "explore")
"""Minutes, torch or a browser: these are parsed here, and run small below or by their own tests."""
SMALL = {"--count": "24", "--budget-minutes": "0.05"}
"""In place of what the page says, where all of it would take minutes."""


def steps(page: str) -> list[tuple[str, str]]:
    """("python" | "shell" | "file", text) of the page's blocks, in order."""
    found = []
    for python, indented in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        text = python or re.sub(r"^    ", "", indented, flags=re.MULTILINE)
        kind = "python" if python else "file" if text.startswith("thickness_") else "shell"
        found.append((kind, text))
    return found


def follow(page: str, names: dict[str, object]) -> list[str]:
    """Do what the page says in the working folder; the commands that ran."""
    ran = []
    for kind, text in steps(page):
        if kind == "file":
            Path("crust.csv").write_text(text, encoding="utf-8")
        elif kind == "python":
            exec(text, names)
        else:
            lines = (line.partition("   #")[0].strip() for line in text.splitlines())
            ran += [line for line in lines if line.startswith("surfgrad ") and run(line)]
    return ran


def run(line: str) -> bool:
    """Run a command, or parse one that needs more than this test has."""
    _, name, *arguments = shlex.split(line)
    if name in NEEDS_MORE:
        parse(name, arguments)
    else:
        assert main([name, *arguments]) == 0, line
    return True


def parse(name: str, arguments: list[str]) -> None:
    build(name, getattr(import_module(f"surfgrad.cli.{name}"), name)).make_context(name, arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_five_minutes(folder: Path, capsys: pytest.CaptureFixture) -> None:
    names: dict[str, object] = {}
    assert len(follow("start.md", names)) == 5
    assert {"ak135.csv", "ak135.png", "curves.png", "ellipticity.png", "kernels.png"} <= {
        path.name for path in folder.iterdir()
    }
    assert names["c"].shape == (59,)  # type: ignore[attr-defined]
    assert names["k"].vs.shape == (59, 4)  # type: ignore[attr-defined]
    assert capsys.readouterr().err == "curves.png: 118 velocities\nellipticity.png: 59 values\n"


def test_how_to(folder: Path, capsys: pytest.CaptureFixture) -> None:
    (text,) = (text for kind, text in steps("start.md") if kind == "file")
    (folder / "crust.csv").write_text(text, encoding="utf-8")
    names: dict[str, object] = {}
    assert len(follow("how-to.md", names)) == 16
    made = {"crust.mod", "soil.csv", "picked.dsp", "audit-of-theirs", "soil_curves.csv", "soil.png", "soil_kernels.png"}
    assert made <= {path.name for path in folder.iterdir()}
    assert names["record"].verdict == "FAIL"  # type: ignore[attr-defined]
    assert names["many"].velocity.shape == (1000, 3)  # type: ignore[attr-defined]
    assert "chi square per value" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_ensembles_networks_and_audits_of_the_how_to_run_small(folder: Path) -> None:
    pytest.importorskip("torch")
    ran = []
    for kind, text in steps("how-to.md"):
        for line in text.splitlines() if kind == "shell" else []:
            _, name, *arguments = shlex.split(line) if line.startswith("surfgrad ") else ("", "")
            if name in NEEDS_MORE and "--scheduler" not in arguments:
                for option in SMALL.keys() & set(arguments):
                    arguments[arguments.index(option) + 1] = SMALL[option]
                assert main([name, *arguments]) == 0, line
                ran.append(name)
    assert ran == ["generate", "generate", "train", "audit", "generate", "generate", "merge", "verify"]


def test_readme_commands(folder: Path, capsys: pytest.CaptureFixture) -> None:
    lines = re.findall(r"`(surfgrad [a-z0-9]+ [^`]+)`", (DOCS.parent / "README.md").read_text(encoding="utf-8"))
    assert {"dispersion", "kernels", "invert", "convert", "audit", "study"} <= {line.split()[1] for line in lines}
    for line in lines:
        parse(line.split()[1], shlex.split(line)[2:])
    assert all(run(line) for line in lines if line.split()[1] in ("dispersion", "kernels", "convert"))  # a second each
    assert {"curves.csv", "c.png", "k.nc", "ak135.mod"} <= {path.name for path in folder.iterdir()}


def test_a_page_with_a_wrong_command_is_caught(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "page.md").write_text("Text\n\n    surfgrad dispersion ak135 --period 2\n")
    monkeypatch.setattr(f"{__name__}.DOCS", folder)
    with pytest.raises(AssertionError, match="--period 2"):
        follow("page.md", {})


@pytest.mark.parametrize("page", ["start.md", "how-to.md", "explorer.md", "citing.md"])
def test_every_command_named_exists(page: str) -> None:
    named = re.findall(r"^    surfgrad ([a-z0-9]+)", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    assert set(named) <= set(COMMANDS)
