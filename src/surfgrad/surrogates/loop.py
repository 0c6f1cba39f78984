"""The training loop: AdamW, one rise and fall of the learning rate, clipped gradients, best held-out weights kept."""

import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from surfgrad.errors import UsageError
from surfgrad.surrogates.batches import batch_rows
from surfgrad.surrogates.data import Samples, TrainingData
from surfgrad.surrogates.evaluate import evaluate
from surfgrad.surrogates.losses import Loss, loss_function
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.schedule import learning_rate
from surfgrad.surrogates.state import Record, State

Progress = Callable[[float, Record | None], None]
"""Called after every step as progress(share of the run that is over, latest entry of the history or None)."""


def run(state: State, plan: Plan, data: TrainingData, progress: Progress | None, save: Callable[[], None]) -> None:
    """Steps until the plan's end; judges on the held-out part and calls `save` after every judgement."""
    scale = torch.as_tensor(data.normalisation.output_std.astype(np.float32))
    loss = loss_function(plan.loss)
    began = time.perf_counter() - state.seconds
    losses: list[float] = []
    while plan.share(state.step, state.seconds) < 1.0 and not _out_of_patience(state, plan):
        rows = batch_rows(plan.seed, state.step, plan.batch, len(data.train))
        losses.append(_descend(state, plan, data.train.pick(torch.tensor(rows)), loss, scale))
        state.seconds = time.perf_counter() - began
        if state.step % plan.evaluate_every == 0 or plan.share(state.step, state.seconds) >= 1.0:
            _judge(state, plan, data.validation, scale, float(np.mean(losses)))
            losses.clear()
            save()
            state.seconds = time.perf_counter() - began
        if progress is not None:
            progress(plan.share(state.step, state.seconds), state.history[-1] if state.history else None)


def _descend(state: State, plan: Plan, batch: Samples, loss: Loss, scale: Tensor) -> float:
    """One step; returns the loss before it."""
    for group in state.optimizer.param_groups:
        group["lr"] = learning_rate(plan.learning_rate, plan.share(state.step, state.seconds))
    state.optimizer.zero_grad(set_to_none=True)
    value = loss(state.network(batch.thickness, batch.vp, batch.vs, batch.rho), batch.target, scale)
    value.backward()
    torch.nn.utils.clip_grad_norm_(state.network.parameters(), plan.clip)
    state.optimizer.step()
    state.step += 1
    return float(value.detach())


def _judge(state: State, plan: Plan, samples: Samples, scale: Tensor, training_loss: float) -> None:
    """Evaluate on the held-out part, note it, keep the best weights. UsageError where training has diverged."""
    found = evaluate(state.network, samples, loss_function(plan.loss), scale)
    if not np.isfinite(found.loss) or not np.isfinite(training_loss):
        given = plan.learning_rate
        raise UsageError(f"learning_rate: {given} given; training diverged by step {state.step}, take a smaller one")
    entry = {"step": state.step, "seconds": round(state.seconds, 3), "training_loss": training_loss}
    state.history.append(entry | {"validation_loss": found.loss, "validation_mae_km_s": found.mae_all})
    state.keep_best(found.loss)


def _out_of_patience(state: State, plan: Plan) -> bool:
    if plan.patience is None or not state.history:
        return False
    return state.step - state.best_step >= plan.patience * plan.evaluate_every
