"""Training: it learns, it repeats itself, it resumes, and it refuses."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tests.ensembles.synthetic import PERIODS, ToyPrior, toy_solve

from surfgrad.contracts import Forward
from surfgrad.ensembles import Ensemble, from_models, generate
from surfgrad.errors import FormatError, UsageError
from surfgrad.surrogates.architectures import architecture
from surfgrad.surrogates.checkpoint import load_surrogate
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.train import train

SHORT = Plan(steps=60, evaluate_every=20, hidden=(16, 16), batch=64)


class Killed(BaseException):
    """Stands for a kill."""


def kill_at(share: float) -> Any:
    def progress(over: float, latest: Any) -> None:
        if over >= share:
            raise Killed

    return progress


def weights(folder: Path) -> dict[str, torch.Tensor]:
    return dict(load_surrogate(folder).network.state_dict())


def same(one: Path, other: Path) -> bool:
    mine, theirs = weights(one), weights(other)
    return mine.keys() == theirs.keys() and all(torch.equal(mine[name], theirs[name]) for name in mine)


def test_values_of_unseen_models_are_learned(checkpoint: Path) -> None:
    surrogate = load_surrogate(checkpoint)
    assert isinstance(surrogate, Forward)
    arrays = [ToyPrior().sample(np.random.default_rng([9, index])) for index in range(200)]
    models = tuple(np.array([model[row] for model in arrays]) for row in range(4))
    exact = np.stack([toy_solve(*models, PERIODS, wave=w, mode=0, threads=1)[0] for w in surrogate.waves], axis=1)
    error = np.abs(surrogate.predict(models, PERIODS) - exact)
    # What the mean curve would reach by knowing nothing of the model.
    ignorant = np.nanmean(np.abs(exact - np.nanmean(exact, axis=0)))
    assert np.nanmean(error) < 0.05 * ignorant
    told = surrogate.card.training["validation"]["mae_km_s"]["all"]
    assert told == pytest.approx(np.nanmean(error), rel=0.3)


def test_the_card_says_where_it_comes_from(checkpoint: Path, store: Ensemble) -> None:
    card = load_surrogate(checkpoint).card
    assert card.data["content_sha256"] == store.card["content_sha256"]
    assert card.prior == store.card["prior"]
    assert card.training["samples"] == {"training": 1900, "validation": 100}
    # Slow half-spaces have no value at the longest period: masked, and told.
    assert 0.01 < card.training["masked_share"]["training"] < 0.1
    assert card.training["history"][-1]["step"] == card.training["steps"] == 1500
    losses = [entry["validation_loss"] for entry in card.training["history"]]
    assert card.training["validation"]["loss"] == pytest.approx(min(losses), rel=1e-6)
    assert {"surfgrad", "torch", "numpy"} <= card.versions.keys()


def test_same_seed_same_weights_other_seed_other_weights(store: Ensemble, tmp_path: Path) -> None:
    torch.manual_seed(1)
    train(store, tmp_path / "a", SHORT, threads=1)
    torch.manual_seed(2)  # the global generator plays no part
    before = torch.random.get_rng_state()
    train(store, tmp_path / "b", SHORT, threads=1)
    assert torch.equal(torch.random.get_rng_state(), before)
    train(store, tmp_path / "c", Plan(**{**SHORT.__dict__, "seed": 1}), threads=1)
    assert same(tmp_path / "a", tmp_path / "b")
    assert not same(tmp_path / "a", tmp_path / "c")


def test_a_killed_run_resumes_to_the_same_weights(store: Ensemble, tmp_path: Path) -> None:
    train(store, tmp_path / "whole", SHORT, threads=1)
    cut = tmp_path / "cut"
    for share in (0.5, 0.9):
        with pytest.raises(Killed):
            train(store, cut, SHORT, threads=1, resume=True, progress=kill_at(share), save_seconds=0.0)
        assert not cut.exists()
    with pytest.raises(UsageError, match="--resume"):
        train(store, cut, SHORT, threads=1)
    steps = []
    train(store, cut, SHORT, threads=1, resume=True, progress=lambda over, latest: steps.append(over))
    assert len(steps) == 20  # of 60: the last evaluation before the kill was at 40
    assert same(cut, tmp_path / "whole")
    curves = [load_surrogate(folder).card.training["history"] for folder in (cut, tmp_path / "whole")]
    resumed, uninterrupted = ([{**entry, "seconds": 0} for entry in curve] for curve in curves)
    assert resumed == uninterrupted
    assert [entry["step"] for entry in resumed] == [20, 40, 60]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut", "whole"]


def test_resuming_what_is_finished_returns_it(store: Ensemble, tmp_path: Path) -> None:
    train(store, tmp_path / "a", SHORT, threads=1)
    again = train(store, tmp_path / "a", SHORT, threads=1, resume=True, progress=kill_at(0.0))
    assert again.card == load_surrogate(tmp_path / "a").card
    with pytest.raises(UsageError, match="exists"):
        train(store, tmp_path / "a", SHORT)
    with pytest.raises(UsageError, match="another plan"):
        train(store, tmp_path / "a", Plan(steps=61), resume=True)


def test_a_state_of_another_run_or_a_damaged_one_is_refused(store: Ensemble, tmp_path: Path) -> None:
    out = tmp_path / "a"
    with pytest.raises(Killed):
        train(store, out, SHORT, progress=kill_at(0.5), save_seconds=0.0)
    with pytest.raises(UsageError, match="plan differs"):
        train(store, out, Plan(**{**SHORT.__dict__, "learning_rate": 0.5}), resume=True)
    state = tmp_path / "a.training.safetensors"
    state.write_bytes(state.read_bytes()[:-100])
    with pytest.raises(FormatError, match="not a training state"):
        train(store, out, SHORT, resume=True)


def test_a_budget_in_minutes_ends_the_run(store: Ensemble, tmp_path: Path) -> None:
    shares: list[float] = []
    plan = Plan(budget_minutes=0.01, hidden=(8,), evaluate_every=5)
    train(store, tmp_path / "a", plan, threads=1, progress=lambda over, latest: shares.append(over))
    assert shares[-1] == 1.0
    assert all(share < 1.0 for share in shares[:-1])


def test_patience_ends_a_run_that_no_longer_improves(store: Ensemble, tmp_path: Path) -> None:
    # A rate far too high cannot improve for long, though clipping and normalised steps keep it finite.
    plan = Plan(steps=400, hidden=(8,), evaluate_every=5, patience=2, learning_rate=0.3)
    surrogate = train(store, tmp_path / "a", plan, threads=1)
    training = surrogate.card.training
    assert training["steps"] == training["best_step"] + 10 < 400


def test_divergence_is_told(store: Ensemble, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="learning_rate"):
        train(store, tmp_path / "a", Plan(steps=60, hidden=(8,), evaluate_every=5, learning_rate=1e30), threads=1)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        ({"architecture": "oracle"}, "architecture"),
        ({"loss": "hope"}, "loss"),
        ({"hidden": (0,)}, "hidden"),
        ({"architecture": "paper", "hidden": (8,)}, "hidden: .* paper has no such sizes"),
        ({"validation": 0.9}, "validation"),
        ({"steps": 0}, "steps"),
        ({"batch": 0}, "batch"),
        ({"seed": -1}, "seed"),
        ({"learning_rate": float("nan")}, "learning_rate"),
        ({"weight_decay": -1.0}, "weight_decay"),
        ({"budget_minutes": 0.0}, "budget_minutes"),
        ({"clock": "sand"}, "clock"),
        ({"input_gain": 0.0}, "input_gain"),
    ],
)
def test_bad_plans_name_the_entry(store: Ensemble, tmp_path: Path, bad: dict[str, Any], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        train(store, tmp_path / "a", Plan(**{"steps": 5, **bad}))
    assert not list(tmp_path.iterdir())


def test_a_mistake_in_an_architecture_is_not_taken_for_wrong_sizes() -> None:
    def wrong(*_: Any) -> Any:
        return 1 + "1"  # type: ignore[operator]

    with pytest.raises(TypeError, match="unsupported operand"):
        replace(architecture("grid"), first=wrong).start(Plan(hidden=(8,)), None)  # type: ignore[arg-type]


def test_stores_that_nothing_can_be_learned_from_are_refused(tmp_path: Path) -> None:
    def never(*arrays: Any, **options: Any) -> Any:
        velocity, status = toy_solve(*arrays, **options)
        return np.full_like(velocity, np.nan), np.ones_like(status)

    empty = generate(ToyPrior(), 40, 1, tmp_path / "empty.zarr", periods=PERIODS, solve=never)
    with pytest.raises(UsageError, match="nothing to learn"):
        train(empty, tmp_path / "a", SHORT)
    models = tuple(array[:4] for array in empty.models())
    models[0][1] *= 2.0
    mixed = from_models(models, tmp_path / "mixed.zarr", source="test", periods=PERIODS, solve=toy_solve)
    with pytest.raises(UsageError, match="one grid"):
        train(mixed, tmp_path / "a", SHORT)


def test_threads_are_given_back(store: Ensemble, tmp_path: Path) -> None:
    before = torch.get_num_threads()
    train(store, tmp_path / "a", Plan(steps=1, hidden=(4,)), threads=1)
    assert torch.get_num_threads() == before
    with pytest.raises(UsageError, match="threads"):
        train(store, tmp_path / "b", SHORT, threads=0)
