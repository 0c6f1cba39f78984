"""docs/study.md: what a study found is in tables made of its summary; the prose has settings."""

from tests.numbers.tracing import Sources


def study() -> Sources:
    """The page."""
    return Sources(
        held={
            "src/surfgrad/study/presets.py": [
                "| `smoke` | 400 | 40 |",
                "| `laptop` | 20,000 | 200 | 3.5 min",
                "| `overnight` | 50,000 | 500 |",
                "| `full` | 100,000 | 1,000 |",
            ]
        },
        given=[
            "| 15 s |",
            "| 1 h |",
            "| 4 h |",
            "Yu, Cai & Liu (2026), arXiv:2604.04107",
            "95th percentile",
            "-1 for a missing value",
        ],
    )
