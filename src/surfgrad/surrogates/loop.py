"""The training loop: AdamW, one rise and fall of the learning rate, clipped gradients, best held-out weights kept."""

from collections.abc import Callable

import numpy as np
import torch

from surfgrad.errors import UsageError
from surfgrad.surrogates.batches import batch_rows
from surfgrad.surrogates.clocks import CLOCKS
from surfgrad.surrogates.evaluation import Evaluation
from surfgrad.surrogates.objectives import Objective
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.schedule import learning_rate
from surfgrad.surrogates.state import Record, State

Progress = Callable[[float, Record | None], None]
"""Called after every step as progress(share of the run that is over, latest entry of the history or None)."""


def run(state: State, plan: Plan, objective: Objective, progress: Progress | None, save: Callable[[], None]) -> None:
    """Steps until the plan's end; judges on the held-out part and calls `save` after every judgement."""
    clock = CLOCKS[plan.clock]
    began = clock() - state.seconds
    losses: list[float] = []
    while plan.share(state.step, state.seconds) < 1.0 and not _out_of_patience(state, plan):
        losses.append(_descend(state, plan, objective))
        state.average(plan.average)
        state.seconds = clock() - began
        if state.step % plan.evaluate_every == 0 or plan.share(state.step, state.seconds) >= 1.0:
            _judge(state, plan, objective, float(np.mean(losses)))
            losses.clear()
            save()
            state.seconds = clock() - began
        if progress is not None:
            progress(plan.share(state.step, state.seconds), state.history[-1] if state.history else None)


def _descend(state: State, plan: Plan, objective: Objective) -> float:
    """One step; returns the value term before it."""
    for group in state.optimizer.param_groups:
        group["lr"] = learning_rate(plan.learning_rate, plan.share(state.step, state.seconds))
    rows = torch.as_tensor(np.array(batch_rows(plan.seed, state.step, plan.batch, objective.rows)))
    # Chance is a function of seed and step, so that a resumed run needs no generator's state.
    generator = torch.Generator(state.device).manual_seed((plan.seed << 32) + state.step)
    state.optimizer.zero_grad(set_to_none=True)
    terms = objective.terms(state.network, rows, generator)
    loss = state.balance.combine(terms)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(state.network.parameters(), plan.clip)
    state.optimizer.step()
    state.step += 1
    return float(terms["value"].detach())


def _judge(state: State, plan: Plan, objective: Objective, training_loss: float) -> None:
    """Evaluate on the held-out part, note it, keep the best weights. UsageError where training has diverged."""
    with state.averaged() as network:
        found = objective.judge(network)
        if not np.isfinite(found.loss) or not np.isfinite(training_loss):
            told = f"training diverged by step {state.step}, take a smaller one"
            raise UsageError(f"learning_rate: {plan.learning_rate} given; {told}")
        state.history.append(_entry(state, training_loss, found))
        state.keep_best(found.loss)


def _entry(state: State, training_loss: float, found: Evaluation) -> Record:
    entry = {"step": state.step, "seconds": round(state.seconds, 3), "training_loss": training_loss}
    entry |= {"validation_loss": found.loss, "validation_mae_km_s": found.mae_all}
    if found.kernel_all is not None:
        entry["validation_kernel_error"] = found.kernel_all
    return entry


def _out_of_patience(state: State, plan: Plan) -> bool:
    if plan.patience is None or not state.history:
        return False
    return state.step - state.best_step >= plan.patience * plan.evaluate_every
