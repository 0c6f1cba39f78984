"""What liars and honest controls share: they stand in for another forward."""

from dataclasses import dataclass

from surfgrad.contracts import Domain, Forward


@dataclass(frozen=True)
class StandIn:
    """Takes waves, kind and domain from `honest`; whoever derives from it answers. Not a Forward by itself."""

    honest: Forward

    @property
    def waves(self) -> tuple[str, ...]:
        """Those of the honest forward."""
        return self.honest.waves

    @property
    def kind(self) -> str:
        """That of the honest forward."""
        return self.honest.kind

    @property
    def domain(self) -> Domain:
        """That of the honest forward."""
        return self.honest.domain
