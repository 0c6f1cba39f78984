"""What one run of the explorer knows beside what the page sends."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from surfgrad.contracts import Forward
from surfgrad.curves.observed import ObservedCurves
from surfgrad.earth.model import EarthModel
from surfgrad.errors import UsageError
from surfgrad.explore.opened import curves_record, model_record
from surfgrad.explore.starting_points import STARTING_POINTS

MOST_KEPT = 8
"""Data sets; the oldest goes when another is opened."""
MOST_OBSERVATIONS = 20_000


@dataclass
class Session:
    """The model and surrogate that the command was given, and the observations opened so far, by number.

    `units`: "km" or "si", which the page begins with. Requests are answered in threads: what changes is behind a lock.
    """

    model: EarthModel | None = None
    surrogate: Forward | None = None
    surrogate_name: str = ""
    units: str = "km"
    _data: "OrderedDict[int, tuple[ObservedCurves, str]]" = field(default_factory=OrderedDict)
    _opened: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def keep(self, curves: ObservedCurves, name: str) -> dict[str, Any]:
        """Number the observations; return them as the page draws them."""
        if len(curves) > MOST_OBSERVATIONS:
            raise UsageError(f"{name}: {len(curves)} observations given; {MOST_OBSERVATIONS} are allowed here")
        with self._lock:
            self._opened += 1
            number = self._opened
            self._data[number] = (curves, name)
            while len(self._data) > MOST_KEPT:
                self._data.popitem(last=False)
        return curves_record(curves, number, name)

    def data(self, number: int | None) -> ObservedCurves | None:
        """The observations of that number; raises UsageError where there are none."""
        if number is None:
            return None
        with self._lock:
            found = self._data.get(number)
        if found is None:
            raise UsageError(f"data: {number} given; observations of that number are not open (open the file again)")
        return found[0]

    def start(self) -> dict[str, Any]:
        """What the page begins with."""
        from surfgrad import __version__
        from surfgrad.explore.saved import CURVE_ENDINGS, MODEL_ENDINGS
        from surfgrad.status import Status

        forward = self.surrogate
        with self._lock:
            latest = list(self._data.items())[-1:]
        return {
            "version": __version__,
            "model": None if self.model is None else model_record(self.model),
            "units": self.units,
            "data": [curves_record(curves, number, name) for number, (curves, name) in latest],
            "surrogate": None
            if forward is None
            else {
                "name": self.surrogate_name,
                "waves": list(forward.waves),
                "kind": forward.kind,
                "note": forward.domain.note,
                "scored": hasattr(forward, "score"),
            },
            "starting_points": [
                {"model": model_record(point.model), "periods": list(point.periods), "units": point.units}
                for point in STARTING_POINTS
            ],
            "formats": {"model": list(MODEL_ENDINGS), "curves": list(CURVE_ENDINGS)},
            "statuses": {int(code): {"name": code.name, "advice": code.advice} for code in Status},
        }
