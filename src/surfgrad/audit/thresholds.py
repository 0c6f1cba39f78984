"""The one table of what counts as good enough, and how a number becomes a verdict."""

import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from surfgrad.errors import FormatError, UsageError

PASS, MARGINAL, FAIL, CANNOT_JUDGE = "PASS", "MARGINAL", "FAIL", "CANNOT JUDGE"
VERDICTS = (PASS, MARGINAL, FAIL, CANNOT_JUDGE)


@dataclass(frozen=True)
class Threshold:
    """Limits of one number: `good` still passes, `fair` is still marginal, everything beyond fails.

    `reading`: "low" (small is good), "high" (large is good), "one" (distance from 1) or "times" (factor away from 1,
    either way). `why`: the reason for the limits.
    """

    good: float
    fair: float
    reading: str
    why: str

    def verdict(self, value: float) -> str:
        """PASS, MARGINAL or FAIL; CANNOT JUDGE for NaN."""
        if math.isnan(value):
            return CANNOT_JUDGE
        penalty, good, fair = self._penalty(value), self.good, self.fair
        if self.reading == "high":
            penalty, good, fair = -value, -good, -fair
        return PASS if penalty <= good else MARGINAL if penalty <= fair else FAIL

    def words(self, limit: float) -> str:
        """Which values lie within `limit`: "up to 0.1", "0.99 or more", "0.8 to 1.25"."""
        if self.reading == "high":
            return f"{limit:g} or more"
        if self.reading == "one":
            return f"{1.0 - limit:g} to {1.0 + limit:g}"
        if self.reading == "times":
            return f"{1.0 / limit:.2g} to {limit:g}"
        return f"up to {limit:g}"

    def _penalty(self, value: float) -> float:
        if self.reading == "one":
            return abs(value - 1.0)
        if self.reading == "times":
            return max(value, 1.0 / value) if value > 0 else math.inf
        return value


_DEFAULT = {
    "relative_l2": Threshold(0.1, 0.3, "low", "median; 10 % keeps a Gauss-Newton step, 30 % still points downhill"),
    "missing": Threshold(0.0, 0.01, "low", "share of samples inside the domain that came back NaN: none is expected"),
    "halfspace_error": Threshold(0.1, 0.3, "low", "median; as relative_l2, for the half-space's own kernel"),
    "cosine": Threshold(0.99, 0.95, "high", "median; the cosines that errors of 14 % and 31 % leave at best"),
    "amplitude_ratio": Threshold(0.05, 0.2, "one", "median; size of the part that has the right shape"),
    "sign_agreement": Threshold(0.98, 0.9, "high", "median; share of the sensitivity that has the right sign"),
    "centroid_shift": Threshold(0.05, 0.15, "low", "median; depth error as a share of the kernel's own depth"),
    "roughness_ratio": Threshold(1.25, 2.0, "times", "median; noise (above) or smoothing (below) between layers"),
    "value_mae": Threshold(0.03, 0.1, "low", "km/s; about the error of an observed phase velocity, and three of it"),
    "homogeneity": Threshold(0.02, 0.1, "low", "median size, share of c"),
    "density": Threshold(0.01, 0.05, "low", "median size, share of c; rho kernels are the smallest"),
    "love_vp": Threshold(0.02, 0.1, "low", "median of sum |vp dc/dvp|, share of c: Love waves do not see vp"),
    "on_manifold": Threshold(0.1, 0.3, "low", "median; as relative_l2, where training models vary"),
    "off_manifold": Threshold(0.1, 0.3, "low", "median; as relative_l2, where no training model varied"),
    "attraction": Threshold(
        0.05, 0.2, "low", "median; excess over the error elsewhere, as a share of the whole kernel"
    ),
    "spectral_cosine": Threshold(0.99, 0.95, "high", "median; as cosine, along changes that the data can tell"),
    "spectral_amplitude": Threshold(0.05, 0.2, "one", "median; as amplitude_ratio"),
    "subspace_distance": Threshold(
        0.1, 0.3, "low", "median; 6 and 17 degrees between what either side says is resolved"
    ),
    "information_ratio": Threshold(
        0.02, 0.1, "one", "median; of some 15 nats in 7 directions: error bars 4 % and 24 % off"
    ),
    "taylor_error": Threshold(0.1, 0.3, "low", "median; as relative_l2, from exact values alone"),
    "taylor_slope": Threshold(1.5, 1.2, "high", "median; steps of 1 to 10 % meet curvature, not a wrong slope"),
    "step_cosine": Threshold(0.95, 0.7, "high", "median; the cosines that step errors of 0.3 and 0.7 leave at best"),
    "step_error": Threshold(
        0.3, 0.7, "low", "median; what a step leaves: 2 steps a digit, then 6; from 1 on it diverges"
    ),
    "misfit_ratio": Threshold(1.2, 2.0, "low", "median; what is fitted is fitted, within a fifth of the noise"),
    "misfit_excess": Threshold(1.2, 2.0, "low", "median; as good a fit as exact physics finds, within a fifth"),
    "posterior_shift": Threshold(
        0.25, 1.0, "low", "median; a quarter of an error bar is not seen, a whole one is another answer"
    ),
    "posterior_width": Threshold(
        1.1, 1.5, "times", "median; error bars right within a tenth, half as long again at most"
    ),
    "prior_ratio": Threshold(1.5, 3.0, "low", "median; the priors' means 1.6 and 4 deviations of a seed apart"),
    "prior_effect": Threshold(0.1, 0.3, "low", "median; as relative_l2, of what no number of seeds averages out"),
}

PROFILE = ("relative_l2", "missing")
"""The metrics that decide the verdict of a row of kernels; the others say what is wrong with it."""
NAMING = ("cosine", "amplitude_ratio", "sign_agreement", "centroid_shift", "roughness_ratio")
"""The metrics that name an error's kind."""
IDENTITIES = ("homogeneity", "density", "love_vp")
PRIORS = ("prior_ratio", "prior_effect")
"""The metrics of networks of several priors, held against one another (`compare_priors`)."""
FURTHER = {
    "imprint": ("on_manifold", "off_manifold", "attraction"),
    "spectral": ("spectral_cosine", "spectral_amplitude", "subspace_distance", "information_ratio"),
    "taylor": ("taylor_error", "taylor_slope"),
    "consequence": (
        *("step_cosine", "step_error", "misfit_ratio", "misfit_excess"),
        *("posterior_shift", "posterior_width"),
    ),
}
"""The metrics of each further part."""
BY_PART = {
    "kernels": (*PROFILE, *NAMING),
    "halfspace": ("halfspace_error",),
    "values": ("value_mae",),
    "identities": IDENTITIES,
    **FURTHER,
    "priors": PRIORS,
}
"""Every metric that has limits, by the part of the verdict that it belongs to."""
DECIDING = (
    *(*PROFILE, "halfspace_error", "value_mae", *IDENTITIES),
    *("on_manifold", "off_manifold", "attraction", "spectral_cosine", "taylor_error"),
    *("step_error", "misfit_ratio", "misfit_excess", "posterior_shift", "posterior_width"),
    "prior_effect",
)
"""The metrics that decide the verdict of their part; its others say what is wrong."""
MIN_SAMPLES = 30
"""A median of fewer samples is not judged."""
MIN_MODELS = 10
"""A median of fewer models is not judged, where a model is one sample (a spectrum, a posterior) and not many."""


@dataclass(frozen=True)
class Thresholds:
    """Every limit, by metric, and the fewest samples (model, period), or models, that a verdict rests on."""

    table: Mapping[str, Threshold] = field(default_factory=lambda: dict(_DEFAULT))
    min_samples: int = MIN_SAMPLES
    min_models: int = MIN_MODELS

    def verdict(self, metric: str, value: float, n: int, once_a_model: bool = False) -> str:
        """The verdict on `value`, a statistic of `n` samples; `once_a_model`: of `n` models, each a sample."""
        fewest = self.min_models if once_a_model else self.min_samples
        return CANNOT_JUDGE if n < fewest else self.table[metric].verdict(value)

    def card(self) -> dict[str, Any]:
        """The table as plain data, for records."""
        fewest = {"min_samples": self.min_samples, "min_models": self.min_models}
        return {**fewest, "metrics": {name: asdict(each) for name, each in self.table.items()}}

    def override(self, changes: Mapping[str, Any]) -> "Thresholds":
        """A copy with other limits: `{"relative_l2": {"good": 0.2, "fair": 0.5}, "min_samples": 10}`.

        Raises UsageError naming the entry that is not known or not a number.
        """
        table, fewest = dict(self.table), {"min_samples": self.min_samples, "min_models": self.min_models}
        for name, change in changes.items():
            if name in fewest:
                if not isinstance(change, int) or isinstance(change, bool) or change < 1:
                    raise UsageError(f"thresholds: {name} is {change!r}; allowed is an integer of 1 or more")
                fewest[name] = change
            elif name in table:
                table[name] = _changed(table[name], name, change)
            else:
                allowed = ", ".join((*fewest, *table))
                raise UsageError(f"thresholds: unknown metric {name!r}; allowed are {allowed}")
        return Thresholds(table, **fewest)

    @classmethod
    def from_file(cls, path: str | Path) -> "Thresholds":
        """The defaults with the changes of a JSON or, by its name, TOML file; FormatError when it cannot be read."""
        path = Path(path)
        read, kind = (tomllib.loads, "TOML") if path.suffix.lower() == ".toml" else (json.loads, "JSON")
        try:
            changes = read(path.read_text(encoding="utf-8"))
        except (json.JSONDecodeError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise FormatError(f"{path}: not a {kind} file ({error})") from None
        if not isinstance(changes, dict):
            raise FormatError(f"{path}: holds a {type(changes).__name__}; allowed is an object of metric: limits")
        return cls().override(changes)

    @classmethod
    def of(cls, given: "Thresholds | Mapping[str, Any] | None") -> "Thresholds":
        """Thresholds as they are, or the defaults with changes as `override` takes them."""
        return given if isinstance(given, cls) else cls().override(given or {})  # type: ignore[arg-type]


def _changed(threshold: Threshold, name: str, change: Any) -> Threshold:
    if not isinstance(change, Mapping) or not change or set(change) - {"good", "fair"}:
        raise UsageError(f'thresholds: {name} is {change!r}; allowed is {{"good": number, "fair": number}}')
    for key, value in change.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise UsageError(f"thresholds: {name}.{key} is {value!r}; allowed is a finite number")
    good, fair = float(change.get("good", threshold.good)), float(change.get("fair", threshold.fair))
    changed = replace(threshold, good=good, fair=fair)
    if (changed.good > changed.fair) != (changed.reading == "high") and changed.good != changed.fair:
        raise UsageError(f"thresholds: {name} has good {changed.good:g} and fair {changed.fair:g}, the wrong way round")
    return changed


def worst_in_row(verdicts: Iterable[str]) -> str:
    """The verdict of several that must all hold: FAIL, then CANNOT JUDGE, then MARGINAL, then PASS."""
    return _first(verdicts, (FAIL, CANNOT_JUDGE, MARGINAL, PASS))


def worst_judged(verdicts: Iterable[str]) -> str:
    """The worst verdict among those that could be given; CANNOT JUDGE only when there is none."""
    return _first(verdicts, (FAIL, MARGINAL, PASS, CANNOT_JUDGE))


def _first(verdicts: Iterable[str], order: tuple[str, ...]) -> str:
    given = set(verdicts)
    return next((verdict for verdict in order if verdict in given), CANNOT_JUDGE)
