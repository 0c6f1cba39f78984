import pytest

from surfgrad.audit.overlap import DISJOINT, OVERLAP, UNKNOWN, training_overlap

TRAINED = {"content_sha256": "a", "prior": {"name": "weak"}, "seed": 1, "index_range": [0, 100]}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, OVERLAP),
        ({"content_sha256": "b"}, OVERLAP),
        ({"content_sha256": "b", "index_range": [99, 200]}, OVERLAP),
        ({"content_sha256": "b", "index_range": [100, 200]}, DISJOINT),
        ({"content_sha256": "b", "seed": 2}, DISJOINT),
        ({"content_sha256": "b", "prior": {"name": "tectonic"}}, DISJOINT),
        ({"content_sha256": "b", "prior": None}, DISJOINT),
        ({"content_sha256": "b", "index_range": None}, UNKNOWN),
    ],
)
def test_who_shares_models(changes, state):
    assert training_overlap({"data": {"card": TRAINED}}, {**TRAINED, **changes})["state"] == state


@pytest.mark.parametrize(
    ("surrogate", "data"), [({}, TRAINED), ({"data": "x"}, TRAINED), ({"data": {"card": TRAINED}}, {})]
)
def test_silent_cards_are_not_trusted(surrogate, data):
    assert training_overlap(surrogate, data)["state"] == UNKNOWN
