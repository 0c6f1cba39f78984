"""docs/study.md: the study's own numbers are in its tables; the prose has settings only."""

from tests.numbers.tracing import Sources


def study() -> Sources:
    """The page."""
    return Sources(given=["95th percentile", "-1 for a missing value"])
