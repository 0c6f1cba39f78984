"""What the audit measures, and what it concludes: two frozen records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from surfgrad.audit.bands import Band
from surfgrad.audit.thresholds import CANNOT_JUDGE, FAIL
from surfgrad.records import Array

if TYPE_CHECKING:
    from surfgrad.audit.further_run import FurtherTests

PARAMETERS = ("vs", "vp", "rho")


@dataclass(frozen=True, eq=False)
class DepthErrors:
    """Median error by layer; arrays (W, P, B, L) unless said otherwise, for models that share one layering.

    `error`: median |K^ - K| over `scale`. `signal`: median |K| over `scale`. `scale`: (W, P, B), the largest median |K|
    of any finite layer in the band (that of vs where the exact kernel is zero). `count`: (W, P, B), samples.
    """

    error: Array
    signal: Array
    scale: Array
    count: Array


@dataclass(frozen=True, eq=False)
class Examples:
    """A few models with both kernels, from the best judged to the worst.

    `index`: (E,), position among the audited models. `quantile`: (E,), of the model's median relative_l2 of vs, 0 best.
    `thickness`, `vp`, `vs`, `rho`, `mask`: (E, L). `exact_velocity`, `velocity`: (E, W, T), km/s. `periods`: (Q,), s.
    `exact_kernel`, `kernel`: (E, W, P, Q, L) per layer, NaN where there is none. `relative_l2`: (E, W, P, Q).
    """

    index: Array
    quantile: Array
    thickness: Array
    vp: Array
    vs: Array
    rho: Array
    mask: Array
    exact_velocity: Array
    velocity: Array
    periods: Array
    exact_kernel: Array
    kernel: Array
    relative_l2: Array


@dataclass(frozen=True, eq=False)
class Measurements:
    """Every sample's numbers, before any judgement.

    `periods`: (T,), s. `status`: (N, W, T), exact `Status` codes. `exact_velocity`, `velocity`: (N, W, T), km/s.
    `value_reason`: (N, W, T) and `reason`: (N, W, P, T), `Exclusion` codes. `invented`: (N, W, T) bool, where the
    forward gives a velocity although the mode is not trapped. `profile`: metric -> (N, W, P, T). `paper`: metric ->
    (N, W, T), vs only. `identities` and `identity_floor` (the exact kernels' own residual: what the numerical slope
    leaves): name -> (N, W, T). `layering`: (L,), km, the thickness that all models share, empty when they do not.
    `further`: imprint, spectra, Taylor's test and inversions, those that were asked for.
    """

    waves: tuple[str, ...]
    periods: Array
    bands: Sequence[Band]
    status: Array
    exact_velocity: Array
    velocity: Array
    value_reason: Array
    reason: Array
    invented: Array
    profile: Mapping[str, Array]
    paper: Mapping[str, Array]
    identities: Mapping[str, Array]
    identity_floor: Mapping[str, Array]
    layering: Array
    depth: DepthErrors | None
    examples: Examples | None
    domain: Mapping[str, Any] = field(default_factory=dict)
    further: "FurtherTests | None" = None


@dataclass(frozen=True, eq=False)
class AuditRecord:
    """The audit's conclusion: `summary` is plain data (see docs/audit.md), `depth`, `examples`, `curves` the arrays.

    `curves`: name -> array by period, with their dimensions: `value_mae` (W, T), `share_no_mode` (W, T),
    `relative_l2` (W, P, T); and by model, see `by_model`. `further`: arrays of the further tests by name, see
    docs/audit.md.
    """

    summary: Mapping[str, Any]
    layering: Array
    depth: DepthErrors | None
    examples: Examples | None
    curves: Mapping[str, Array]
    further: Mapping[str, Array] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """PASS, MARGINAL, FAIL or CANNOT JUDGE: the worst of all parts that could be judged."""
        return str(self.summary["verdict"]["overall"])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One entry per wave, parameter and band."""
        return list(self.summary["rows"])

    def row(self, wave: str, parameter: str, band: str) -> dict[str, Any]:
        """The entry of one wave, parameter and band; KeyError when there is none."""
        for row in self.rows:
            if (row["wave"], row["parameter"], row["band"]) == (wave, parameter, band):
                return row
        raise KeyError((wave, parameter, band))

    @property
    def scores(self) -> list[dict[str, Any]]:
        """One entry per metric of the further tests, wave, parameter and band (or range of singular values)."""
        return list(self.summary.get("scores", []))

    def failed(self) -> tuple[str, ...]:
        """The metrics that FAIL anywhere, by name, sorted: what is wrong with this forward."""
        return tuple(sorted(name for name, counts in self.summary["metrics"].items() if counts[FAIL]))

    def judged(self) -> tuple[str, ...]:
        """The metrics that could be judged somewhere, sorted."""
        return tuple(
            sorted(
                name
                for name, counts in self.summary["metrics"].items()
                if any(count for verdict, count in counts.items() if verdict != CANNOT_JUDGE)
            )
        )
