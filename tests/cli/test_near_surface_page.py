"""docs/near-surface.md is true: its commands run, its numbers are what they print, its Python runs."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "near-surface.md"
BLOCKS = [
    [line[4:] for line in block.splitlines()]
    for block in re.findall(r"(?:^    .*\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the page's model, in which its commands run."""
    monkeypatch.chdir(tmp_path)
    (rows,) = (block for block in BLOCKS if block[0].startswith("thickness_m"))
    (tmp_path / "plain.csv").write_text("\n".join(rows) + "\n")
    return tmp_path


def test_commands_run_and_print_what_the_page_says(site: Path, run: Callable[..., object]) -> None:
    ran = 0
    for block in BLOCKS:
        for i, line in enumerate(block):
            if line.startswith("surfgrad "):
                outcome = run(*shlex.split(line)[1:])
                assert (outcome.code, outcome.err) == (0, ""), line
                said = [each for each in block[i + 1 :] if not each.startswith("surfgrad ")]
                assert not said or outcome.out.splitlines() == said
                ran += 1
    assert ran >= 6
    assert {"curves.csv", "hv.csv", "k.nc", "k.png", "layers.csv"} <= {path.name for path in site.iterdir()}


def test_python_runs() -> None:
    names: dict[str, object] = {}
    blocks = ["\n".join(block) for block in BLOCKS if "import " in block[0]]
    assert len(blocks) == 2
    for block in blocks:
        exec(block, names)
    assert names["slope"].velocity == pytest.approx(201.65, abs=0.005)  # type: ignore[attr-defined]
    assert names["layers"].allows([1.5, 3.0, 6.0, 12.0, 24.0, 48.0, 110.0])  # type: ignore[attr-defined]
