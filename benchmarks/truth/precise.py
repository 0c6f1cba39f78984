"""Group velocity and ellipticity against the mode in 60 digits (`tests/reference/meeting`), on a sample."""

import numpy as np
from benchmarks.truth.judge import Value
from benchmarks.truth.tally import Tally
from tests.reference import meeting

import surfgrad as sg
from surfgrad.status import Status

STILL = 1e-11
"""Amplitude at the surface, of that at some interface (so at least of the largest), below which there need not be H/V:
the engine gives none below 1e-13 of the largest."""


def compare(found: list[Value], tally: Tally) -> None:
    """U and H/V of some values, one by one; CLOSE_MODES, whose U loses digits as its status says, are left out."""
    for value in found:
        if value.status not in (Status.OK, Status.MULTIPLE):
            continue
        asked = {"mode": value.mode, "threads": 1}
        try:
            mode = meeting.find_mode(value.model, value.period, value.wave, value.mode, value.velocity)
        except ValueError as error:
            tally.fail("not met at 60 digits", f"{error}: {value}")
            continue
        group = sg.group_velocity(*value.model, [value.period], wave=value.wave, **asked)[0]
        tally.worst["U"].take(abs(group / float(meeting.group(mode)) - 1), str(value))
        if value.wave == "rayleigh":
            ratio = sg.ellipticity(*value.model, [value.period], **asked)[0]
            if np.isnan(ratio) and meeting.surface_amplitude(mode) < STILL:
                tally.count("surface stands still")
                continue
            # The angle passes through poles and zeros alike.
            error = abs(np.arctan(ratio) - np.arctan(float(meeting.ellipticity(mode))))
            tally.worst["H/V"].take(min(error, np.pi - error), str(value))
