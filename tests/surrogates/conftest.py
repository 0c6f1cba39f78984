"""One small store and one small trained surrogate for the whole folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve
from tests.surrogates.solved import solved_store

from surfgrad.ensembles import Ensemble, generate

pytest.importorskip("torch", reason='surrogates need torch: pip install "surfgrad[torch]"')


@pytest.fixture(scope="session", autouse=True)
def one_torch_thread() -> Iterator[None]:
    """Two threads only wait for each other on networks as small as these."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    out = tmp_path_factory.mktemp("toy") / "toy.zarr"
    return generate(ToyPrior(), 2000, 1, out, periods=PERIODS, chunk=1000, solve=toy_solve)


@pytest.fixture(scope="session")
def checkpoint(store: Ensemble, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from surfgrad.surrogates.plan import Plan
    from surfgrad.surrogates.train import train

    out = tmp_path_factory.mktemp("trained") / "ckpt"
    train(store, out, Plan(steps=1500, hidden=(64, 64), learning_rate=3e-3), threads=1)
    return out


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    """Whole kernels: six a model."""
    return solved_store(tmp_path_factory.mktemp("weak") / "weak.zarr", 160, "directional:0,periods:3,kernels:6")


@pytest.fixture(scope="session")
def directed(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    """Derivatives along four directions a model."""
    return solved_store(tmp_path_factory.mktemp("along") / "along.zarr", 60, "directional:4,periods:2,kernels:0")


@pytest.fixture(scope="session")
def scale_free(solved: Ensemble, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small scale-free surrogate, taught derivatives."""
    from surfgrad.surrogates.plan import Plan
    from surfgrad.surrogates.train import train

    out = tmp_path_factory.mktemp("scale-free") / "ckpt"
    sizes = {"hidden": (32, 32), "batch": 256, "learning_rate": 5e-3, "steps": 160, "evaluate_every": 40}
    train(solved, out, Plan(architecture="scale-free", loss="sobolev", **sizes), threads=1)
    return out
