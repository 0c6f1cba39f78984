"""The two routes to a derivative of a root, by name."""

from surfgrad.errors import UsageError

METHODS = ("implicit", "energy")
"""The secular function's derivatives (fast), or energy integrals of the eigenfunctions (independent of them)."""


def check_method(method: str) -> None:
    """Raise UsageError unless `method` is one of METHODS."""
    if method not in METHODS:
        raise UsageError(f"method: {method!r} given; allowed are {', '.join(METHODS)}")
