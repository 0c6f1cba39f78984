"""`i/n` and `name=share,name=share` on the command line."""

import re

from surfgrad.errors import UsageError


def parse_shard(text: str | None) -> tuple[int, int] | None:
    """(i, n) of `i/n`."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text.strip())
    if match is None:
        raise UsageError(f"--shard: {text!r} given; i/n is allowed, for example 0/100")
    return int(match[1]), int(match[2])


def parse_shares(text: str | None) -> dict[str, float] | None:
    """{name: share} of `name=share,...`; each name once."""
    if text is None:
        return None
    shares: dict[str, float] = {}
    for item in text.split(","):
        name, _, value = (part.strip() for part in item.partition("="))
        try:
            share = float(value)
        except ValueError:
            share = float("nan")
        if not name.isidentifier() or name in shares or not 0.0 < share <= 1.0:
            raise UsageError(f"--splits: {item!r} given; name=share, each name once, is allowed: train=0.9,test=0.1")
        shares[name] = share
    return shares
