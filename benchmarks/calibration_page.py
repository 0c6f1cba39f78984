"""docs/calibration.md and its figure, from the logs of `benchmarks.inversion_calibration`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from benchmarks.small_inversion import CENTRE, PERIODS, RATIO, RATIO_SPREAD, SIGMA, SPREAD, THICKNESS

from surfgrad.inversion.calibration import Ranks, binomial_interval, logged
from surfgrad.inversion.uniformity import uniformity

LEVELS = (0.68, 0.90)
CONFIDENCE = 0.99
BINS = 20
WANTED = 1000
DOCS = Path(__file__).resolve().parents[1] / "docs"


def write_page(folder: Path, names: Sequence[str], seed: int, methods: Mapping[str, str]) -> None:
    """The page, of the methods that have a log."""
    found = {method: logged(path) for method in methods if (path := folder / f"{method}.jsonl").exists()}
    lines = [*_opening(seed), *_methods(found, methods), *_coverage(found, names), *_uniformity(found, names)]
    (DOCS / "calibration.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _figure(found, names).savefig(DOCS / "figures" / "calibration.png", dpi=110)


def _opening(seed: int) -> Iterator[str]:
    layers = " over ".join(f"{thickness:g} km" for thickness in THICKNESS[:-1])
    medians = ", ".join(f"{vs:g}" for vs in CENTRE)
    yield "# Calibration of posteriors"
    yield ""
    yield "Written by `python -m benchmarks.inversion_calibration --write`. What it means: [Sampling](sampling.md)."
    yield ""
    yield (
        f"A small inversion with a known truth: {layers} over a half-space; vs independent and log-normal (medians "
        f"{medians} km/s, sd {SPREAD:g} of the logarithm), one free vp/vs ({RATIO:g}, sd {RATIO_SPREAD:g} of its "
        "logarithm), density of rock by vp. Data: fundamental-mode phase velocity of Rayleigh and Love waves at "
        f"{PERIODS.size} periods from {PERIODS[0]:g} to {PERIODS[-1]:g} s, exact, with normal noise of {SIGMA:g} km/s. "
        f"In each trial the truth is drawn from the prior (seed {seed}); trial n has the same truth and data for all "
        "methods. The truth is ranked among 99 draws; a central interval of 68 % is 68 of the 100 ranks, exactly."
    )
    yield ""


def _methods(found: Mapping[str, Ranks], methods: Mapping[str, str]) -> Iterator[str]:
    columns = "trials | draws | ESS, median (5 %) | R-hat, median (95 %) | divergent | second stage | CPU s | ms"
    yield f"| method | | {columns} |"
    yield "|---" * 10 + "|"
    for method, ranks in found.items():
        facts = ranks.facts
        ess, scale = facts["ess_bulk"], facts["r_hat"]
        second = f"{np.mean(facts['second_stage']):.3f}" if "second_stage" in facts else ""
        yield (
            f"| `{method}` | {methods[method]} | {len(ranks.ranks)} | {facts['draws'][0]:.0f} | "
            f"{np.nanmedian(ess):.0f} ({np.nanquantile(ess, 0.05):.0f}) | "
            f"{np.nanmedian(scale):.3f} ({np.nanquantile(scale, 0.95):.3f}) | "
            f"{facts['divergences'].sum() / facts['draws'].sum():.2%} | {second} | "
            f"{np.median(facts['seconds']):.1f} | {1e3 * np.nanmedian(facts['seconds'] / ess):.1f} |"
        )
    yield ""
    yield (
        "Draws are few, as ranks need no more than a hundred independent ones: R-hat of so few scatters, and is "
        "stated, not demanded. ESS and R-hat are those of the worst quantity of a trial. CPU s: processor time of a "
        "trial, one thread, search for the optimum and tuning included; ms: the same for one effective draw."
    )
    few = [f"`{method}` {len(ranks.ranks)}" for method, ranks in found.items() if len(ranks.ranks) < WANTED]
    if few:
        yield ""
        yield (
            f"**Not finished: {', '.join(few)} of {WANTED} trials.** What so few trials let pass may still be wrong; "
            "the intervals below say how wrong."
        )
    yield ""


def _coverage(found: Mapping[str, Ranks], names: Sequence[str]) -> Iterator[str]:
    yield (
        f"Coverage: share of trials whose truth lies inside, %, and its {CONFIDENCE:.0%} binomial interval. **Bold**: "
        "the nominal share is not in it."
    )
    yield ""
    yield "| method | level | " + " | ".join(names) + " | holds |"
    yield "|---|---|" + "---|" * (len(names) + 1)
    for method, ranks in found.items():
        for level in LEVELS:
            hits, count = ranks.covered(level), len(ranks.ranks)
            low, high = binomial_interval(hits, count, CONFIDENCE)
            held = (low <= level) & (level <= high)
            cells = [_cell(*each) for each in zip(hits / count, low, high, held, strict=True)]
            verdict = _verdict(count, bool(held.all()), f"no ({int((~held).sum())} of {held.size})")
            yield f"| `{method}` | {level:.0%} | " + " | ".join(cells) + f" | {verdict} |"
    yield ""


def _verdict(count: int, good: bool, bad: str = "no") -> str:
    """Too few trials let everything pass; they do not let everything fail."""
    passed = "yes" if count >= WANTED else "too few trials to say"
    return passed if good else bad


def _cell(share: float, low: float, high: float, held: bool) -> str:
    text = f"{100 * share:.1f} ({100 * low:.1f}-{100 * high:.1f})"
    return text if held else f"**{text}**"


def _uniformity(found: Mapping[str, Ranks], names: Sequence[str]) -> Iterator[str]:
    yield (
        "Ranks: chance p of ranks as far from uniform, by simultaneous bands of their distribution function "
        "(Säilynoja et al. 2022). A method passes where every p is above 0.01 over the number of quantities. "
        "**Bold**: not."
    )
    yield ""
    yield "| method | " + " | ".join(names) + " | passes |"
    yield "|---|" + "---|" * (len(names) + 1)
    for method, ranks in found.items():
        verdict = uniformity(ranks)
        cells = [f"{p:.4f}" if good else f"**{p:.4f}**" for p, good in zip(verdict.p, verdict.passed, strict=True)]
        yield f"| `{method}` | " + " | ".join(cells) + f" | {_verdict(len(ranks.ranks), bool(verdict.passed.all()))} |"
    yield ""
    yield "![Rank histograms, and the band that 99 % of uniform bins lie in](figures/calibration.png)"


def _figure(found: Mapping[str, Ranks], names: Sequence[str]):  # type: ignore[no-untyped-def]
    from matplotlib.figure import Figure
    from scipy.stats import binom

    shape = (max(len(found), 1), len(names))
    figure = Figure(figsize=(2.2 * shape[1], 1.7 * shape[0] + 0.5), layout="constrained")
    panels = figure.subplots(*shape, squeeze=False, sharex=True)
    for row, (method, ranks) in enumerate(found.items()):
        count = len(ranks.ranks)
        low, high = binom.interval(0.99, count, 1.0 / BINS)
        for axes, name, each in zip(panels[row], names, ranks.ranks.T, strict=True):
            axes.axhspan(low, high, color="0.88")
            axes.axhline(count / BINS, color="0.5", lw=0.8)
            bars, *_ = axes.hist(each, bins=np.linspace(0, ranks.draws + 1, BINS + 1), histtype="step", color="#1f4e79")
            axes.set_ylim(0, max(2.2 * count / BINS, 1.05 * high, 1.05 * np.max(bars)))
            if row == 0:
                axes.set_title(name, fontsize=9)
            if row == shape[0] - 1:
                axes.set_xlabel("rank of the truth", fontsize=8)
            axes.tick_params(labelsize=7)
        panels[row, 0].set_ylabel(f"{method}\ntrials in a bin", fontsize=8)
    return figure
