"""Export: what another runtime says of a surrogate is what the surrogate says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.ensembles.synthetic import PERIODS

from surfgrad.cli.app import main
from surfgrad.ensembles import Ensemble
from surfgrad.errors import FormatError, UsageError

if TYPE_CHECKING:
    from surfgrad.surrogates.surrogate import Surrogate

for package in ("onnx", "onnxscript", "onnxruntime"):
    pytest.importorskip(package, reason='export needs the extra onnx: pip install "surfgrad[onnx]"')

pytestmark = pytest.mark.slow  # the exporter takes ten seconds a file


@pytest.fixture(scope="module")
def exported(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("onnx") / "grid.onnx"
    assert main(["export", str(checkpoint), "--out", str(out)]) == 0
    return out


def relative(path: Path, checkpoint: Path, store: Ensemble, periods: np.ndarray) -> float:
    """Largest relative difference between a file and a checkpoint, over models of the store."""
    from surfgrad.surrogates.checkpoint import load_surrogate
    from surfgrad.surrogates.onnx import run_onnx

    models = store.models(slice(0, 200))
    found, expected = run_onnx(path, models), load_surrogate(checkpoint).predict(models, periods)
    assert found.shape == expected.shape
    return float(np.max(np.abs(found / expected - 1)))


def test_the_file_says_what_the_surrogate_says(exported: Path, checkpoint: Path, store: Ensemble) -> None:
    assert relative(exported, checkpoint, store, PERIODS) < 1e-5
    # Periods are a part of the file: others are told apart.
    assert relative(exported, checkpoint, store, PERIODS[::-1]) > 1e-2


def test_the_file_says_what_it_is(exported: Path, checkpoint: Path) -> None:
    import onnx

    model = onnx.load(exported)
    units = {value.name: value.doc_string for value in (*model.graph.input, *model.graph.output)}
    assert list(units) == ["thickness", "vp", "vs", "rho", "velocity"]
    assert units["vs"] == "km/s"
    assert "km/s: model, wave, period" in units["velocity"]
    (entry,) = model.metadata_props
    told = json.loads(entry.value)
    assert told["periods_s"] == PERIODS.tolist()
    assert told["waves"] == ["rayleigh", "love"]
    assert str(Path(__file__).parents[2]).encode() not in exported.read_bytes()
    assert b"site-packages" not in exported.read_bytes()


def test_other_periods_and_other_numbers_of_models(checkpoint: Path, store: Ensemble, tmp_path: Path) -> None:
    from surfgrad.surrogates.onnx import run_onnx

    out = tmp_path / "three.onnx"
    assert main(["export", str(checkpoint), "--out", str(out), "--periods", "3,33.3,7"]) == 0
    assert relative(out, checkpoint, store, np.array([3.0, 33.3, 7.0])) < 1e-5
    assert run_onnx(out, store.models([5])).shape == (1, 2, 3)


def test_a_transformer_too(store: Ensemble, tmp_path: Path) -> None:
    from surfgrad.surrogates.plan import Plan
    from surfgrad.surrogates.train import train

    train(store, tmp_path / "ckpt", Plan(architecture="paper", size="tiny", steps=20), threads=1)
    out = tmp_path / "paper.onnx"
    assert main(["export", str(tmp_path / "ckpt"), "--out", str(out), "--periods", "10,2"]) == 0
    assert relative(out, tmp_path / "ckpt", store, np.array([10.0, 2.0])) < 1e-5


@pytest.fixture(scope="module")
def scale_free() -> Surrogate:
    """A network that was never trained: its velocity is the mean vs of the windows, so that there is a root."""
    import torch

    from surfgrad.surrogates.card import CARD_SCHEMA, UNITS, Card, DomainCard
    from surfgrad.surrogates.scale_free import ScaleFreeNetwork, ScaleFreeSettings
    from surfgrad.surrogates.surrogate import Surrogate

    settings = ScaleFreeSettings(hidden=(16, 16))
    network = ScaleFreeNetwork(settings)
    network.initialise(torch.Generator().manual_seed(0), 0.3)
    with torch.no_grad():
        for part in network.by_wave:
            part.straight.weight.view(part.windows.count, -1)[:, 1] = part.weights
    card = Card(
        schema_version=CARD_SCHEMA,
        architecture="scale-free",
        sizes={"waves": settings.waves},
        normalisation="none",
        weights_sha256="",
        data={},
        prior=None,
        seed=0,
        units=UNITS,
        waves=list(settings.waves),
        kind="phase",
        domain=DomainCard(periods=[2.0, 60.0], vs_range=[(0.5, 5.0)], thickness=[]),
        training={},
        versions={},
    )
    return Surrogate(network.double().eval().requires_grad_(False), card)


def test_a_network_without_a_grid_keeps_its_freedom(scale_free: Surrogate, tmp_path: Path) -> None:
    from surfgrad.earth.priors import draw
    from surfgrad.surrogates.onnx import export_onnx, run_onnx

    periods = np.array([4.0, 30.0])
    told = export_onnx(scale_free, tmp_path / "free.onnx", periods)
    assert told["largest_difference"] < 1e-5
    many = [np.array(column) for column in zip(*(draw("weak", 1, index) for index in range(3)), strict=True)]
    for models in (tuple(many), tuple(values[:2, -7:] for values in many)):
        found, expected = run_onnx(tmp_path / "free.onnx", models), scale_free.predict(models, periods)
        assert np.isfinite(expected).all()
        np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_graph_that_differs_is_not_given_away(
    checkpoint: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from torch import Tensor, nn

    from surfgrad.surrogates import onnx
    from surfgrad.surrogates.checkpoint import load_surrogate
    from surfgrad.surrogates.tensor_only import tensor_only

    class Liar(nn.Module):
        """2e-5 too fast."""

        def __init__(self, *arguments: object) -> None:
            super().__init__()
            self.honest = tensor_only(*arguments)  # type: ignore[arg-type]

        def forward(self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor) -> Tensor:
            return self.honest(thickness, vp, vs, rho) * (1 + 2e-5)

    monkeypatch.setattr(onnx, "tensor_only", Liar)
    with pytest.raises(onnx.ExportError, match="differs from the surrogate by 2"):
        onnx.export_onnx(load_surrogate(checkpoint), tmp_path / "liar.onnx", [5.0])
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_exported(checkpoint: Path, tmp_path: Path) -> None:
    from surfgrad.surrogates.checkpoint import load_surrogate
    from surfgrad.surrogates.onnx import export_onnx

    with pytest.raises(UsageError, match="periods: 100 s given"):
        export_onnx(load_surrogate(checkpoint), tmp_path / "x.onnx", [100.0])
    with pytest.raises(FormatError, match="not a checkpoint folder"):
        load_surrogate(tmp_path / "none")
    assert main(["export", str(checkpoint), "--out", str(tmp_path / "x.pt")]) == 2
    assert not list(tmp_path.iterdir())
