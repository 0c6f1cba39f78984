"""Learned forward models: architectures, losses, training, checkpoints. Needs `pip install "surfgrad[torch]"`."""

from importlib.util import find_spec

from surfgrad.errors import UsageError


class TorchMissingError(UsageError, ImportError):
    """The extra that this room needs is not installed."""


for _package in ("torch", "safetensors"):
    if find_spec(_package) is None:
        raise TorchMissingError(f'surrogates need {_package}, which is not installed: pip install "surfgrad[torch]"')
