"""Stages that train one surrogate."""

from collections.abc import Mapping
from typing import Any

from surfgrad.study.folder import StudyFolder, read_json
from surfgrad.study.plan import TrainingPlan
from surfgrad.study.presets import Preset
from surfgrad.study.progress import Progress
from surfgrad.study.stage import Stage


def training_stage(plan: TrainingPlan, preset: Preset, folder: StudyFolder, workers: int) -> Stage:
    """The stage that makes one checkpoint; an interrupted training goes on where it was saved last."""
    from surfgrad.surrogates.plan import Plan

    recipe = Plan(
        architecture=plan.architecture,
        loss=plan.loss,
        steps=preset.steps,
        budget_minutes=preset.budget_minutes,
        seed=plan.seed,
        evaluate_every=preset.evaluate_every,
    )

    def run(progress: Progress) -> Mapping[str, Any]:
        from surfgrad.surrogates.train import train

        def told(share: float, latest: Mapping[str, Any] | None) -> None:
            note = f"{1000 * latest['validation_mae_km_s']:.1f} m/s held-out error" if latest else ""
            progress.advance(share, 1.0, note)

        out = folder.surrogate(plan.name)
        train(folder.ensemble(plan.data), out, recipe, threads=workers, resume=True, progress=told)
        return surrogate_facts(plan, read_json(out / "card.json"))

    title = f"training: {plan.name} on {plan.data}"
    inputs = {"plan": vars(plan), "recipe": recipe.card()}
    outputs = (folder.surrogate(plan.name) / "card.json",)
    return Stage(f"train-{plan.name}", title, run, inputs, outputs, needs=(f"set-{plan.data}",))


def surrogate_facts(plan: TrainingPlan, card: Mapping[str, Any]) -> dict[str, Any]:
    """The card without its bulk."""
    training = card["training"]
    return {
        **vars(plan),
        "sizes": {key: value for key, value in card["sizes"].items() if not isinstance(value, list) or len(value) < 10},
        "samples": training["samples"],
        "masked_share": training["masked_share"],
        "steps": training["steps"],
        "best_step": training["best_step"],
        "seconds": training["seconds"],
        "validation_mae_km_s": training["validation"]["mae_km_s"],
        "vs_range": [
            min(low for low, _ in card["domain"]["vs_range"]),
            max(up for _, up in card["domain"]["vs_range"]),
        ],
        "versions": card["versions"],
    }
