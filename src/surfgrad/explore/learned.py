"""The surrogate's curves, each value with how far it lies from what the surrogate was trained on."""

from typing import Any

import numpy as np

from surfgrad.contracts import Forward
from surfgrad.earth.model import EarthModel
from surfgrad.explore.messages import LearnedAsked
from surfgrad.explore.plain import plain


def learned_answer(asked: LearnedAsked, forward: Forward) -> dict[str, Any]:
    """Its velocities, and `score` where it has one: above 1 is outside its training set.

    Raises ModelError for a model that is none, UsageError where the forward cannot read it at all.
    """
    model, periods = EarthModel(*asked.model.arrays), np.array(asked.periods)
    velocity = forward.predict(model, periods)[0]
    score: Any = getattr(forward, "score", None)
    scores = None if score is None else score(model, periods)[0]
    return {
        "answer": "learned",
        "id": asked.id,
        "waves": [
            {
                "wave": wave,
                "values": plain(velocity[i]),
                "outside": None if scores is None else [bool(each > 1.0) for each in scores[i]],
            }
            for i, wave in enumerate(forward.waves)
        ],
    }
