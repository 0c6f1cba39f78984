"""Were the test models training models? The cards of both sides say."""

from collections.abc import Mapping
from typing import Any

DISJOINT, OVERLAP, UNKNOWN = "DISJOINT", "OVERLAP", "UNKNOWN"


def training_overlap(surrogate_card: Mapping[str, Any], data_card: Mapping[str, Any]) -> dict[str, str]:
    """Compare the training store's card (under `data` in the surrogate's) with the test store's.

    Returns `state` (DISJOINT, OVERLAP or UNKNOWN) and `why`, one sentence. Sample i of a prior depends on (prior, seed,
    i) only, so two stores share models when prior and seed agree and their index ranges meet.
    """
    data = surrogate_card.get("data")
    trained = data.get("card") if isinstance(data, Mapping) else None
    if not isinstance(trained, Mapping) or "content_sha256" not in data_card:
        return _answer(UNKNOWN, "One of the cards does not say where its models come from.")
    if trained.get("content_sha256") == data_card["content_sha256"]:
        return _answer(OVERLAP, "The test store is the training store.")
    if not trained.get("prior") or not data_card.get("prior"):
        return _answer(DISJOINT, "The two stores have different content, and one of them holds given models.")
    if trained["prior"] != data_card["prior"]:
        return _answer(DISJOINT, "The test models come from another prior.")
    if trained.get("seed") != data_card.get("seed"):
        return _answer(DISJOINT, "The test models are drawn with another seed.")
    return _ranges(trained.get("index_range"), data_card.get("index_range"))


def _ranges(one: Any, other: Any) -> dict[str, str]:
    if not (_is_range(one) and _is_range(other)):
        return _answer(UNKNOWN, "The stores share prior and seed, and a card has no index range.")
    if max(one[0], other[0]) < min(one[1], other[1]):
        return _answer(OVERLAP, f"Both stores hold samples of one prior and seed: {one} and {other}.")
    return _answer(DISJOINT, "The test models are other samples of the training prior.")


def _is_range(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(each, int) for each in value)


def _answer(state: str, why: str) -> dict[str, str]:
    return {"state": state, "why": why}
