"""Stages that train one surrogate."""

from collections.abc import Mapping
from typing import Any

from surfgrad.json_files import read_json
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import TrainingPlan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage

THREADS = 1
"""Of torch, always: sums over threads depend on their number, and stages run side by side."""


def training_stage(plan: TrainingPlan, preset: Preset, folder: StudyFolder) -> Stage:
    """The stage that makes one checkpoint; an interrupted training goes on where it was saved last."""
    from surfgrad.surrogates.recipes import recipe

    steps = preset.steps[plan.recipe]
    chosen = recipe(
        plan.architecture,
        loss=plan.loss,
        steps=steps,
        seed=plan.start,
        evaluate_every=max(1, steps // preset.looks),
        size=dict(preset.sizes).get(plan.architecture),
    )

    def run(progress: Progress) -> Mapping[str, Any]:
        from surfgrad.surrogates.train import train

        def told(share: float, latest: Mapping[str, Any] | None) -> None:
            note = f"{1000 * latest['validation_mae_km_s']:.1f} m/s held-out error" if latest else ""
            progress.advance(share, 1.0, note)

        out, data = folder.surrogate(plan.name), folder.ensemble(plan.data)
        train(data, out, chosen, threads=THREADS, resume=True, progress=told, device=preset.device)
        return surrogate_facts(plan, read_json(out / "card.json"))

    title = f"training: {plan.name}"
    inputs = {"plan": vars(plan), "recipe": chosen.card()}
    outputs = (folder.surrogate(plan.name) / "card.json",)
    return Stage(f"train-{plan.name}", title, run, inputs, outputs, needs=(f"set-{plan.data}",))


def surrogate_facts(plan: TrainingPlan, card: Mapping[str, Any]) -> dict[str, Any]:
    """The card without its bulk, and without its times, which no two runs share."""
    training = card["training"]
    return {
        "name": plan.name,
        "data": plan.data,
        **vars(plan),
        "sizes": {key: value for key, value in card["sizes"].items() if not isinstance(value, list) or len(value) < 10},
        "parameters": training["parameters"],
        "samples": training["samples"],
        "derivatives": training["derivatives"],
        "masked_share": training["masked_share"],
        "steps": training["steps"],
        "best_step": training["best_step"],
        "validation_mae_km_s": training["validation"]["mae_km_s"],
        "validation_kernel_error": training["validation"].get("kernel_error"),
        "vs_range": [
            min(low for low, _ in card["domain"]["vs_range"]),
            max(up for _, up in card["domain"]["vs_range"]),
        ],
        "versions": card["versions"],
    }
