"""Is a model like those that a surrogate was trained on? Answered for every value."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from surfgrad.contracts import Forward
from surfgrad.ensembles.domain.card import domain_from_card
from surfgrad.errors import UsageError
from surfgrad.surrogates.card import Card
from surfgrad.surrogates.point_scores import point_scores

POLICIES = ("answer", "flag", "exact")
"""`answer`: as if nothing were; `flag`: NaN; `exact`: by the forward that is given for it."""


def check_policy(on_outside: str, exact: Forward | None, waves: tuple[str, ...]) -> None:
    """UsageError for a policy that is none, that has nobody to ask, or one who answers for other waves."""
    if on_outside not in POLICIES:
        raise UsageError(f"on_outside: {on_outside!r} given; allowed are {', '.join(POLICIES)}")
    if (on_outside == "exact") != (exact is not None):
        raise UsageError(
            "exact: a forward such as surfgrad.ExactForward() goes with on_outside='exact', and only with it"
        )
    if exact is not None and tuple(exact.waves) != waves:
        raise UsageError(f"exact: a forward of {tuple(exact.waves)} given; one of {waves} is allowed")


def grid_scores(card: Card, models: tuple[np.ndarray, ...], periods: np.ndarray) -> np.ndarray:
    """(N, W, T) scores of models (N, L), up to 1 inside: one number a model (see `surfgrad.ensembles.domain`).

    Raises UsageError where the training set was too small to have a domain.
    """
    if card.domain.trained is None:
        raise UsageError("domain: the training set was too small to have one; on_outside='answer' is allowed")
    thickness, vp, vs, rho = models
    score = domain_from_card(card.domain.trained).judge((thickness, vp, vs, rho)).score
    return np.broadcast_to(score[:, None, None], (len(score), len(card.waves), periods.size)).copy()


def answer_scores(network: Any, models: tuple[Tensor, ...], velocity: np.ndarray, periods: np.ndarray) -> np.ndarray:
    """(N, W, T) scores at what the network answers, `velocity` (N, W, T): each value has its own; inf without one."""
    device = models[0].device
    answers, times = (torch.as_tensor(each, dtype=torch.float64, device=device) for each in (velocity, periods))
    with torch.no_grad():
        found = point_scores(network, models, answers, times)
    return np.nan_to_num(found.cpu().numpy(), nan=np.inf)
