"""The few statistics that all questions share; None and NaN are left out, and counted by `n`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from surfgrad.records import Array

LEVEL = 95
"""Per cent, of every interval that is called one."""
RESAMPLES = 400


def kept(values: Iterable[float | None]) -> Array:
    """The numbers that exist."""
    return np.array([each for each in values if each is not None and np.isfinite(each)], dtype=np.float64)


def middle(values: Iterable[float | None]) -> float | None:
    """Median; None of nothing."""
    found = kept(values)
    return float(np.median(found)) if found.size else None


def vs_error(audit: Mapping[str, Any]) -> float | None:
    """The typical error of an audit's vs kernels: median over waves and bands of their median relative L2 errors."""
    return middle(row["relative_l2"]["median"] for row in audit["rows"] if row["parameter"] == "vs")


def over_seeds(values: Iterable[float | None]) -> dict[str, Any]:
    """Median, smallest and largest over the seeds of a cell.

    The range of n independent numbers holds their distribution's median with probability 1 - 2^(1 - n) (David &
    Nagaraja 2003, sec. 7.1): 75 % for three seeds.
    """
    found = kept(values)
    if not found.size:
        return {"median": None, "low": None, "high": None, "n": 0}
    return {
        "median": float(np.median(found)),
        "low": float(found.min()),
        "high": float(found.max()),
        "n": int(found.size),
    }


def ratio(above: Sequence[float | None], below: Sequence[float | None]) -> dict[str, Any]:
    """Geometric mean of above / below, paired, with the 95 % interval of Student's t for its logarithm.

    A pair with a number that is missing or not above 0 is left out; no interval from fewer than two.
    """
    pairs = [(a, b) for a, b in zip(above, below, strict=False) if a is not None and b is not None and a > 0 and b > 0]
    logs = np.array([np.log(a / b) for a, b in pairs])
    if not logs.size:
        return {"ratio": None, "low": None, "high": None, "n": 0}
    mean = float(logs.mean())
    found: dict[str, Any] = {"ratio": float(np.exp(mean)), "low": None, "high": None, "n": int(logs.size)}
    if logs.size > 1:
        from scipy.stats import t

        half = float(t.ppf(0.5 + LEVEL / 200, logs.size - 1) * logs.std(ddof=1) / np.sqrt(logs.size))
        found |= {"low": float(np.exp(mean - half)), "high": float(np.exp(mean + half))}
    return found


def rank_correlation(one: Array, other: Array) -> float | None:
    """Spearman's, ties at their mean rank; None for fewer than three pairs, or where a side does not vary."""
    from scipy.stats import rankdata

    if one.size < 3 or not np.ptp(one) or not np.ptp(other):
        return None
    return float(np.corrcoef(rankdata(one), rankdata(other))[0, 1])


def bootstrap(groups: Array, statistic: Callable[[Array], float | None]) -> list[float | None]:
    """Ends of the percentile interval of `statistic(rows)`, drawing whole groups.

    `groups`: (n,), the group of each row: rows of one network or model are nearly the same row. `statistic` takes
    positions. [None, None] for fewer than two groups.
    """
    names, owner = np.unique(groups, return_inverse=True)
    if names.size < 2:
        return [None, None]
    rows = [np.flatnonzero(owner == each) for each in range(names.size)]
    rng = np.random.default_rng(0)
    draws = (rng.integers(names.size, size=names.size) for _ in range(RESAMPLES))
    found = kept(statistic(np.concatenate([rows[each] for each in draw])) for draw in draws)
    if not found.size:
        return [None, None]
    return [float(end) for end in np.quantile(found, [0.5 - LEVEL / 200, 0.5 + LEVEL / 200])]
