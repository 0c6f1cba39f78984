"""A step size that reaches a wanted acceptance."""

from dataclasses import dataclass, field

import numpy as np

GAIN, STABLE, FORGET = 0.05, 10.0, 0.75
"""gamma, t0 and kappa of Hoffman & Gelman (2014), section 3.2.1."""
BOLD = 2.0
"""The search is drawn to this many times the step that it began from: short steps cost more than refusals. The paper's
10 is for a first step that may be far too short; here it comes from coordinates that are about round."""


@dataclass(eq=False)
class StepSize:
    """Dual averaging (Nesterov 2009; Hoffman & Gelman 2014, JMLR 15, algorithm 5): `now` to try, `settled` to keep."""

    first: float
    wanted: float = 0.8
    now: float = field(init=False)
    settled: float = field(init=False)
    _lack: float = field(init=False, default=0.0)
    _count: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.now = self.settled = self.first

    def learn(self, acceptance: float) -> None:
        """Take the acceptance (0 to 1) of a trajectory at `now` into account."""
        self._count += 1
        weight = 1.0 / (self._count + STABLE)
        self._lack += weight * (self.wanted - acceptance - self._lack)
        self.now = float(np.exp(np.log(BOLD * self.first) - np.sqrt(self._count) / GAIN * self._lack))
        share = self._count**-FORGET
        self.settled = float(np.exp(share * np.log(self.now) + (1.0 - share) * np.log(self.settled)))
