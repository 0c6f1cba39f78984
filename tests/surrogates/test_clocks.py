"""Budgets in minutes: whose minutes they are, and that they end a run."""

import itertools
import time
from pathlib import Path

import pytest

from surfgrad.ensembles import Ensemble
from surfgrad.surrogates.clocks import CLOCKS
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.train import train

SLEPT = 0.05


def dozing(store: Ensemble, out: Path, clock: str) -> tuple[float, float]:
    """A run that sleeps after every one of its ten steps: the seconds that it recorded, and those that passed."""
    plan = Plan(steps=10, clock=clock, hidden=(8,), batch=16)
    began = time.perf_counter()
    surrogate = train(store, out, plan, threads=1, progress=lambda share, latest: time.sleep(SLEPT))
    return surrogate.card.training["seconds"], time.perf_counter() - began


def test_the_cpu_clock_stands_still_while_the_process_waits(store: Ensemble, tmp_path: Path) -> None:
    # The last sleep comes after the last step; recorded seconds are rounded to tenths.
    recorded, passed = dozing(store, tmp_path / "cpu", "cpu")
    assert recorded <= passed - 10 * SLEPT + 0.05
    recorded, passed = dozing(store, tmp_path / "wall", "wall")
    assert 9 * SLEPT - 0.05 <= recorded <= passed + 0.05


def test_a_run_ends_when_its_clock_says_so(store: Ensemble, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A clock that goes one second a look: the loop looks once at the start, once a step and once a judgement.
    ticks = itertools.count(100.0)
    monkeypatch.setitem(CLOCKS, "ticks", lambda: float(next(ticks)))
    plan = Plan(budget_minutes=0.5, clock="ticks", hidden=(8,), batch=16, evaluate_every=10)
    training = train(store, tmp_path / "a", plan, threads=1).card.training
    assert [entry["seconds"] for entry in training["history"]] == [10.0, 21.0, 30.0]
    assert training["steps"] == 28
    assert training["plan"]["clock"] == "ticks"
