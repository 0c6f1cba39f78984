"""Sentences of an inversion's page, where fits fail and where they do not."""

from surfgrad.report.inversion.reading import InversionRecord
from surfgrad.report.inversion.words import cautions, prior_rows, what_was_done

OPTIMUM = {"log_density": -7.8, "share_of_laplace_mixture": 1.0}


def record(acceptable: int, *, converged: bool) -> InversionRecord:
    fit = {"data": 9, "rms": 0.01}
    optimum = {
        "determined_coordinates": 3.0, "converged": converged, "ended": "Stopped on the way.",
        "fit_as_believed": fit, "fit_by_the_exact_engine": fit,
    }  # fmt: skip
    starts = {
        "count": 20, "by_status": {"CONVERGED": 3}, "acceptable": acceptable, "acceptable_within_log_density": 5.0,
        "distinct_optima": [OPTIMUM],
    }  # fmt: skip
    summary = {
        "method": "laplace", "optimum": optimum, "starts": starts, "models_compared": [], "sampling": None,
        "prior": {"coordinates": 4, "layers": 3}, "physics": {"forward": "exact", "earth": "flat"},
    }  # fmt: skip
    return InversionRecord(summary, {})


def test_starts_that_led_nowhere_are_not_said_to_agree() -> None:
    said = what_was_done(record(0, converged=False))[2]
    assert said == "Of 20 starts 3 converged and none of these ended within 5.0 of the best in log density."
    assert cautions(record(0, converged=False)) == ["Stopped on the way."]


def test_starts_that_agree_are_said_to() -> None:
    said = what_was_done(record(3, converged=True))[2]
    assert said.endswith("3 led to an optimum within 5.0 of the best in log density: one and the same.")
    assert cautions(record(3, converged=True)) == []


def test_the_prior_s_numbers_have_their_units() -> None:
    card = {"law": "held", "bottom_km": 263.12, "half_space_above_km_s": 4.385, "rho_g_cm3": 1.9, "low": [1.5, 2.0]}
    row = "held; bottom: 263.1 km; half-space above: 4.385 km/s; rho: 1.9 g/cm3; low: 1.5 … 2"
    assert prior_rows({"vs": card, "layers": 3}) == [("vs", row)]
