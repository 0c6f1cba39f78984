"""The interface between the training loop and what is trained."""

from typing import Protocol

import torch
from torch import Tensor, nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluation import Evaluation


class Objective(Protocol):
    """`rows`: how many training rows an epoch has; what a row is, is the objective's own affair."""

    @property
    def rows(self) -> int: ...

    def terms(self, network: nn.Module, rows: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """What the step on `rows` is to make small, by name; `generator` is the only source of chance."""
        ...

    def judge(self, network: nn.Module) -> Evaluation:
        """The network on the held-out part."""
        ...


def check_derivatives(data: TrainingData) -> None:
    """UsageError where the data hold no derivatives to learn from or to be judged on."""
    for part in (data.train, data.validation):
        if part.picks is None or not len(part.picks):
            raise UsageError("loss: sobolev given, but the store holds no derivatives; generate it with --derivatives")
