"""Derivatives in training: the terms measure what they say, every architecture is taught by them, and runs repeat."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tests.surrogates.test_train import Killed, kill_at, same

from surfgrad.ensembles import Ensemble
from surfgrad.errors import UsageError
from surfgrad.surrogates.architectures import architecture
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.data import TrainingData, load_data
from surfgrad.surrogates.kernel_terms import kernel_terms, log_kernels, relative_errors
from surfgrad.surrogates.picks import Picks
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.train import train

PLANS = {
    "grid": Plan(architecture="grid", hidden=(64, 64), learning_rate=3e-3),
    "paper": Plan(architecture="paper", size="tiny", learning_rate=2e-3),
    "scale-free": Plan(architecture="scale-free", hidden=(32, 32), learning_rate=5e-3),
}


@pytest.fixture(scope="module")
def data(solved: Ensemble) -> TrainingData:
    return load_data(solved, 0.1)


def rows(count: int) -> torch.Tensor:
    return torch.arange(count)


def test_exact_kernels_have_no_error_and_others_theirs(data: TrainingData) -> None:
    picks = data.train.picks
    assert picks is not None
    picks = picks.pick(rows(20))
    assert picks.kernels is not None
    batch = data.train.pick(picks.sample)
    logs = torch.log(torch.stack([batch.vp, batch.vs, batch.rho], dim=1))
    for factor in (1.0, 1.25):
        errors = relative_errors(factor * picks.kernels, picks.kernels, logs)
        # Love: there is no vp kernel, and no error in its absence.
        expected = torch.where((picks.wave == 1)[:, None] & (torch.arange(3) == 0), 0.0, factor - 1.0)
        torch.testing.assert_close(errors, expected, rtol=1e-2, atol=2e-3)
    wrong = picks.kernels.clone()
    wrong[:, 0] += wrong[:, 1]  # a vp kernel that looks like the vs kernel
    assert relative_errors(wrong, picks.kernels, logs)[:, 0].min() > 0.5
    assert kernel_terms(picks.kernels, picks, logs)["vs"] < 2e-3


def test_derivatives_along_directions_are_those_of_whole_kernels(directed: Ensemble) -> None:
    from surfgrad.waves.kernels import phase_kernels

    picks = load_data(directed, 0.1).train.picks
    assert picks is not None
    parts = load_data(directed, 0.1).train
    one = picks.pick(rows(3))
    for number in range(3):
        model = [array[one.sample[number]].double().numpy() for array in parts.models]
        wave, period = ("rayleigh", "love")[one.wave[number]], directed.periods[one.period[number]]
        exact = phase_kernels(*model, [period], wave=wave, per="log", threads=1)
        whole = torch.as_tensor(np.stack([exact.vp[0], exact.vs[0], exact.rho[0]])[None], dtype=torch.float32)
        batch = parts.pick(one.sample[number : number + 1])
        logs = torch.log(torch.stack([batch.vp, batch.vs, batch.rho], dim=1))
        assert kernel_terms(whole, one.pick(torch.tensor([number])), logs)["along"] < 2e-3
        assert kernel_terms(-whole, one.pick(torch.tensor([number])), logs)["along"] > 0.5


@pytest.mark.parametrize("name", PLANS)
def test_gradients_by_the_weights_are_those_of_differences(data: TrainingData, name: str) -> None:
    """Of value and kernel terms together, in double precision: the double backward of every architecture."""
    kind = architecture(name)
    double = _double(data)
    network = kind.start(PLANS[name], double).double()
    objective = kind.objective(double, "sobolev")

    def loss() -> torch.Tensor:
        terms = objective.terms(network, rows(4), torch.Generator().manual_seed(1))
        return torch.stack([term.double() for term in terms.values()]).sum()

    loss().backward()
    generator = torch.Generator().manual_seed(2)
    changes = [torch.randn(each.shape, generator=generator, dtype=torch.float64) for each in network.parameters()]
    slope = sum(float((each.grad * by).sum()) for each, by in zip(network.parameters(), changes, strict=True))
    sides = []
    for step in (1e-5, -2e-5):
        with torch.no_grad():
            for each, by in zip(network.parameters(), changes, strict=True):
                each += step * by
        sides.append(float(loss().detach()))
    assert slope == pytest.approx((sides[0] - sides[1]) / 2e-5, rel=1e-4)


def _double(data: TrainingData) -> TrainingData:
    def cast(part: Any) -> Any:
        names = ("thickness", "vp", "vs", "rho", "target")
        picks = replace(part.picks, kernels=part.picks.kernels.double())
        return replace(part, picks=picks, **{name: getattr(part, name).double() for name in names})

    return replace(data, train=cast(data.train), validation=cast(data.validation))


@pytest.mark.parametrize(("name", "steps", "gain"), [("grid", 60, 0.8), ("scale-free", 60, 0.5)])
def test_derivatives_taught_are_derivatives_learned(
    solved: Ensemble, tmp_path: Path, name: str, steps: int, gain: float
) -> None:
    errors = {}
    for loss in ("value", "sobolev"):
        plan = replace(PLANS[name], loss=loss, steps=steps, evaluate_every=steps, batch=64)
        card = train(solved, tmp_path / loss, plan, threads=1).card
        errors[loss] = card.training["validation"]["kernel_error"]["all"]
    assert errors["sobolev"] < gain * errors["value"]


@pytest.mark.parametrize("name", ["paper", "scale-free"])
def test_a_killed_run_ends_where_an_uninterrupted_one_does(solved: Ensemble, tmp_path: Path, name: str) -> None:
    plan = replace(PLANS[name], loss="sobolev", steps=12, evaluate_every=3, batch=32)
    whole = train(solved, tmp_path / "whole", plan, threads=1)
    with pytest.raises(Killed):
        train(solved, tmp_path / "cut", plan, threads=1, progress=kill_at(0.6), save_seconds=0.0)
    cut = train(solved, tmp_path / "cut", plan, threads=1, resume=True)
    assert same(tmp_path / "whole", tmp_path / "cut")
    for mine, theirs in zip(whole.card.training["history"], cut.card.training["history"], strict=True):
        assert {**mine, "seconds": 0} == {**theirs, "seconds": 0}


def test_directions_teach_too(directed: Ensemble, tmp_path: Path) -> None:
    plan = replace(PLANS["scale-free"], loss="sobolev", steps=4, evaluate_every=2, batch=32)
    # Without whole kernels there is no kernel error to be judged by; the value decides.
    card = train(directed, tmp_path / "a", plan, threads=1).card
    assert "kernel_error" not in card.training["validation"]
    assert card.training["derivatives"]["training"] > 100


def test_a_store_without_derivatives_is_refused(store: Ensemble, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--derivatives"):
        train(store, tmp_path / "a", Plan(architecture="grid", loss="sobolev", steps=2))
    assert not list(tmp_path.iterdir())


def test_the_learning_curve_is_a_table(solved: Ensemble, tmp_path: Path) -> None:
    train(solved, tmp_path / "a", replace(PLANS["grid"], loss="sobolev", steps=4, evaluate_every=2), threads=1)
    lines = (tmp_path / "a" / "learning_curve.csv").read_text().splitlines()
    assert lines[0].split(",")[:2] == ["step", "seconds"]
    assert [line.split(",")[0] for line in lines[1:]] == ["2", "4"]
    told = load_surrogate(tmp_path / "a").card.training["history"][-1]["validation_kernel_error"]
    assert float(lines[-1].split(",")[5]) == told


@pytest.mark.parametrize("size", [("paper", "huge"), ("grid", "published")])
def test_unknown_sizes_are_refused(solved: Ensemble, tmp_path: Path, size: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="size"):
        train(solved, tmp_path / "a", Plan(architecture=size[0], size=size[1], steps=1))


def test_kernels_of_a_function_are_its_derivatives() -> None:
    logs = torch.linspace(0.1, 1.0, 24, dtype=torch.float64).reshape(2, 3, 4)
    value, kernels = log_kernels(lambda at: (at**3).sum(dim=(1, 2)), logs, graph=False)
    torch.testing.assert_close(kernels, 3 * logs**2)
    torch.testing.assert_close(value.detach(), (logs**3).sum(dim=(1, 2)))


def test_picks_are_rows_with_values(data: TrainingData) -> None:
    for part in (data.train, data.validation):
        picks = part.picks
        assert isinstance(picks, Picks)
        assert torch.isfinite(part.target[picks.sample, picks.wave, picks.period]).all()
