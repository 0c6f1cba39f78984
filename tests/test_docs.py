"""What the documentation says is true: links lead somewhere, examples run, tables agree with the code."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from surfgrad.status import Status

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_readme_example_runs(capsys: pytest.CaptureFixture) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)
    assert names["c"].shape == (59,)  # type: ignore[attr-defined]
    assert names["k"].vs.shape == (2, 3)  # type: ignore[attr-defined]
    assert capsys.readouterr().out.count("\n") >= 3


def test_status_page_has_every_code_and_its_sentence() -> None:
    page = (ROOT / "docs" / "status-codes.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| (\w+) \| (yes|NaN) \| (.+) \|$", page, re.MULTILINE)
    expected = [(str(int(code)), code.name, "yes" if code.has_value else "NaN", code.advice) for code in Status]
    assert rows == expected


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda script: script.name)
def test_examples_run(script: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(script)], cwd=tmp_path, check=True, timeout=120)
    assert list(tmp_path.iterdir()) != []
