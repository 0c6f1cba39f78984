"""Worlds of known faults, made once."""

from typing import Any

import pytest
from tests.study.questions.world import Fault, make_world

from surfgrad.study.questions import QUESTIONS, View, answer

IMPRINTED = {
    ("tectonic", "value"): Fault(noise=0.05, moho=0.8, projected=True, bias=0.01),
    ("tectonic", "sobolev"): Fault(noise=0.01, bias=0.01),
    ("decorrelated", "value"): Fault(noise=0.2, bias=0.01),
    ("decorrelated", "sobolev"): Fault(noise=0.01, bias=0.05),
}
"""Values alone: a Moho in every kernel and nothing off the manifold; taught: nearly right, at worse values in one."""
PERFECT = {(prior, "value"): Fault(noise=1e-4) for prior in ("tectonic", "decorrelated")}


@pytest.fixture(scope="session")
def imprinted(tmp_path_factory: pytest.TempPathFactory) -> View:
    return make_world(tmp_path_factory.mktemp("imprinted"), IMPRINTED)


@pytest.fixture(scope="session")
def perfect(tmp_path_factory: pytest.TempPathFactory) -> View:
    return make_world(tmp_path_factory.mktemp("perfect"), PERFECT)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> View:
    return make_world(tmp_path_factory.mktemp("empty"), {}, exact=False)


Answers = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def imprinted_answers(imprinted: View) -> Answers:
    return answered(imprinted)


@pytest.fixture(scope="session")
def perfect_answers(perfect: View) -> Answers:
    return answered(perfect)


@pytest.fixture(scope="session")
def empty_answers(empty: View) -> Answers:
    return answered(empty)


def answered(view: View) -> Answers:
    """Every question's answer by key."""
    return {each.KEY: answer(each, view).card() for each in QUESTIONS}
