"""Training on samples that come and go: every step sees a new batch; scales and held-out part are a store's."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.ensembles.labels.stored import StoredLabels
from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluation import Evaluation
from surfgrad.surrogates.objectives.base import Objective
from surfgrad.surrogates.picks import picks_of
from surfgrad.surrogates.samples import Samples, samples_of

Blocks = Iterator[Mapping[str, np.ndarray]]


class StreamedObjective:
    """`make`: the objective of given data. `blocks`: arrays by name for this step and all later ones, each with `rows`
    samples; `labels`: how to read the derivatives among them, or None. Where a block holds more derivatives than
    `rows`, chance picks as many."""

    def __init__(
        self,
        make: Callable[[TrainingData], Objective],
        data: TrainingData,
        blocks: Blocks,
        rows: int,
        labels: StoredLabels | None,
    ) -> None:
        self._make, self._data, self._blocks, self._labels = make, data, blocks, labels
        self._judge = make(data).judge
        self.rows = rows

    def terms(self, network: nn.Module, rows: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """What the step is to make small; the next block stands for `rows`."""
        objective = self._make(replace(self._data, train=self._samples(next(self._blocks))))
        chosen = torch.randperm(objective.rows, generator=generator)[: len(rows)]
        return objective.terms(network, chosen, generator)

    def judge(self, network: nn.Module) -> Evaluation:
        """The network on the store's held-out part."""
        return self._judge(network)

    def _samples(self, block: Mapping[str, np.ndarray]) -> Samples:
        grid = None if "thickness" in block else self._data.train.thickness[:1]
        picks = None if self._labels is None else picks_of(self._labels.of(block), np.arange(len(block["vs"])))
        return samples_of(block, grid, picks)
