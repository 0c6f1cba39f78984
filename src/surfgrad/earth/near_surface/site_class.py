"""Site classes of building codes, by Vs30 alone.

Sources: ASCE/SEI 7-16, table 20.3-1 (the classes of the NEHRP Provisions); ASCE/SEI 7-22, table 20.2-1, whose limits
are given in ft/s; EN 1998-1:2004, table 3.1. Codes also class by what a velocity does not show (soft clay, liquefiable
or thin soil: class F of ASCE/SEI 7, ground types E, S1 and S2 of EN 1998-1), and then that class overrides this one.
"""

from typing import NamedTuple

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.units import SI, unit_system

FOOT = 0.3048
"""m."""


class Code(NamedTuple):
    """`limits`, m/s, falling, between the classes of `names`; a velocity on a limit is of the class below it, but for
    those `closed`, which belong to the class above."""

    title: str
    names: tuple[str, ...]
    limits: tuple[float, ...]
    closed: tuple[float, ...] = ()


CODES = {
    "asce7-16": Code("ASCE/SEI 7-16, table 20.3-1", ("A", "B", "C", "D", "E"), (1500.0, 760.0, 360.0, 180.0), (180.0,)),
    "asce7-22": Code(
        "ASCE/SEI 7-22, table 20.2-1",
        ("A", "B", "BC", "C", "CD", "D", "DE", "E"),
        tuple(FOOT * limit for limit in (5000.0, 3000.0, 2100.0, 1450.0, 1000.0, 700.0, 500.0)),
    ),
    "ec8": Code("EN 1998-1:2004, table 3.1", ("A", "B", "C", "D"), (800.0, 360.0, 180.0), (180.0,)),
}
"""Name -> table. 180 m/s is of the upper class in both that say so (D and C begin at it); EN 1998-1 gives 360 m/s to
two classes, and the softer one is taken."""


def site_class(vs30: float, code: str, *, units: str = "km") -> str:
    """The class of a site by its Vs30, km/s, or m/s for `units="si"`, in one of `CODES`.

    Raises UsageError for an unknown code or a velocity that is not finite and above 0.
    """
    if code not in CODES:
        raise UsageError(f"code: {code!r} given; {', '.join(CODES)} are allowed")
    if not 0.0 < vs30 < np.inf:
        raise UsageError(f"vs30: {vs30:g} given; a finite velocity above 0 is allowed")
    velocity = vs30 * SI.factor / unit_system(units).factor
    table = CODES[code]
    for name, limit in zip(table.names, table.limits, strict=False):
        if velocity > limit or (velocity == limit and limit in table.closed):
            return name
    return table.names[-1]
