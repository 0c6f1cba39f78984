"""Every script of the gallery runs, draws its figure, and is on the page of the gallery with it."""

import re
import runpy
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = sorted((ROOT / "examples" / "gallery").glob("*.py"))
PAGE = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_it_runs_and_draws(script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("torch", "jax"):
        if f"import {package}" in script.read_text(encoding="utf-8") and find_spec(package) is None:
            pytest.skip(f"{package} is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GALLERY_SHARE", "0.04")  # of draws, models and minutes, where a script has many
    monkeypatch.setattr(sys, "argv", [str(script)])
    runpy.run_path(str(script), run_name="__main__")
    (figure,) = tmp_path.iterdir()
    assert figure.name == f"{script.stem}.png"
    assert figure.stat().st_size > 20_000


def test_the_page_shows_them_all() -> None:
    shown = re.findall(r"^!\[.+\]\(figures/gallery/(\w+)\.png\)", PAGE, re.MULTILINE)
    assert shown == re.findall(r"examples/gallery/(\w+)\.py", PAGE)
    assert sorted(shown) == [script.stem for script in SCRIPTS]
    assert all((ROOT / "docs" / "figures" / "gallery" / f"{name}.png").exists() for name in shown)
