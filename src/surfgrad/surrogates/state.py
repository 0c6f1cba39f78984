"""The state of an unfinished training run, in one file: tensors as safetensors, scalars as JSON in its header."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from surfgrad.errors import FormatError, UsageError
from surfgrad.files import replacing
from surfgrad.surrogates.balance import Balance
from surfgrad.text import cause

Record = dict[str, Any]


@dataclass
class State:
    """What changes while training runs: weights, AdamW's moments, the running mean of the weights, the best so far, the
    sizes of the loss's terms, and the history."""

    network: nn.Module
    optimizer: torch.optim.Optimizer
    step: int = 0
    seconds: float = 0.0
    mean: dict[str, Tensor] = field(default_factory=dict)
    best: dict[str, Tensor] = field(default_factory=dict)
    balance: Balance = field(default_factory=Balance)
    best_step: int = -1
    best_loss: float = float("inf")
    history: list[Record] = field(default_factory=list)

    @property
    def device(self) -> torch.device:
        """Where the network is."""
        return next(self.network.parameters()).device

    def weights(self) -> dict[str, Tensor]:
        """A copy of the network's weights and buffers."""
        return {name: value.detach().clone() for name, value in self.network.state_dict().items()}

    def average(self, memory: float | None) -> None:
        """Take the present weights into the running mean, whose memory grows to `memory` while it is young."""
        if memory is None:
            return
        if not self.mean:
            self.mean = self.weights()
        share = 1.0 - min(memory, self.step / (self.step + 10.0))
        for name, value in self.network.state_dict().items():
            self.mean[name].lerp_(value, share)

    @contextmanager
    def averaged(self) -> Iterator[nn.Module]:
        """The network with the mean weights, for as long as it is judged."""
        if not self.mean:
            yield self.network
            return
        present = self.weights()
        self.network.load_state_dict(self.mean)
        try:
            yield self.network
        finally:
            self.network.load_state_dict(present)

    def keep_best(self, loss: float) -> None:
        """Remember the network's weights if they are the best yet."""
        if loss < self.best_loss:
            self.best_loss, self.best_step, self.best = loss, self.step, self.weights()


_SCALARS = ("step", "seconds", "best_step", "best_loss", "history")


def save_state(state: State, path: Path, identity: Record) -> None:
    """Write everything, whole or not at all. `identity`: what the run is; another run refuses the file."""
    tensors = {f"weights.{name}": value for name, value in state.network.state_dict().items()}
    tensors |= {f"best.{name}": value for name, value in state.best.items()}
    for index, moments in state.optimizer.state_dict()["state"].items():
        tensors |= {f"adam.{index}.{name}": value for name, value in moments.items()}
    scalars = {name: getattr(state, name) for name in _SCALARS}
    tensors |= {f"mean.{name}": value for name, value in state.mean.items()}
    header = {"json": json.dumps({"identity": identity, "sizes": state.balance.sizes, **scalars})}
    with replacing(path) as temporary:
        save_file({name: value.contiguous().clone() for name, value in tensors.items()}, temporary, header)


def load_state(state: State, path: Path, identity: Record) -> None:
    """Continue from a file that `save_state` wrote, into a freshly built state of the same plan and data.

    Raises UsageError where the file belongs to another run, FormatError where it is damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            header = json.loads((file.metadata() or {})["json"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  (not a dict)
        theirs = header["identity"]
        scalars = {name: header[name] for name in _SCALARS}
        sizes = {str(name): float(value) for name, value in header["sizes"].items()}
    except (SafetensorError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(f"{path}: not a training state ({cause(error, 100)})") from None
    for key, value in identity.items():
        if theirs.get(key) != value:
            raise UsageError(f"{path}: belongs to another training run ({key} differs); remove it to start afresh")
    try:
        _restore(state, tensors)
    except (RuntimeError, ValueError, KeyError) as error:
        raise FormatError(f"{path}: its tensors do not fit ({cause(error, 100)})") from None
    state.balance = Balance(sizes)
    for name, value in scalars.items():
        setattr(state, name, value)


def _restore(state: State, tensors: dict[str, Tensor]) -> None:
    state.network.load_state_dict(_under(tensors, "weights."))
    state.mean, state.best = (
        {name: value.to(state.device) for name, value in _under(tensors, part).items()} for part in ("mean.", "best.")
    )
    moments: dict[int, dict[str, Tensor]] = {}
    for name, value in _under(tensors, "adam.").items():
        index, moment = name.split(".")
        moments.setdefault(int(index), {})[moment] = value
    groups = state.optimizer.state_dict()["param_groups"]
    state.optimizer.load_state_dict({"state": moments, "param_groups": groups})


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
