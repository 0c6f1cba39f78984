"""Errors a caller can act on: each message is one line that names what was given and what is allowed."""


class SurfgradError(Exception):
    """Base of every error that surfgrad raises on purpose."""


class ModelError(SurfgradError, ValueError):
    """A layered model or a period array is invalid; the message names the first bad entry."""


class FormatError(SurfgradError, ValueError):
    """A file cannot be read; the message names the file and, where it has lines, the line."""


class UsageError(SurfgradError, ValueError):
    """An option or argument is outside what is allowed."""
