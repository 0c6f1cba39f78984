"""Networks that give whole curves at the trained periods: `grid` and `paper`."""

from typing import Any

import torch
from torch import Tensor, nn

from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluation import Evaluation, mean_absolute, median_by_wave
from surfgrad.surrogates.kernel_terms import kernel_terms, log_kernels, relative_errors
from surfgrad.surrogates.losses import value_loss
from surfgrad.surrogates.objectives.base import check_derivatives, training_rows
from surfgrad.surrogates.picks import Picks
from surfgrad.surrogates.samples import Samples

_ROWS = 1024  # samples predicted at once
_JUDGED = 512  # derivatives held against exact ones at each judgement
_PART = 128  # of them at once


class CurveObjective:
    """Rows are samples; with derivatives (`sobolev`), rows are picks, and the value term is that of their samples.

    The kernel of the picked (wave, period) comes from one reverse sweep, whatever the number of layers, and is
    differentiated again by the weights: the whole kernel is taught at the cost of a few value steps.
    """

    def __init__(self, data: TrainingData, loss: str) -> None:
        self.data, self.sobolev = data, loss == "sobolev"
        self.scale = torch.as_tensor(data.normalisation.output_std, dtype=torch.float32)
        if self.sobolev:
            check_derivatives(data)

    @property
    def rows(self) -> int:
        """Samples, or picks."""
        return training_rows(self.data, self.sobolev)

    def terms(self, network: nn.Module, rows: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """`value`, and the kernel terms with `sobolev`."""
        if not self.sobolev:
            batch = self.data.train.pick(rows)
            return {"value": value_loss(network(*batch.models), batch.target, self.scale)}
        assert self.data.train.picks is not None
        picks = self.data.train.picks.pick(rows)
        batch = self.data.train.pick(picks.sample)
        velocity, logs, kernels = _kernels(network, batch, picks, graph=True)
        value = torch.sqrt(value_loss(velocity, batch.target, self.scale) + 1e-8)
        return {"value": value} | kernel_terms(kernels, picks, logs)

    def judge(self, network: nn.Module) -> Evaluation:
        """Values of all held-out samples; kernels of some."""
        held_out = self.data.validation
        with torch.no_grad():
            rows = torch.arange(len(held_out)).split(_ROWS)
            velocity = torch.cat([network(*held_out.pick(each).models) for each in rows])
        loss = float(value_loss(velocity, held_out.target, self.scale))
        found = Evaluation(loss, *mean_absolute(velocity - held_out.target), self._kernel_errors(network))
        return found.judged_by_kernels() if self.sobolev else found

    def _kernel_errors(self, network: nn.Module) -> tuple[float, ...]:
        picks = self.data.validation.picks
        if picks is None or picks.kernels is None or not len(picks):
            return ()
        picks = picks.pick(torch.linspace(0, len(picks) - 1, min(len(picks), _JUDGED)).long())
        errors = []
        for rows in torch.arange(len(picks)).split(_PART):
            part = picks.pick(rows)
            _, logs, kernels = _kernels(network, self.data.validation.pick(part.sample), part, graph=False)
            assert part.kernels is not None
            errors.append(relative_errors(kernels, part.kernels, logs)[:, 1])
        return median_by_wave(torch.cat(errors).detach(), picks.wave, self.data.waves)


def _kernels(network: Any, batch: Samples, picks: Picks, *, graph: bool) -> tuple[Tensor, Tensor, Tensor]:
    """Velocities (B, W, T), log models (B, 3, L), and the kernels (B, 3, L) of the picked ln c."""
    logs = batch.logs
    kept: list[Tensor] = []

    def picked(at: Tensor) -> Tensor:
        kept.append(network(batch.thickness, *torch.exp(at).unbind(dim=1)))
        value = kept[0][torch.arange(len(picks)), picks.wave, picks.period]
        # A network without a bound below may pass through 0 while it is young.
        return torch.log(value.clamp(min=0.05))

    _, kernels = log_kernels(picked, logs, graph=graph)
    return kept[0], logs, kernels
