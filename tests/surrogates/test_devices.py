"""Where networks compute. There is no CUDA where these tests run: what they hold is that its absence is said."""

from pathlib import Path
from typing import Any

import pytest
import torch

from surfgrad.cli.app import main
from surfgrad.ensembles import Ensemble
from surfgrad.errors import UsageError
from surfgrad.surrogates.architectures import architecture
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.data import load_data
from surfgrad.surrogates.devices import chosen_device
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.train import train

without_cuda = pytest.mark.skipif(torch.cuda.is_available(), reason="there is CUDA here")


@without_cuda
def test_auto_is_the_cpu_and_cuda_is_refused() -> None:
    assert chosen_device("cpu") == chosen_device("auto") == torch.device("cpu")
    with pytest.raises(UsageError, match="torch sees no CUDA device"):
        chosen_device("cuda")
    with pytest.raises(UsageError, match="device: 'tpu' given; allowed are cpu, cuda, auto"):
        chosen_device("tpu")


@without_cuda
def test_training_and_loading_refuse_cuda_and_leave_nothing(
    store: Ensemble, checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a"
    with pytest.raises(UsageError, match="no CUDA"):
        train(store, out, Plan(steps=5), device="cuda")
    with pytest.raises(UsageError, match="no CUDA"):
        load_surrogate(checkpoint, device="cuda")
    assert main(["train", "--data", str(store.path), "--out", str(out), "--steps", "5", "--device", "cuda"]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if line.startswith("surfgrad")]
    assert len(lines) == 1
    assert "device: 'cuda' given" in lines[0]
    assert not list(tmp_path.iterdir())


def test_everything_of_the_data_goes_along(solved: Ensemble, directed: Ensemble) -> None:
    # "meta" has no values, but places: a tensor that stayed behind is seen.
    there = torch.device("meta")
    for store, name in ((solved, "kernels"), (directed, "directions")):
        moved = load_data(store, 0.1).to(there)
        for part in (moved.train, moved.validation):
            assert part.picks is not None
            tensors = [*part.models, part.target, part.picks.sample, part.picks.wave, part.picks.period]
            assert all(each.device == there for each in [*tensors, getattr(part.picks, name)])


@pytest.mark.parametrize("name", ["grid", "paper", "scale-free"])
@pytest.mark.parametrize("loss", ["value", "sobolev"])
def test_a_step_creates_nothing_elsewhere(solved: Ensemble, name: str, loss: str) -> None:
    # Tensors of two devices cannot be mixed, "meta" and the CPU neither.
    kind, there = architecture(name), torch.device("meta")
    data, size = load_data(solved, 0.1), {"size": "tiny"} if name == "paper" else {"hidden": (8, 8)}
    network = kind.start(Plan(architecture=name, **size), data).to(there)  # type: ignore[arg-type]
    with there:
        objective: Any = kind.objective(data.to(there), loss)
        rows = torch.as_tensor([1] * 16)
        if name == "scale-free":  # which picks belong to which wave depends on values
            terms = objective._one_wave(network.by_wave[0], objective.data.train.picks.pick(rows), torch.zeros(16))
        else:
            terms = objective.terms(network, rows, None)
        torch.stack([*terms.values()]).sum().backward()
    assert {each.device for each in terms.values()} == {there}
    if loss == "value" and name == "grid":
        with pytest.raises(RuntimeError):  # what the check is for: the data left behind
            kind.objective(data, loss).terms(network, torch.arange(16), torch.Generator())


def test_auto_trains_to_the_same_weights_as_the_cpu(store: Ensemble, tmp_path: Path) -> None:
    plan = Plan(steps=10, hidden=(8,), batch=32)
    found = [train(store, tmp_path / name, plan, threads=1, device=name) for name in ("cpu", "auto")]
    one, other = (dict(each.network.state_dict()) for each in found)
    assert torch.cuda.is_available() or all(torch.equal(one[name], other[name]) for name in one)
