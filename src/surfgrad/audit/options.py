"""How an audit is run."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from surfgrad.audit.bands import Band, bands_of
from surfgrad.audit.further import Further
from surfgrad.errors import UsageError
from surfgrad.records import Array


@dataclass(frozen=True)
class Options:
    """How to run: `outside` is "exclude" or "judge" (what to do with models outside the forward's stated vs range).

    `depth_models`: how many models the error by depth is taken from (they are held in memory at once); `examples`: how
    many models are kept with both kernels; `chunk`: models asked at a time; `bands`: of periods, None for those that
    `bands_of` the periods gives; `further`: the tests beside kernels, values and identities.
    """

    outside: str = "exclude"
    depth_models: int = 100
    examples: int = 6
    chunk: int = 32
    bands: Sequence[Band] | None = None
    further: Further = field(default_factory=Further)

    def __post_init__(self) -> None:
        if self.outside not in ("exclude", "judge"):
            raise UsageError(f"outside is {self.outside!r}; allowed are 'exclude' and 'judge'")
        if self.chunk < 1 or self.depth_models < 0 or self.examples < 0:
            raise UsageError("chunk must be 1 or more, depth_models and examples 0 or more")

    def bands_for(self, periods: Array) -> Sequence[Band]:
        """The bands of an audit at periods (T,), s."""
        return bands_of(periods) if self.bands is None else self.bands
