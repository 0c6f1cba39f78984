"""Which samples belong to a part of a run, or of a store: ranges of indices, recorded on the card."""

from collections.abc import Mapping

from surfgrad.errors import UsageError

Ranges = dict[str, list[int]]
"""Name -> [first index, one after the last]."""


def shard_range(shard: tuple[int, int], count: int) -> tuple[int, int]:
    """Rows of part i of n of `count` samples, (i, n) given: contiguous, of sizes that differ by one at most.

    i is counted modulo n: any n consecutive numbers name all parts, so a job array may begin at 0 or at 1.
    """
    number, parts = shard
    if parts < 1 or not 0 <= number <= parts:
        raise UsageError(f"--shard: {number}/{parts} given; i/n with 0 <= i <= n is allowed (n/n is the same as 0/n)")
    if parts > count:
        raise UsageError(
            f"--shard: {number}/{parts} given; at most one part for each of the {count} samples is allowed"
        )
    number %= parts
    return number * count // parts, (number + 1) * count // parts


def split_ranges(shares: Mapping[str, float] | None, first: int, count: int) -> Ranges | None:
    """Contiguous index ranges of the named parts, in order, rounded to whole samples; the last takes what remains.

    UsageError unless shares are above 0 and add up to 1, and every part has a sample.
    """
    if shares is None:
        return None
    if not shares or min(shares.values()) <= 0 or abs(sum(shares.values()) - 1.0) > 1e-9:
        raise UsageError(f"--splits: {dict(shares)} given; shares above 0 that add up to 1 are allowed")
    ranges: Ranges = {}
    start, total = first, 0.0
    for name, share in shares.items():
        total += share
        stop = first + round(total * count)
        if stop <= start:
            raise UsageError(f"--splits: {name}={share:g} of {count} samples is none; at least one is allowed")
        ranges[name] = [start, stop]
        start = stop
    return ranges
