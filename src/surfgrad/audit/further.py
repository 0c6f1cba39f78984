"""Which further tests an audit makes, and how large they are."""

from dataclasses import dataclass

from surfgrad.errors import UsageError

PARTS = ("imprint", "spectral", "taylor", "consequence")
"""Beside kernels, values and identities: what the training prior left, the spectrum of the Jacobian, Taylor's test with
exact values, and what becomes of an inversion."""
STATED, TRAINING = "stated", "training"
_LEAST = {"taylor_models": 1, "directions": 1, "consequence_models": 1, "starts": 1, "inversion_periods": 1, "seed": 0}


@dataclass(frozen=True)
class Further:
    """`parts`: which of `PARTS`. `noise`: standard deviation of data over the velocity, the floor of all that is asked.

    `whitening`: the prior in which spectra and inversions are seen: "stated"
    (`inversion.whitening.stated_whitening`, for any layering) or "training" (the training prior, on its grid).
    `taylor_models` models with `directions` each, half of them rough; `consequence_models` truths with `starts` each,
    at no more than `inversion_periods` periods. `seed`: of directions, noise and starts.
    """

    parts: tuple[str, ...] = PARTS
    noise: float = 0.005
    whitening: str = STATED
    taylor_models: int = 12
    directions: int = 4
    consequence_models: int = 16
    starts: int = 3
    inversion_periods: int = 15
    seed: int = 0

    def __post_init__(self) -> None:
        for part in self.parts:
            if part not in PARTS:
                raise UsageError(f"parts: {part!r} given; allowed are {', '.join(PARTS)}")
        if not 0.0 < self.noise < 1.0:
            raise UsageError(f"noise: {self.noise:g} given; a share of the velocity between 0 and 1 is allowed")
        if self.whitening not in (STATED, TRAINING):
            raise UsageError(f"whitening: {self.whitening!r} given; allowed are {STATED!r} and {TRAINING!r}")
        for name, least in _LEAST.items():
            if getattr(self, name) < least:
                raise UsageError(f"{name}: {getattr(self, name)} given; {least} or more is allowed")
