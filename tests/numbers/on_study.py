"""docs/study.md: what a study found is in tables made of its summary; the prose has settings."""

from tests.numbers.tracing import Sources


def study() -> Sources:
    """The page."""
    return Sources(
        held={
            "src/surfgrad/study/presets.py": [
                "| 300 | 40, 4 |",
                "| 8,000 | 40, 20 | a first answer: at most 25 minutes",
                "| 12,000 | 60, 30 |",
                "| 100,000 | 400, 200 |",
            ],
            "src/surfgrad/earth/litho1_regions.py": [
                "crust of 35 to 48 km, sediments of less than 1 km, base of the lid at 170 km or deeper",
                "crust of 50 km or more",
                "sediments of 4 km or more, crust of less than 50 km",
                "water of 2 km or more and no ice, crust of 4 to 15 km",
            ],
            "src/surfgrad/study/questions/statistics.py": ["with probability 75 %"],
            "src/surfgrad/study/questions/imprint.py": ["from 1.2 on counted"],
            "src/surfgrad/study/questions/protocol.py": ["a cosine of 0.95 or more"],
            "src/surfgrad/study/questions/information.py": ["(cosine 0.95)"],
        },
        given=[
            "2 x 2 | 8 |",
            "2 x 3 | 12 |",
            "2 x 3 | 72 |",
            "Yu, Cai & Liu (2026), arXiv:2604.04107",
            "*Seeds*: 0, 1, 2:",
            "vp/vs of 3 to 5,",
            "grid of 256 layers",
            "95th percentile",
            "the 95 % interval of Student's t",
            "95 % intervals by bootstrap",
            "(1 where the prior leaves nothing,",
            "the interval does not hold 1",
            "-1 for a missing value",
        ],
    )
