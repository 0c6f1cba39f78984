"""Terms of different nature in one loss: each is divided by its own running size, so that none needs a weight tuned."""

from dataclasses import dataclass, field

from torch import Tensor

_MEMORY = 0.98
_PRIORITY = {"value": 2.0, "vs": 2.0, "along": 2.0, "halfspace": 0.5}
"""What is asked for first counts twice; the others 1."""


@dataclass
class Balance:
    """`sizes`: running mean of every term seen. The gradient is that of the sum of priority x log(term)."""

    sizes: dict[str, float] = field(default_factory=dict)

    def combine(self, terms: dict[str, Tensor]) -> Tensor:
        """One loss; sizes are updated first."""
        for name, term in terms.items():
            now = max(float(term.detach()), 1e-12)
            self.sizes[name] = _MEMORY * self.sizes.get(name, now) + (1 - _MEMORY) * now
        parts = [_PRIORITY.get(name, 1.0) / self.sizes[name] * term for name, term in terms.items()]
        return sum(parts[1:], start=parts[0])
