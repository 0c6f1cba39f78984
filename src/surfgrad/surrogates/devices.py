"""Where a network computes."""

import torch

from surfgrad.errors import UsageError

DEVICES = ("cpu", "cuda", "auto")
"""`auto`: CUDA where there is any."""


def chosen_device(name: str) -> torch.device:
    """The device that `name` asks for. UsageError for another name, and for CUDA where torch sees none."""
    if name not in DEVICES:
        raise UsageError(f"device: {name!r} given; allowed are {', '.join(DEVICES)}")
    present = torch.cuda.is_available()
    if name == "cuda" and not present:
        raise UsageError("device: 'cuda' given, but torch sees no CUDA device here; cpu and auto are allowed")
    return torch.device("cuda" if present and name != "cpu" else "cpu")
