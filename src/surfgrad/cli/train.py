"""`surfgrad train`: a surrogate from a stored ensemble."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from surfgrad.cli.threads import yield_cores

if TYPE_CHECKING:
    from surfgrad.surrogates.card import Card


def train(
    data: Annotated[Path, typer.Option(help="store that surfgrad generate wrote")],
    out: Annotated[Path, typer.Option(help="checkpoint folder to write")],
    architecture: Annotated[str, typer.Option(help="grid, paper, scale-free")] = "grid",
    loss: Annotated[str, typer.Option(help="value, or sobolev: value and exact derivatives")] = "value",
    budget_minutes: Annotated[float | None, typer.Option(help="minutes; 5 if no --steps are given")] = None,
    clock: Annotated[str, typer.Option(help="whose minutes: wall, or cpu, as this process computes")] = "wall",
    steps: Annotated[int | None, typer.Option(help="steps; such a run can be repeated to the last bit")] = None,
    seed: Annotated[int, typer.Option(help="of the first weights and the order of the samples")] = 0,
    size: Annotated[
        str | None, typer.Option(help="a named size of the architecture; paper: published, medium, tiny")
    ] = None,
    patience: Annotated[int | None, typer.Option(help="stop after so many looks at the held-out part in vain")] = None,
    threads: Annotated[int | None, typer.Option(help="torch threads; default: torch's choice")] = None,
    device: Annotated[str, typer.Option(help="cpu, cuda, or auto: cuda where there is any")] = "cpu",
    stream: Annotated[
        bool, typer.Option("--stream", help="train on endless fresh samples of the store's prior, solved on the way")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="continue an interrupted run")] = False,
) -> None:
    """Train a surrogate on a stored ensemble.

    Writes a folder: weights.safetensors and card.json, with the best weights by the held-out 5 % of the store. With
    --stream a small store is enough: it gives scales and the held-out part.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    yield_cores()
    from surfgrad.surrogates.recipes import recipe
    from surfgrad.surrogates.train import train as train_surrogate

    sizes = {"steps": steps, "budget_minutes": budget_minutes, "clock": clock, "patience": patience, "size": size}
    plan = recipe(architecture, loss=loss, seed=seed, **sizes)
    onward = None
    if stream:
        from surfgrad.ensembles.onward import onward as samples_after
        from surfgrad.ensembles.store import open_ensemble

        onward = samples_after(open_ensemble(data), plan.batch)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))
    task = bar.add_task("training", total=1.0)

    def show(share: float, latest: dict[str, float] | None) -> None:
        bar.start()  # not before the first step: until then there may be something to refuse, in one line
        bar.update(task, completed=share, description=f"training{_note(latest)}")

    try:
        surrogate = train_surrogate(
            data, out, plan, threads=threads, resume=resume, progress=show, stream=onward, device=device
        )
    finally:
        if bar.live.is_started:
            bar.stop()
    _summary(out, surrogate.card)


def _note(latest: dict[str, float] | None) -> str:
    """Held-out errors, as far as they are known."""
    if not latest:
        return ""
    note = f", held-out MAE {latest['validation_mae_km_s']:.4f} km/s"
    kernel = latest.get("validation_kernel_error")
    return note if kernel is None else f"{note}, kernels {100 * kernel:.1f} %"


def _summary(out: Path, card: "Card") -> None:
    training = card.training
    samples, errors = training["samples"], training["validation"]["mae_km_s"]
    seen = training.get("streamed_samples", samples["training"])
    print(f"{out}: {card.architecture}, {training['steps']} steps on {seen} models")
    told = ", ".join(f"{wave} {'no value' if mae is None else f'{mae:.4f} km/s'}" for wave, mae in errors.items())
    print(f"  held-out mean absolute error ({samples['validation']} models): {told}")
    if "kernel_error" in training["validation"]:
        kernels = training["validation"]["kernel_error"]
        told = ", ".join(
            f"{wave} {'none' if each is None else f'{100 * each:.1f} %'}" for wave, each in kernels.items()
        )
        print(f"  held-out vs kernels, median relative L2 error: {told}")
    share = training["masked_share"]["training"]
    print(f"  {100 * share:.2f} % of the training values are not trapped and were left out")
