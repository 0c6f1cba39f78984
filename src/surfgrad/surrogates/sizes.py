"""Sizes that a card or a caller asks for, refused where no network could have them."""

from surfgrad.errors import UsageError

_LARGEST = 100_000  # of any size: a card that asks for more is not one of ours


def check_sizes(**sizes: tuple[int, ...]) -> None:
    """Raise UsageError naming the first size that is not a whole number from 1 to 100,000, or that is missing."""
    for name, values in sizes.items():
        if not values or not all(type(value) is int and 1 <= value <= _LARGEST for value in values):
            raise UsageError(f"{name}: {values} given; sizes from 1 to {_LARGEST} are allowed")


def check_periods(periods: tuple[float, ...]) -> None:
    """Raise UsageError where there is none, or one that is no period."""
    if not periods or not all(0.0 < period < float("inf") for period in periods):
        raise UsageError("periods: at least one, all finite and above 0 s, is allowed")
