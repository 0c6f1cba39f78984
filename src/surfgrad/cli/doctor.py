"""`surfgrad doctor`: what is installed, what is missing and how to get it."""

from collections.abc import Callable, Iterator


def doctor() -> None:
    """What runs here: versions, compile cache, threads, extras; what is missing and how to get it.

    It changes nothing and always succeeds; what cannot be found out is said so.
    """
    from surfgrad.cli import diagnosis

    for title, probe in (
        ("surfgrad", diagnosis.versions),
        ("Compiled code", diagnosis.compile_cache),
        ("Threads", diagnosis.threads),
        ("Extras", diagnosis.extras),
        ("A first curve", diagnosis.first_curve),
    ):
        print(title)
        for line in _told(probe):
            print(f"  {line}")


def _told(probe: Callable[[], Iterator[str]]) -> Iterator[str]:
    """The probe's lines; whatever it runs into is a line too: a doctor that falls ill helps nobody."""
    try:
        yield from probe()
    except Exception as error:
        yield f"cannot tell: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
