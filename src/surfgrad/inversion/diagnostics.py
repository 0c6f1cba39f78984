"""May these draws be summarised? The verdict, with its evidence in sentences, and the summary that asks for it."""

from dataclasses import dataclass

import numpy as np

from surfgrad.choices import check_choice
from surfgrad.errors import SurfgradError
from surfgrad.inversion.mixing import ess_bulk, ess_tail, mcse_mean, r_hat
from surfgrad.inversion.samples import SampleSet

Array = np.ndarray

LARGEST_R_HAT = 1.01
LEAST_ESS = 400.0
"""Limits of Vehtari et al. (2021): 100 effective draws for each of four chains."""
MOST_DIVERGENT = 0.01
"""Share of divergent draws that is let pass: a posterior that ends where the forward has no value sheds a few."""
FEWEST_DRAWS = 20
"""Of a chain: from halves shorter than ten draws no autocorrelation can be read, however many chains there are."""
QUANTILES = (0.05, 0.16, 0.5, 0.84, 0.95)


@dataclass(frozen=True, eq=False)
class Convergence:
    """`passed`, and `sentences` that say why or why not.

    `names` (D + 1,): the coordinates, and "log density". `r_hat`, `ess_bulk`, `ess_tail`: (D + 1,), NaN where there is
    none. `divergences`: how many draws diverged.
    """

    passed: bool
    sentences: tuple[str, ...]
    names: tuple[str, ...]
    r_hat: Array
    ess_bulk: Array
    ess_tail: Array
    divergences: int


class NotConvergedError(SurfgradError):
    """Draws that do not support a summary; `evidence` holds the numbers."""

    def __init__(self, evidence: Convergence) -> None:
        super().__init__("not converged: " + " ".join(evidence.sentences))
        self.evidence = evidence


@dataclass(frozen=True, eq=False)
class Summary:
    """Per coordinate (D,): `mean`, `sd`, and the mean's Monte Carlo standard error `mcse`; `quantiles` (5, D).

    The quantiles are at `QUANTILES`. `convergence` says whether the numbers stand.
    """

    names: tuple[str, ...]
    mean: Array
    sd: Array
    mcse: Array
    quantiles: Array
    convergence: Convergence


def converged(samples: SampleSet, rhat: float = LARGEST_R_HAT, ess: float = LEAST_ESS) -> Convergence:
    """Hold every coordinate, and the log density, to R-hat < `rhat` and bulk and tail ESS >= `ess`.

    A draw that is not finite, a coordinate that never moves, and more than 1 % of divergent draws fail too.
    """
    names = (*samples.names, "log density")
    draws = np.concatenate([samples.x, samples.log_density[..., None]], axis=-1)
    if samples.draws < FEWEST_DRAWS:
        nothing = np.full(len(names), np.nan)
        words = f"{samples.draws} draws in a chain; at least {FEWEST_DRAWS} are needed to say anything."
        return Convergence(False, (words,), names, nothing, nothing, nothing, samples.divergences)
    scale, bulk, tail = r_hat(draws), ess_bulk(draws), ess_tail(draws)
    found = [
        _worst("R-hat", names, scale, f"below {rhat:g}", scale < rhat, int(np.argmax(scale)), 4),
        _worst("bulk ESS", names, bulk, f"{ess:g} or more", bulk >= ess, int(np.argmin(bulk)), 0),
        _worst("tail ESS", names, tail, f"{ess:g} or more", tail >= ess, int(np.argmin(tail)), 0),
        _divergent(samples),
    ]
    if samples.chains == 1:
        found.append((True, "One chain only: its halves agree, but nothing says that another would go there."))
    passed = all(good for good, _ in found)
    return Convergence(passed, tuple(words for _, words in found), names, scale, bulk, tail, samples.divergences)


def summarise(
    samples: SampleSet, *, unconverged: str = "refuse", rhat: float = LARGEST_R_HAT, ess: float = LEAST_ESS
) -> Summary:
    """Mean, sd, standard error and quantiles of every coordinate.

    Raises NotConvergedError, which carries the numbers, for draws that `converged` refuses; with `unconverged="allow"`
    they are summarised all the same, and `convergence` in the result says so.
    """
    check_choice("unconverged", unconverged, ("refuse", "allow"))
    evidence = converged(samples, rhat, ess)
    if not evidence.passed and unconverged == "refuse":
        raise NotConvergedError(evidence)
    enough = samples.draws >= FEWEST_DRAWS
    error = mcse_mean(samples.x) if enough else np.full(len(samples.names), np.nan)
    pooled = samples.pooled
    spread = pooled.std(axis=0, ddof=1) if len(pooled) > 1 else np.full(len(samples.names), np.nan)
    return Summary(samples.names, pooled.mean(axis=0), spread, error, np.quantile(pooled, QUANTILES, axis=0), evidence)


def _worst(
    what: str, names: tuple[str, ...], values: Array, allowed: str, good: Array, worst: int, digits: int
) -> tuple[bool, str]:
    """Whether all are good, and a sentence on the worst one (argmin and argmax stop at a NaN)."""
    value = values[worst]
    if np.isnan(value):
        return False, f"{what} of {names[worst]} does not exist: it never moves, or is not finite everywhere."
    words = f"{what} of {names[worst]} is {value:.{digits}f}, the worst of {len(names)} (wanted: {allowed})."
    return bool(good.all()), words


def _divergent(samples: SampleSet) -> tuple[bool, str]:
    count, total = samples.divergences, samples.chains * samples.draws
    words = f"{count} of {total} draws diverged (allowed: {MOST_DIVERGENT:.0%})."
    return count <= MOST_DIVERGENT * total, words
