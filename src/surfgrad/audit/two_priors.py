"""What does a prior leave in a network that another seed would not? Networks of several priors and seeds, same models.

Squared distances between two kernels are averaged over pairs of networks: B^2 over pairs of different priors, W^2 over
pairs of the same prior (the mean of both priors). With networks scattered about their prior's mean by chance, B^2 - W^2
is the squared distance between the two means, without bias however few the seeds. `prior_ratio` = B / W is the
difference between priors in units of that between seeds: 1 where the prior leaves nothing, sqrt(1 + d^2 / 2) where the
means lie d standard deviations of a seed apart. `prior_effect` = (B^2 - W^2)^1/2 / |K| is what no number of seeds
averages out, as a share of the exact kernel; negative, as -|B^2 - W^2|^1/2, where chance outweighs it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np

from surfgrad.audit.profile import ZERO_SHARE
from surfgrad.records import Array

Pair = tuple[str, str]
Differences = dict[Pair, dict[str, Array]]
"""Pair of priors -> name -> samples."""
NAMES = ("prior_ratio", "prior_effect", "between_priors", "between_seeds")


def prior_differences(kernels: Mapping[str, Array], exact: Array, yardstick: Array) -> Differences:
    """Arrays (...) of `NAMES` for every pair of priors.

    `kernels`: prior -> (S, ..., L), S >= 2 seeds, per layer, the half-space last and left out. `exact`: (..., L), the
    kernel that all are about; `yardstick`: (..., L), what stands in for it where it is zero (the vs kernel).
    `between_priors` = B / |K| and `between_seeds` = W / |K|. NaN where any network or the exact kernel is NaN; the
    ratio also where seeds do not differ at all.
    """
    size, spare = (np.sqrt(_squares(each[..., :-1])) for each in (exact, yardstick))
    size = np.where(size <= ZERO_SHARE * spare, spare, size)
    within = {name: _mean_square(combinations(nets, 2)) for name, nets in kernels.items()}
    found: Differences = {}
    for one, other in combinations(kernels, 2):
        between = _mean_square(product(kernels[one], kernels[other]))
        chance = 0.5 * (within[one] + within[other])
        with np.errstate(invalid="ignore", divide="ignore"):
            apart = between - chance
            effect = np.sign(apart) * np.sqrt(np.abs(apart))
            values = (np.sqrt(between / chance), effect / size, np.sqrt(between) / size, np.sqrt(chance) / size)
        found[one, other] = {
            name: np.where(np.isfinite(each), each, np.nan) for name, each in zip(NAMES, values, strict=True)
        }
    return found


def _mean_square(pairs: Iterator[tuple[Array, Array]]) -> Array:
    """Mean over pairs of |one - other|^2 over the finite layers."""
    distances = [_squares((one - other)[..., :-1]) for one, other in pairs]
    return np.asarray(np.mean(distances, axis=0))


def _squares(profile: Array) -> Array:
    return np.asarray(np.einsum("...l,...l->...", profile, profile))


def what_is_wrong(networks: Mapping[str, Sequence[object]]) -> str | None:
    """What is wrong with networks by prior, in words; None if nothing is."""
    if len(networks) < 2:
        return f"{len(networks)} given; networks of 2 priors or more are compared"
    for name, nets in networks.items():
        if len(nets) < 2:
            return f"{len(nets)} of prior {name!r} given; 2 seeds or more of each prior are needed to know chance"
    return None
