"""What this machine lets a process use."""

import os


def cores() -> int:
    """Cores that this process may use: fewer than the machine has where a queue or a container gives it a share."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
