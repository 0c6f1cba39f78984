"""From a store to a checkpoint: `train`, resumable after a kill."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import torch

from surfgrad.ensembles.labels.stored import open_labels
from surfgrad.ensembles.store import Ensemble, open_ensemble
from surfgrad.errors import UsageError
from surfgrad.surrogates.architectures import Architecture, architecture
from surfgrad.surrogates.checkpoint import load_surrogate, save_checkpoint
from surfgrad.surrogates.data import TrainingData, load_data
from surfgrad.surrogates.describe import describe
from surfgrad.surrogates.devices import chosen_device
from surfgrad.surrogates.loop import Progress, run
from surfgrad.surrogates.losses import check_loss
from surfgrad.surrogates.objectives.streamed import StreamedObjective
from surfgrad.surrogates.plan import Plan
from surfgrad.surrogates.state import Record, State, load_state, save_state
from surfgrad.surrogates.streaming import Batches
from surfgrad.surrogates.surrogate import Surrogate
from surfgrad.surrogates.threads import torch_threads

SAVE_SECONDS = 10.0
"""A kill costs at most so many seconds of work, and the steps between two evaluations."""


def train(
    data: Ensemble | str | Path,
    out: str | Path,
    plan: Plan | None = None,
    *,
    threads: int | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    save_seconds: float = SAVE_SECONDS,
    stream: Batches | None = None,
    device: str = "cpu",
) -> Surrogate:
    """Train a surrogate on a store as `plan` says and write its checkpoint folder `out`.

    `stream`: from a step to the blocks of samples of this step and all later ones (`surfgrad.ensembles.onward`), which
    are then trained on in place of the store's; scales and held-out part stay the store's.

    `threads`: torch's, for the time of the call. `resume`: continue the run of the same plan and data that was cut
    off, start it where there is none, return its surrogate if it had finished. `device`: cpu, cuda, or auto. Raises
    UsageError where `out`, or an unfinished run beside it, is in the way, or where the device is not there.
    """
    plan, out = plan or Plan(), Path(out)
    store = data if isinstance(data, Ensemble) else open_ensemble(data)
    identity: Record = {
        "plan": plan.card(),
        "data": store.card["content_sha256"],
        "stream": stream is not None,
    }
    if out.exists():
        return _finished(out, identity, resume)
    saved = out.with_name(out.name + ".training.safetensors")
    if saved.exists() and not resume:
        raise UsageError(f"{saved}: an unfinished run; continue it with --resume or remove it")
    check_loss(plan.loss)  # an unknown name is refused before any work
    place = chosen_device(device)
    kind = architecture(plan.architecture)
    with torch_threads(threads):
        kept = load_data(store, plan.validation, fixed_grid=kind.fixed_grid, derivatives=plan.loss == "sobolev")
        state = _start(plan, kept, place)
        if saved.exists():
            load_state(state, saved, identity)
        out.parent.mkdir(parents=True, exist_ok=True)
        with place:  # what the steps create is created where the network is
            kept = kept.to(place)
            objective = kind.objective(kept, plan.loss)
            if stream is not None:
                objective = _streamed(kind, store, kept, plan, stream(state.step))
            run(state, plan, objective, progress, _saver(state, saved, identity, save_seconds))
            state.network.load_state_dict(state.best)
            found = objective.judge(state.network)
        card = describe(state, plan, store, kept, found)
        if stream is not None:
            card.training["streamed_samples"] = state.step * plan.batch
        save_checkpoint(out, state.network, card)
    saved.unlink(missing_ok=True)
    return load_surrogate(out)


def _streamed(
    kind: Architecture, store: Ensemble, data: TrainingData, plan: Plan, blocks: Iterator[Mapping[str, np.ndarray]]
) -> StreamedObjective:
    labels = open_labels(store) if store.card.get("further") else None
    return StreamedObjective(lambda each: kind.objective(each, plan.loss), data, blocks, plan.batch, labels)


def _start(plan: Plan, data: TrainingData, place: torch.device) -> State:
    """A fresh state, the weights drawn from the plan's seed."""
    network = architecture(plan.architecture).start(plan, data).to(place)
    # Runs are short: the second moment forgets in a hundred steps rather than a thousand.
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay, betas=(0.9, 0.99)
    )
    return State(network, optimizer)


def _saver(state: State, path: Path, identity: Record, seconds: float) -> Callable[[], None]:
    """A function that saves the state, but not more often than every so many seconds."""
    last = time.perf_counter()

    def save() -> None:
        nonlocal last
        if time.perf_counter() - last >= seconds:
            save_state(state, path, identity)
            last = time.perf_counter()

    return save


def _finished(out: Path, identity: Record, resume: bool) -> Surrogate:
    """The surrogate that a resumed run finds complete; anything else in its place is refused."""
    if not resume:
        raise UsageError(f"{out}: exists; remove it or choose another --out")
    surrogate = load_surrogate(out)
    found: Record = {
        "plan": surrogate.card.training.get("plan"),
        "data": surrogate.card.data.get("content_sha256"),
        "stream": "streamed_samples" in surrogate.card.training,
    }
    if found != identity:
        raise UsageError(f"{out}: holds a surrogate of another plan or data; remove it or choose another --out")
    return surrogate
