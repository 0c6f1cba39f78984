"""What is said when the package that an integration is for is not there."""

from surfgrad.errors import UsageError


class MissingPackageError(UsageError, ImportError):
    """The package is not installed; the message says how to get it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f'{package} is not installed: pip install "surfgrad[{extra}]"')
