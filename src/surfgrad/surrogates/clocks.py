"""The clocks that a budget in minutes can be told by."""

import time
from collections.abc import Callable

Clock = Callable[[], float]
"""Seconds since some moment of its own; never back."""

CLOCKS: dict[str, Clock] = {"wall": time.perf_counter, "cpu": time.process_time}
"""`wall`: as people wait. `cpu`: what this process computes, all its threads together; on a machine that others use too
only these minutes are equal from run to run."""
