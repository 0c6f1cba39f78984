"""The explorer: a page on this machine on which a model is dragged and the exact engine follows.

Needs `pip install "surfgrad[explore]"`.
"""

from importlib.util import find_spec

from surfgrad.errors import UsageError


class ServerMissingError(UsageError, ImportError):
    """The extra that this room needs is not installed."""


for _package in ("starlette", "uvicorn", "websockets"):
    if find_spec(_package) is None:
        raise ServerMissingError(
            f'the explorer needs {_package}, which is not installed: pip install "surfgrad[explore]"'
        )
