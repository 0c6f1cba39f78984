"""One very small study, run end to end once: interrupted in its first audit, then continued."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import surfgrad.study.auditing
from surfgrad.study.folder import StudyFolder
from surfgrad.study.presets import Preset
from surfgrad.study.run import Study, run_study

MICRO = Preset(
    "micro",
    "seconds",
    train_count=24,
    test_count=6,
    side_count=4,
    steps={"grid-value": 6, "grid-sobolev": 4, "scale-free-value": 6},
    priors=("tectonic", "weak"),
    architectures=("grid",),
    losses=("value",),
    seeds=2,
    tested=("tectonic", "weak"),
    sides=("boundary", "litho1-craton", "litho1-ocean"),
    derivatives="directional:0,periods:1,kernels:1",
    looks=2,
    stride=1,
    inversions=1,
    starts=1,
    periods=(4.0, 52.0, 8.0),
    samples=4,
)


@dataclass(frozen=True)
class Resumed:
    """The finished study, what lay there when it was interrupted, and which stages the second run had to do."""

    study: Study
    interrupted: Mapping[str, bytes]
    observed: Path

    @property
    def folder(self) -> StudyFolder:
        return self.study.folder

    @property
    def summary(self) -> Any:
        return self.study.summary


@pytest.fixture(scope="session")
def micro(tmp_path_factory: pytest.TempPathFactory) -> Resumed:
    pytest.importorskip("torch", reason="the study trains networks")
    pytest.importorskip("safetensors", reason="the study trains networks")
    room = tmp_path_factory.mktemp("micro")
    observed = room / "curve.txt"
    observed.write_text("8 3.1 2.9\n12 -1 -1\n20 3.4 3.0\n40 3.8 3.5\n200 4.5 4.0\n")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surfgrad.study.auditing, "_audit", stop)
        with pytest.raises(KeyboardInterrupt):
            run_study(MICRO, room / "study", observed=observed, workers=1)
    stages = {path.stem: path.read_bytes() for path in (room / "study" / "stages").iterdir()}
    return Resumed(run_study(MICRO, room / "study", observed=observed, workers=1), stages, observed)
