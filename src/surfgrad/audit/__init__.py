"""Judge any forward model against the exact engine.

`surfgrad.audit` is a room and a verb: `surfgrad.audit(forward, models, periods)` is `surfgrad.audit.run.audit`.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_HOME = {
    "audit": "surfgrad.audit.run",
    "compare_priors": "surfgrad.audit.between_priors",
    "write_audit": "surfgrad.audit.store",
    "read_audit": "surfgrad.audit.store",
    "PriorComparison": "surfgrad.audit.prior_comparison",
    "AuditRecord": "surfgrad.audit.record",
    "Measurements": "surfgrad.audit.record",
    "Options": "surfgrad.audit.options",
    "Further": "surfgrad.audit.further",
    "Thresholds": "surfgrad.audit.thresholds",
    "BANDS": "surfgrad.audit.bands",
    "bands_of": "surfgrad.audit.bands",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'surfgrad.audit' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])


class _CallableRoom(ModuleType):
    """A package that is also the function it is named after, whichever of its modules was imported first."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return import_module("surfgrad.audit.run").audit(*args, **options)


sys.modules[__name__].__class__ = _CallableRoom
