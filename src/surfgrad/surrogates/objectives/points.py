"""Networks that answer one (model, wave, period) at a time with ln(c / v) for a trial velocity v: `scale-free`."""

from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from surfgrad.surrogates.data import TrainingData
from surfgrad.surrogates.evaluation import Evaluation, mean_absolute, median_by_wave
from surfgrad.surrogates.kernel_terms import kernel_terms, log_kernels, relative_errors
from surfgrad.surrogates.objectives.base import check_derivatives, training_rows
from surfgrad.surrogates.picks import Picks
from surfgrad.surrogates.samples import Samples
from surfgrad.surrogates.scale_free import log_velocity

_NEAR, _FAR, _FAR_SHARE, _FARTHEST = 0.03, 0.1, 0.2, 0.3
"""Trial velocities: log-normal about the true one, a fifth of them wider, as far as a first guess may be."""
_ROUND = 1e-8
"""Rounds off |ln c error| below 1e-4."""
_JUDGED = 1024  # values, and derivatives, at each judgement
_PART = 256  # rows at once


class PointObjective:
    """Rows are picks with `sobolev`: value and whole kernel. With `value`, rows are samples, and each step asks one
    random (wave, period) of each."""

    def __init__(self, data: TrainingData, loss: str) -> None:
        self.data, self.sobolev = data, loss == "sobolev"
        self.periods = torch.as_tensor(data.periods, dtype=torch.float32)
        if self.sobolev:
            check_derivatives(data)

    @property
    def rows(self) -> int:
        """Picks, or samples."""
        return training_rows(self.data, self.sobolev)

    def terms(self, network: nn.Module, rows: Tensor, generator: torch.Generator) -> dict[str, Tensor]:
        """`value`, and the kernel terms with `sobolev`: means over waves, by their number of rows."""
        if self.sobolev:
            assert self.data.train.picks is not None
            picks = self.data.train.picks.pick(rows)
        else:
            picks = _any_value(self.data.train, rows, generator)
        shift = _shifts(len(picks), generator)
        total: dict[str, Tensor] = {}
        for number, part in enumerate(_by_wave(network)):
            chosen = torch.nonzero(picks.wave == number)[:, 0]
            if not len(chosen):
                continue
            share = len(chosen) / len(picks)
            for name, term in self._one_wave(part, picks.pick(chosen), shift[chosen]).items():
                total[name] = total.get(name, torch.zeros(())) + share * term
        return total

    def _one_wave(self, part: Any, picks: Picks, shift: Tensor) -> dict[str, Tensor]:
        batch = self.data.train.pick(picks.sample)
        periods, logs = self.periods[picks.period], batch.logs
        true = torch.log(batch.target[torch.arange(len(picks)), picks.wave, picks.period])

        def ratio(at: Tensor) -> Tensor:
            found: Tensor = part.residual(batch.thickness, *torch.exp(at).unbind(dim=1), periods, true + shift)
            return found

        if not self.sobolev:
            return {"value": _size(ratio(logs) + shift)}
        value, kernels = log_kernels(ratio, logs, graph=True)
        return {"value": _size(value + shift)} | kernel_terms(kernels, picks, logs)

    def judge(self, network: nn.Module) -> Evaluation:
        """As the trained network is used: at the velocity that it finds itself.

        Loss: the median kernel error (`sobolev`), or the mean |ln c error|.
        """
        held_out = self.data.validation
        error = torch.full_like(held_out.target, torch.nan)
        logs = error.clone()
        sample, wave, period = _spread(torch.nonzero(torch.isfinite(held_out.target))).unbind(dim=1)
        for rows in torch.arange(len(sample)).split(_PART):
            picks = Picks(sample[rows], wave[rows], period[rows])
            with torch.no_grad():
                found = torch.exp(self._answers(network, picks))
            at = (picks.sample, picks.wave, picks.period)
            # Where it finds none it has missed by all that there was.
            true = held_out.target[at]
            error[at] = torch.where(torch.isfinite(found), found - true, true)
            logs[at] = torch.where(torch.isfinite(found), torch.log(found / true), 1.0)
        judged = Evaluation(float(logs.abs().nanmean()), *mean_absolute(error), self._kernel_errors(network))
        return judged.judged_by_kernels() if self.sobolev else judged

    def _answers(self, network: nn.Module, picks: Picks, logs: Tensor | None = None) -> Tensor:
        """ln c (B,) that the network finds for held-out picks; with `logs`, as a function of the log models."""
        batch = self.data.validation.pick(picks.sample)
        logs = batch.logs if logs is None else logs
        answer = torch.full((len(picks),), torch.nan)
        for number, part in enumerate(_by_wave(network)):
            chosen = torch.nonzero(picks.wave == number)[:, 0]
            if len(chosen):
                models = (batch.thickness[chosen], *torch.exp(logs[chosen]).unbind(dim=1))
                answer = answer.index_put((chosen,), log_velocity(part, models, self.periods[picks.period[chosen]]))
        return answer

    def _kernel_errors(self, network: nn.Module) -> tuple[float, ...]:
        picks = self.data.validation.picks
        if picks is None or picks.kernels is None or not len(picks):
            return ()
        picks = picks.pick(_spread(torch.arange(len(picks))))
        errors = []
        for rows in torch.arange(len(picks)).split(_PART):
            part = picks.pick(rows)
            logs = self.data.validation.pick(part.sample).logs
            _, kernels = log_kernels(partial(self._answers, network, part), logs, graph=False)
            assert part.kernels is not None
            errors.append(relative_errors(kernels, part.kernels, logs)[:, 1])
        return median_by_wave(torch.nan_to_num(torch.cat(errors), nan=1.0), picks.wave, self.data.waves)


def _by_wave(network: Any) -> Any:
    return network.by_wave


def _size(error: Tensor) -> Tensor:
    return torch.sqrt(error.square() + _ROUND).mean()


def _spread(rows: Tensor) -> Tensor:
    """Some of the rows, evenly."""
    return rows[torch.linspace(0, len(rows) - 1, min(len(rows), _JUDGED)).long()]


def _shifts(count: int, generator: torch.Generator) -> Tensor:
    """ln(v / c) of the trial velocities, (count,)."""
    wide = torch.rand(count, generator=generator) < _FAR_SHARE
    spread = torch.where(wide, _FAR, _NEAR)
    return (spread * torch.randn(count, generator=generator)).clamp(-_FARTHEST, _FARTHEST)


def _any_value(samples: Samples, rows: Tensor, generator: torch.Generator) -> Picks:
    """One (wave, period) with a value for each sample; a sample without any is left out."""
    flat = torch.isfinite(samples.target[rows]).flatten(1)
    some = flat.any(dim=1)
    place = torch.multinomial(flat[some].double(), 1, generator=generator)[:, 0]
    periods = samples.target.shape[2]
    return Picks(rows[some], place // periods, place % periods)
