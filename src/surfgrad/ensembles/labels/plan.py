"""What derivative labels a set is given: how many directions, periods and whole kernels per sample."""

from dataclasses import dataclass, fields

from surfgrad.errors import UsageError

VERSION = 1
"""Raised whenever the same codes would mean, or the same seed would draw, other directions."""

SPELLING = "directional:8,periods:4,kernels:1"
"""How a plan is written on the command line; what is left out has its default."""

_NAMES = {"directional": "directions", "periods": "periods", "kernels": "kernels"}
_LAYERS = 2**14  # twice a window's width has to fit in an int16
_MOST = 4096  # of anything: beyond it a set of labels is a mistake of the keyboard


@dataclass(frozen=True)
class Plan:
    """Counts per sample: `directions` (shared by all its waves and periods), `periods` at which derivatives are taken,
    and `kernels`, whole ones, each at one (wave, period) of those."""

    directions: int = 8
    periods: int = 4
    kernels: int = 0

    def __post_init__(self) -> None:
        """Refuse a plan that asks for nothing, or for less than nothing."""
        for entry in fields(self):
            value = getattr(self, entry.name)
            least = 1 if entry.name == "periods" else 0
            if not least <= value <= _MOST:
                raise UsageError(f"derivatives: {value} {entry.name} given; {least} to {_MOST} are allowed")
        if self.directions + self.kernels == 0:
            raise UsageError("derivatives: neither directions nor kernels given; at least one of either is allowed")

    def check(self, waves: int, periods: int, layers: int) -> None:
        """Raise UsageError where a set of so many waves, periods and layers cannot hold the plan."""
        if layers > _LAYERS:
            raise UsageError(f"derivatives: models of {layers} layers given; up to {_LAYERS} are allowed")
        if self.periods > periods:
            raise UsageError(f"derivatives: {self.periods} periods given; the set has {periods}")
        if self.kernels > waves * self.periods:
            raise UsageError(
                f"derivatives: {self.kernels} kernels given; "
                f"{waves} wave(s) at {self.periods} period(s) have {waves * self.periods}"
            )

    def __str__(self) -> str:
        """As the command line spells it."""
        return ",".join(f"{word}:{getattr(self, name)}" for word, name in _NAMES.items())


def parse_plan(text: str) -> Plan:
    """The plan that `text` spells, for example "directional:8,periods:4,kernels:1".

    Raises UsageError naming the part that cannot be read.
    """
    counts: dict[str, int] = {}
    for part in text.split(","):
        word, _, number = (piece.strip() for piece in part.partition(":"))
        if word not in _NAMES or not (number.isascii() and number.isdigit()) or _NAMES[word] in counts:
            allowed = f"{SPELLING} (each word once, whole numbers)"
            raise UsageError(f"--derivatives: {part.strip()!r} given; allowed is {allowed}")
        counts[_NAMES[word]] = int(number)
    return Plan(**counts)
