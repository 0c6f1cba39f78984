"""What was found in one family: counts, worst errors, and the cases behind them."""

from dataclasses import dataclass, field

LIMITS = {"c": 1e-10, "U": 1e-9, "H/V": 1e-8}
"""What the engine promises: relative for c and U, of the angle arctan(H/V)."""
KEPT = 5
"""Cases of each failure that are kept in words."""


@dataclass
class Worst:
    """The largest error met, and where; how many values were compared, and how many of them broke the limit."""

    limit: float
    error: float = 0.0
    case: str = ""
    count: int = 0
    over: int = 0

    def take(self, error: float, case: str) -> None:
        """One more value; NaN counts as infinitely wrong."""
        self.count += 1
        self.over += not error <= self.limit
        if not error <= self.error:
            self.error, self.case = (error if error == error else float("inf")), case

    def add(self, other: "Worst") -> None:
        """Another record of the same quantity."""
        self.count += other.count
        self.over += other.over
        if other.error > self.error:
            self.error, self.case = other.error, other.case


@dataclass
class Tally:
    """One family. `counts`: how often what happened; `cases`: the first few of each failure in words."""

    counts: dict[str, int] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    worst: dict[str, Worst] = field(default_factory=lambda: {name: Worst(limit) for name, limit in LIMITS.items()})

    def count(self, name: str, many: int = 1) -> None:
        """`many` more of what is no failure."""
        self.counts[name] = self.counts.get(name, 0) + many

    def fail(self, name: str, case: str) -> None:
        """One failure."""
        self.count(name)
        self.cases.setdefault(name, [])
        if len(self.cases[name]) < KEPT:
            self.cases[name].append(case)

    def add(self, other: "Tally") -> None:
        """Another part of the same family."""
        for name, many in other.counts.items():
            self.count(name, many)
        for name, cases in other.cases.items():
            self.cases[name] = (self.cases.get(name, []) + cases)[:KEPT]
        for name, worst in other.worst.items():
            self.worst[name].add(worst)

    def failures(self) -> list[str]:
        """Every reason why this family does not hold, in words; empty if it does."""
        found = [f"{name} ({self.counts[name]}): {case}" for name, cases in self.cases.items() for case in cases]
        found += [
            f"{name} off by more than {worst.limit:.0e} {worst.over} times, most ({worst.error:.1e}): {worst.case}"
            for name, worst in self.worst.items()
            if worst.over
        ]
        return found
