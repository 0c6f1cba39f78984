"""The interface between the training loop and what is trained."""

from typing import Protocol

import torch
from torch import Tensor, nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluation import Evaluation


class Objective(Protocol):
    """What a training step makes small, and how a network is judged on the held-out part."""

    @property
    def rows(self) -> int:
        """How many training rows an epoch has; what a row is (a model, one of its kernels), each objective decides."""
        ...

    def terms(self, network: nn.Module, rows: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """The terms of the loss on the training rows at positions `rows`, by name: "value", and those of kernels.

        `generator` is the only source of chance.
        """
        ...

    def judge(self, network: nn.Module) -> Evaluation:
        """Errors of the network on the held-out part, and the one loss by which the best weights are chosen."""
        ...


def training_rows(data: TrainingData, sobolev: bool) -> int:
    """Rows of an epoch: the derivatives that there are to learn, one of a sample's each, or the samples."""
    picks = data.train.picks
    return len(data.train) if picks is None or not sobolev else len(picks)


def check_derivatives(data: TrainingData) -> None:
    """UsageError where the data hold no derivatives to learn from or to be judged on."""
    for part in (data.train, data.validation):
        if part.picks is None or not len(part.picks):
            raise UsageError("loss: sobolev given, but the store holds no derivatives; generate it with --derivatives")
