"""The page of formats: its example runs, its tables name every format and no other."""

import re
import shlex
from pathlib import Path

import pytest

import surfgrad as sg
from surfgrad.cli.app import main
from surfgrad.curves.kinds import FORMATS as CURVE_FORMATS
from surfgrad.earth.formats.kinds import FORMATS as MODEL_FORMATS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
FILES = {
    "soil.csv": "thickness_m,vp_m_s,vs_m_s,rho_kg_m3\n0,2100,800,2200\n",
    "site.csv": "thickness_m,vp_m_s,vs_m_s,rho_kg_m3\n7.3,300,100,1800\n0,2100,800,2200\n",
    "prem.nd": "0 5.8 3.2 2.6\n24.4 5.8 3.2 2.6\nmantle\n24.4 8.1 4.5 3.4\n400 8.9 4.8 3.5\n",
    "seoul.dsp": "SURF96 R C X 0 22.44 3.7014 0.1202 8.5093\n",
    "picks.txt": "0.83 0.0\n1.2 350.5\n",
}


COMMANDS, EXAMPLE = re.findall(r"((?:^    .*\n|^\n(?=    ))+)", PAGE, re.MULTILINE)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the examples name, where they look for them."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text)


@pytest.mark.usefixtures("files")
def test_the_commands_run() -> None:
    lines = [shlex.split(line, comments=True) for line in COMMANDS.strip().splitlines()]
    assert len(lines) == 4
    for command, *arguments in lines:
        assert command == "surfgrad"
        assert main(arguments) == 0
    assert sg.EarthModel.from_file("prem.mod") == sg.EarthModel.from_file("prem.nd", depth=400, step=10)
    assert sg.read_curves("seoul.csv") == sg.read_curves("seoul.dsp")
    assert sg.EarthModel.from_file("soil.txt", units="si") == sg.EarthModel.from_file("soil.csv", units="si")
    assert sg.read_curves("picks.csv", units="si").value.tolist() == [0.3505]


@pytest.mark.usefixtures("files")
def test_the_example_runs() -> None:
    names: dict[str, object] = {}
    exec(re.sub("^    ", "", EXAMPLE, flags=re.MULTILINE), names)
    assert sg.EarthModel.from_file("site.txt", units="si") == names["model"]
    assert names["mantle"].depth_top[-1] == pytest.approx(400)  # type: ignore[attr-defined]
    assert len(names["site"]) == 1  # type: ignore[arg-type]
    assert sg.read_curves("curves.csv") == names["curves"]


@pytest.mark.parametrize(("title", "formats"), [("Models", MODEL_FORMATS), ("Observed curves", CURVE_FORMATS)])
def test_the_tables_name_every_format(title: str, formats: dict) -> None:
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == set(formats)
