"""How well chains have mixed: R-hat and effective sample sizes of Vehtari et al. (2021, Bayesian Analysis 16, 667-718).

Every function takes draws (chains, draws, ...) of any number of quantities and gives one number for each, (...);
NaN for a quantity that does not vary, or has a draw that is not finite. Each chain needs four draws.
"""

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.special import ndtri
from scipy.stats import rankdata

Array = np.ndarray

TAILS = (0.05, 0.95)
"""Quantiles whose worse one is the tail's (section 4.3)."""


def r_hat(draws: Array) -> Array:
    """Rank-normalised split R-hat, of the draws or of their distance from the median, whichever is larger (eq. 5, 14).

    1 where all halves of all chains tell the same; the paper's limit is 1.01.
    """
    halves = split(draws)
    folded = np.abs(halves - np.median(halves, axis=(0, 1)))
    either = [_potential_scale(rank_normalised(each)) for each in (halves, folded)]
    return _judged(np.maximum(*either), draws)


def ess_bulk(draws: Array) -> Array:
    """Effective sample size of the rank-normalised draws: how well the middle of the distribution is known."""
    return _judged(_effective(rank_normalised(split(draws))), draws)


def ess_tail(draws: Array) -> Array:
    """Effective sample size of the 5 % or of the 95 % quantile, whichever is smaller."""
    low, high = np.quantile(draws, TAILS, axis=(0, 1))
    either = [_effective(split(draws <= limit).astype(np.float64)) for limit in (low, high)]
    return _judged(np.minimum(*either), draws)


def ess_mean(draws: Array) -> Array:
    """Effective sample size for the mean: of the draws as they are."""
    return _judged(_effective(split(draws)), draws)


def mcse_mean(draws: Array) -> Array:
    """Monte Carlo standard error of the mean: the draws' standard deviation over the root of `ess_mean`."""
    return np.asarray(draws.std(axis=(0, 1), ddof=1) / np.sqrt(ess_mean(draws)))


def mcse_sd(draws: Array) -> Array:
    """Monte Carlo standard error of the standard deviation, by the delta method from that of the variance."""
    squares = (draws - draws.mean(axis=(0, 1))) ** 2
    variance = squares.mean(axis=(0, 1))
    return np.asarray(squares.std(axis=(0, 1)) / np.sqrt(ess_mean(squares)) / (2.0 * np.sqrt(variance)))


def split(draws: Array) -> Array:
    """(2 chains, draws // 2, ...): first and second halves; the middle one of an odd number is left out."""
    half = draws.shape[1] // 2
    return np.concatenate([draws[:, :half], draws[:, -half:]])


def rank_normalised(draws: Array) -> Array:
    """Normal scores of the ranks over all chains, Blom's fractions (eq. 14)."""
    flat = draws.reshape(-1, *draws.shape[2:])
    return np.asarray(ndtri((rankdata(flat, axis=0) - 0.375) / (len(flat) + 0.25))).reshape(draws.shape)


def _potential_scale(draws: Array) -> Array:
    """R-hat of draws as they are: the root of pooled over within-chain variance (eq. 1-4)."""
    count = draws.shape[1]
    within = draws.var(axis=1, ddof=1).mean(axis=0)
    between = draws.mean(axis=1).var(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt((count - 1) / count + between / within))


def _effective(draws: Array) -> Array:
    """Chains times draws over the integrated autocorrelation time (eq. 10-13)."""
    chains, count = draws.shape[:2]
    covariance = _autocovariance(draws).mean(axis=0)
    within = covariance[0] * count / (count - 1)
    pooled = covariance[0] + (draws.mean(axis=1).var(axis=0, ddof=1) if chains > 1 else 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = 1.0 - (within - covariance) / pooled
    correlation[0] = 1.0
    flat = correlation.reshape(count, -1)
    time = np.array([_autocorrelation_time(each) for each in flat.T]).reshape(correlation.shape[1:])
    # Draws that alternate know more than independent ones; the paper caps what is credited for that.
    return np.asarray(chains * count / np.maximum(time, 1.0 / np.log10(chains * count)))


def _autocorrelation_time(correlation: Array) -> float:
    """-1 + 2 sum of Geyer's (1992) initial monotone sequence: neighbours in pairs, while positive, not rising."""
    reach = max((len(correlation) - 1) // 2, 1)
    pairs = correlation[: 2 * reach].reshape(reach, -1).sum(axis=1)
    # The last pair in reach counts as the first that is cut off, as in Stan and ArviZ.
    kept = int(np.append(np.flatnonzero(~(pairs[:-1] > 0)), reach - 1)[0])
    # An even lag that is still positive on its own is half of the pair that is cut off.
    rest = max(correlation[2 * kept], 0.0)
    return float(-1.0 + 2.0 * np.minimum.accumulate(pairs[:kept]).sum() + rest)


def _autocovariance(draws: Array) -> Array:
    """Of each chain at every lag, (chains, draws, ...), divided by the number of draws."""
    count = draws.shape[1]
    size = next_fast_len(2 * count)
    spectrum = rfft(draws - draws.mean(axis=1, keepdims=True), size, axis=1)
    return np.asarray(irfft(np.abs(spectrum) ** 2, size, axis=1)[:, :count] / count)


def _judged(values: Array, draws: Array) -> Array:
    flat = draws.reshape(-1, *draws.shape[2:])
    known = np.isfinite(flat).all(axis=0) & (flat.max(axis=0) > flat.min(axis=0))
    return np.asarray(np.where(known, values, np.nan))
