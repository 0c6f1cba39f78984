"""The study's folder: where everything lies, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surfgrad import __version__
from surfgrad.errors import FormatError, UsageError
from surfgrad.json_files import read_json, write_json
from surfgrad.study.presets import Preset

FORMAT = "surfgrad-study/1"


@dataclass(frozen=True)
class StudyFolder:
    """Paths below `root`. Nothing outside it is written."""

    root: Path

    @property
    def claim(self) -> Path:
        """The file that says which preset and version the folder belongs to."""
        return self.root / "study.json"

    def stage(self, name: str) -> Path:
        """The record of one stage."""
        return self.root / "stages" / f"{name}.json"

    def ensemble(self, name: str) -> Path:
        """The store of one set."""
        return self.root / "data" / f"{name}.zarr"

    def surrogate(self, name: str) -> Path:
        """The checkpoint of one surrogate."""
        return self.root / "surrogates" / name

    def audit(self, name: str) -> Path:
        """The folder of one audit."""
        return self.root / "audits" / name

    def comparison(self, name: str) -> Path:
        """What networks of two priors say of one another."""
        return self.root / "comparisons" / f"{name}.json"

    def record(self, name: str) -> Path:
        """The arrays behind one kind of figure."""
        return self.root / "records" / f"{name}.nc"

    def table(self, name: str) -> Path:
        """One table."""
        return self.root / "tables" / f"{name}.csv"

    @property
    def summary(self) -> Path:
        """The numbers of the whole study: the same for every run of the same preset, resumed or not."""
        return self.root / "summary.json"

    @property
    def run(self) -> Path:
        """How this run went: command, date, times of the stages."""
        return self.root / "run.json"

    @property
    def report(self) -> Path:
        """The report."""
        return self.root / "report.html"


def open_folder(root: str | Path, preset: Preset) -> StudyFolder:
    """Claim `root` for this preset and version, or continue there; UsageError when it belongs to something else."""
    folder = StudyFolder(Path(root))
    mine = {"format": FORMAT, "version": __version__, "preset": preset.card()}
    if folder.claim.is_file():
        _check_claim(folder, read_json(folder.claim), mine)
        return folder
    if folder.root.exists() and not folder.root.is_dir():
        raise UsageError(f"--out: {str(folder.root)!r} is a file; give a folder")
    if folder.root.is_dir() and any(folder.root.iterdir()):
        raise UsageError(f"--out: {str(folder.root)!r} is not empty and holds no study; give a new folder")
    for name in ("stages", "data", "surrogates", "audits", "comparisons", "records", "tables"):
        (folder.root / name).mkdir(parents=True, exist_ok=True)
    write_json(folder.claim, mine)
    return folder


def _check_claim(folder: StudyFolder, found: Any, mine: Mapping[str, Any]) -> None:
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise FormatError(f"{folder.claim}: not a study of format {FORMAT}; give a new folder")
    given = found.get("preset")
    preset = given if isinstance(given, dict) else {}
    if found.get("version") != mine["version"]:
        what = f"surfgrad {found.get('version')}, this is {mine['version']}"
    elif preset.get("name") != mine["preset"]["name"]:
        what = f"preset {preset.get('name')!r}, asked for is {mine['preset']['name']!r}"
    elif preset != mine["preset"]:
        what = f"other settings of preset {preset.get('name')!r}"
    else:
        return
    raise UsageError(f"--out: {str(folder.root)!r} was made with {what}; give a new folder")
