"""The engine's public functions held together, so that the same check can be fed the engine or a liar."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import surfgrad


def _public(name: str) -> Callable[..., Any]:
    """A public function as users reach it, resolved when called."""
    return lambda *arguments, **options: getattr(surfgrad, name)(*arguments, **options)


@dataclass(frozen=True)
class Engine:
    """What the checks ask; replace a field to lie."""

    phase_velocity: Callable[..., Any]
    dispersion: Callable[..., Any]
    mode_count: Callable[..., Any]
    phase_kernels: Callable[..., Any]


ENGINE = Engine(*(_public(field.name) for field in fields(Engine)))
