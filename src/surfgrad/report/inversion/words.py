"""What an inversion found, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from surfgrad.report.inversion.reading import InversionRecord
from surfgrad.report.numbers import counted, percent, short

_METHODS = {
    "map": "the optimum only: no uncertainty is given",
    "laplace": "a Gaussian around the optimum (Laplace), which is an approximation",
    "nuts": "draws of the posterior by the no-U-turn sampler",
    "hmc": "draws of the posterior by Hamiltonian Monte Carlo, many chains side by side",
    "delayed": "draws of the exact posterior by delayed acceptance: a learned forward proposes, the engine decides",
}
_UNITS = {"_km_s": "km/s", "_g_cm3": "g/cm3", "_km": "km"}
"""Ending of a card's key -> unit."""


def answer(record: InversionRecord) -> str:
    """The fit in one sentence."""
    fit, optimum = record.summary["optimum"]["fit_by_the_exact_engine"], record.summary["optimum"]
    reduced = optimum["reduced_chi_square"]
    count = counted(fit["data"], "datum", "data")
    if reduced is None:
        return f"{count}, fewer than the coordinates that they would have to determine: no reduced chi-square."
    scale = optimum["noise_scale"]
    errors = "the stated errors" if scale == 1.0 else f"{short(scale)} times the stated errors"
    verdict = (
        "as well as their errors ask for"
        if 0.5 <= reduced <= 1.5
        else "better than their errors ask for: these are too large, or alike in neighbours"
        if reduced < 0.5
        else "worse than their errors allow: these are too small, or the model is too simple"
    )
    return f"{count} are met {verdict} (reduced chi-square {short(reduced)} with {errors})."


def what_was_done(record: InversionRecord) -> list[str]:
    """Method, prior and starts in sentences."""
    summary = record.summary
    optimum, starts, prior = summary["optimum"], summary["starts"], summary["prior"]
    physics = summary["physics"]
    coordinates, layers = counted(prior["coordinates"], "coordinate"), counted(prior["layers"], "layer")
    said = [
        f"What is shown is {_METHODS[summary['method']]}. The forward is {_forward(physics)}.",
        f"The prior has {coordinates} over {layers}; the data determine {optimum['determined_coordinates']:.1f} of "
        "them, the others are the prior’s.",
        f"Of {counted(starts['count'], 'start')} {starts['by_status']['CONVERGED']} converged and "
        f"{_acceptable(starts)}.",
    ]
    said += _choice(summary["models_compared"])
    sampling = summary["sampling"]
    return said if sampling is None else [*said, " ".join(sampling["sentences"])]


def _choice(compared: Sequence[Mapping[str, Any]]) -> list[str]:
    if not compared:
        return []
    best, *others = sorted(compared, key=lambda each: -each["probability"])
    rest = ", ".join(f"{each['model']} {percent(each['probability'], 0)}" for each in others)
    return [
        f"Of {len(compared)} models the data are most probable under {best['model']}: "
        f"{percent(best['probability'], 0)}; {rest}, by Laplace’s evidence, all as likely before."
    ]


def _acceptable(starts: Mapping[str, Any]) -> str:
    within = f"within {starts['acceptable_within_log_density']:.1f} of the best in log density"
    if not starts["acceptable"]:
        return f"none of these ended {within}"
    return f"{starts['acceptable']} led to an optimum {within}: {_distinct(starts['distinct_optima'])}"


def _distinct(optima: Sequence[Mapping[str, float]]) -> str:
    if len(optima) == 1:
        return "one and the same"
    share = percent(optima[0]["share_of_laplace_mixture"], 0)
    return f"{len(optima)} different ones, the best of which stands for {share} of their Gaussians together"


def _forward(physics: Mapping[str, Any]) -> str:
    earth = "a spherical Earth" if physics["earth"] == "spherical" else "a flat Earth"
    return f"the exact engine on {earth}" if physics["forward"] == "exact" else f"{physics['forward']} on {earth}"


def cautions(record: InversionRecord) -> list[str]:
    """What the reader must know before believing it."""
    summary, found = record.summary, []
    if record.doubtful:
        found.append("The chains have not converged: what is shown is not the posterior, but what they saw of it.")
    if not summary["optimum"]["converged"]:
        found.append(summary["optimum"]["ended"])
    believed, exact = (summary["optimum"][f"fit_{name}"]["rms"] for name in ("as_believed", "by_the_exact_engine"))
    if exact > 1.05 * believed and summary["physics"]["forward"] != "exact":
        found.append(
            f"The forward believes in an rms of {short(believed, 4)} at its optimum; by the exact engine it is "
            f"{short(exact, 4)}."
        )
    if summary["method"] == "map":
        found.append("An optimum is one model of many that fit: see the acceptable ones, and sample for their range.")
    return found


def prior_rows(prior: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(part, in words) of the prior's card."""
    return [
        (name, "; ".join(_entry(key, value) for key, value in part.items()))
        for name, part in prior.items()
        if isinstance(part, dict)
    ]


def _entry(key: str, value: Any) -> str:
    """`key: value unit`, the unit that the key ends in; a law is its own name."""
    if key == "law":
        return str(value)
    ending = next((ending for ending in _UNITS if key.endswith(ending)), "")
    name = key.removesuffix(ending).replace("half_space", "half-space").replace("_", " ")
    return f"{name}: {_plain(value)} {_UNITS.get(ending, '')}".rstrip()


def _plain(value: Any) -> str:
    if isinstance(value, list):
        distinct = list(dict.fromkeys(f"{each:.4g}" for each in value))
        return distinct[0] if len(distinct) == 1 else f"{distinct[0]} … {distinct[-1]}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
