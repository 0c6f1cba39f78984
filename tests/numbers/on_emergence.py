"""docs/emergence.md: phrases from the rows of the trainings, medians over their seeds."""

from itertools import product

import numpy as np
from benchmarks import emergence_kept
from benchmarks.emergence_rows import WAVES, Row, chosen, gain, numbers, pairs
from benchmarks.emergence_tables import OUTSIDE
from benchmarks.kept import kept
from benchmarks.study_gains import by_network, times
from tests.numbers.tracing import Sources

RAYLEIGH, LOVE = WAVES
ARCHITECTURES = ("grid", "paper", "scale-free")
AWAY = ("tectonic", "litho1")


class Trainings:
    """Rows of one run, asked by name."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def of(self, prior: str, name: str, loss: str) -> list[Row]:
        """All seeds, waves and test sets of one kind of training."""
        asked = {"prior": prior, "architecture": name, "loss": loss}
        return [row for row in self.rows if asked.items() <= row.items()]

    def both(self, prior: str, name: str, loss: str, metric: str, test: str = "") -> list[float]:
        """Rayleigh, Love."""
        rows = self.of(prior, name, loss)
        return [float(np.median(numbers(chosen(rows, test, wave), metric))) for wave in WAVES]

    def gains(self, prior: str, name: str, metric: str, test: str = "") -> list[float]:
        """How many times smaller derivatives make it: Rayleigh, Love; NaN where it is 0."""
        rows = self.of(prior, name, "sobolev")
        return [float(np.median(gain(pairs(chosen(rows, test, wave), self.rows), metric))) for wave in WAVES]

    def least_band(self, prior: str, name: str) -> list[float]:
        """The same of vs kernels, in the band that gains least."""
        rows, found = self.of(prior, name, "sobolev"), []
        bands = [key for key in rows[0] if key.startswith("vs L2 ")]
        for wave in WAVES:
            two = pairs(chosen(rows, "", wave), self.rows)
            found.append(float(np.median(np.min([gain(two, band) for band in bands], axis=0))))
        return found


def and_(values: list[float], digits: str, scale: float = 1.0) -> str:
    """The two waves' values."""
    return " and ".join(format(scale * value, digits) for value in values)


def to(values: list[float], digits: str, scale: float = 1.0) -> str:
    """Least to most."""
    return f"{scale * min(values):{digits}} to {scale * max(values):{digits}}"


def emergence() -> Sources:
    """The page."""
    many, few = Trainings(emergence_kept.rows()), Trainings(emergence_kept.others()[0])
    models, fewer = f"{int(many.rows[0]['models']):,}", few.rows[0]["models"]
    measured = [*_found(many, models), *_values(many), *_outside(many, few), *_few(many, few, models, fewer)]
    return Sources(
        measured=[*measured, *_learning(), *_in_the_study()],
        held={
            "docs/priors.md": ["not 35, and"],
            "docs/surrogates.md": ["nine times the minutes, has 0.0006"],
            "benchmarks/emergence.py": ["at 24 periods from 2 to 60 s,", "variance of 2,000 draws"],
            "src/surfgrad/surrogates/recipes.py": ["0.3 for `scale-free`"],
            "src/surfgrad/study/presets.py": ["for 2 value steps a taught one"],
            "benchmarks/results/first_weights.json": ["weak prior, 19,000 models, 2,500 steps"],
        },
        given=[
            "Yu, Cai & Liu (2026)",
            "Asked was: vs kernels 8 times better, values outside the prior 5 times, with a step at most 3 times",
            "wrong sign at 2 to 5 s",
            "worst at both ends, 2-5 s and 45-60 s",
            "about 600 directions",
            "only, 4 of a model, not 48.",
            "a vector with 768 entries",
            "hold 99.9 % of the variance",
            "(1 is the error of saying nothing",
            "over 20 training models",
            "The default is 0.05",
        ],
    )


def _found(many: Trainings, models: str) -> list[str]:
    alone = ("weak", "grid", "value")
    shares = [numbers(chosen(many.of(*alone), "", wave), "off-manifold share") for wave in WAVES]
    loose = many.both("decorrelated", "grid", "value", "value MAE")
    free = [many.both(prior, "scale-free", "value", "vs L2") for prior in ("weak", "decorrelated")]
    speed = max(f"{1000 * each:.0f}" for each in many.both(*alone, "value MAE"))
    rayleigh, love = (f"{100 * each:.0f}" for each in many.both(*alone, "vs L2"))
    off = [many.both("decorrelated", "grid", "value", "off-manifold share")]
    return [
        f"to {speed} m/s, and its vs kernels are off by {rayleigh} % (Rayleigh) and {love} % (Love)",
        f"On the manifold the error is {and_(many.both(*alone, 'on-manifold L2'), '.0f', 100)} %",
        f"cosine {and_(many.both(*alone, 'off-manifold cosine'), '.2f')}, an error larger",
        f"{100 * np.mean(shares[0]):.0f} % of the Rayleigh kernel's norm lies there",
        f"profiles are still {and_(many.both(*alone, 'vs cosine'), '.2f')}: a measure",
        f"have a cosine of {and_(many.both(*alone, 'rho cosine'), '.2f')}, and the wrong sign",
        f"(Love {many.both(*alone, 'rho cosine 2-5 s')[1]:.2f})",
        f"*worse* ({and_(many.both('decorrelated', 'grid', 'value', 'vs L2'), '.2f')})",
        f"The same {models} models have to tell",
        f"values are off by {and_(loose, '.0f', 1000)} m/s as well",
        f"Only {100 * max(off[0]):.0f} % of the kernel's norm",
        f"has vs kernels of {free[0][0]:.2f} and {free[0][1]:.3f} (weak)",
        f"and of {and_(free[1], '.2f')} (decorrelated) from values alone",
    ]


def _values(many: Trainings) -> list[str]:
    loose = [each for name in ARCHITECTURES for each in many.gains("decorrelated", name, "vs L2")]
    away = [each for test in AWAY for each in many.gains("decorrelated", "grid", "vs L2", test)]
    rows = [(many.of(*p, "value"), many.of(*p, "sobolev")) for p in product(("weak", "decorrelated"), ARCHITECTURES)]
    cost = [float(np.median([float(a["steps"]) / float(b["steps"]) for a, b in pairs(t, v)])) for v, t in rows]
    lost = [1 / each for name in ARCHITECTURES[1:] for each in many.gains("decorrelated", name, "value MAE")]
    won = [each for name in ARCHITECTURES for each in many.gains("weak", name, "value MAE")]
    after = many.both("weak", "grid", "sobolev", "off-manifold cosine")[0]
    before = many.both("weak", "grid", "value", "off-manifold cosine")[0]
    return [
        f"the vs kernels of `grid` {and_(many.gains('weak', 'grid', 'vs L2'), '.0f')} times better",
        f"({and_(many.least_band('weak', 'grid'), '.0f')} times in the band that gains least),",
        f"density kernels {and_(many.gains('weak', 'grid', 'rho L2'), '.0f')} times;",
        f"goes from {before:.2f} to {after:.3f}",
        f"`scale-free` gains {and_(many.gains('weak', 'scale-free', 'vs L2'), '.0f')} times",
        f"On the decorrelated prior gains are {to(loose, '.1f')} on its own models",
        f"for `grid` they are {to(away, '.0f')} on tectonic models and LITHO1.0",
        f"A taught step costs {to(cost, '.1f')} value steps",
        f"end with values {to(lost, '.1f')} times *worse*",
        f"which is easier, values are {to(won, '.1f')} times better",
    ]


def _outside(many: Trainings, few: Trainings) -> list[str]:
    every = [
        each
        for prior, name, test in product(("weak", "decorrelated"), ARCHITECTURES, AWAY)
        for each in many.gains(prior, name, "value MAE", test)
    ]
    table = {(row["prior"], row["architecture"]): row for row in kept("emergence_outside").tables["outside"]}
    column = {name: number for number, name in enumerate(OUTSIDE[2:])}  # names that repeat: the last of them
    two = [table["weak", name][wave] for name in ("grid", "scale-free") for wave in WAVES]
    tenth = [each[i] for each in two for i in (0, 1)]
    alike = [each[column["correlation of errors: value with sobolev"]] for each in two]
    free = [table["weak", "scale-free"][wave] for wave in WAVES]
    at = column["MAE inside, km/s: value"]
    tectonic = {p: many.both(p, "scale-free", "value", "value MAE", "tectonic") for p in ("weak", "decorrelated")}
    taught = many.both("decorrelated", "scale-free", "sobolev", "value MAE", "tectonic")
    best = max(each for prior, name in _kinds(few) for each in few.gains(prior, name, "value MAE", "tectonic"))
    return [
        f"page values outside gain {to(every, '.1f')} times only.",
        f"a tenth of the tectonic models makes {to(tenth, '.0f', 100)} % of the error",
        f"errors correlate by {to(alike, '.2f')},",
        f"has {and_([each[at] for each in free], '.4f')} km/s from values alone and"
        f" {and_([each[at + 1] for each in free], '.4f')} with derivatives",
        f"fewer models (at most {best:.1f} times;",
        f"fall from {and_(tectonic['weak'], '.3f')} km/s to {to([*tectonic['decorrelated'], *taught], '.3f')},",
    ]


def _few(many: Trainings, few: Trainings, models: str, fewer: str) -> list[str]:
    (better,) = {f"{each:.0f}" for each in few.gains("weak", "grid", "value MAE")}
    away = [each for prior, name in _kinds(few) for each in few.gains(prior, name, "value MAE", "tectonic")]
    same = [each for prior, name in _kinds(few) for each in many.gains(prior, name, "value MAE", "tectonic")]
    return [
        f"The same comparison with {fewer} models beside {models}, equal minutes",
        f"`{emergence_kept.command(few.rows).partition('FOLDER ')[2].partition(' --minutes')[0]} --seeds 1",
        f"values of its own prior {better} times better ({models} models:"
        f" {and_(many.gains('weak', 'grid', 'value MAE'), '.1f')} times),"
        f" kernels {and_(few.gains('weak', 'grid', 'vs L2'), '.0f')} times.",
        f"{fewer} models with derivatives give it about the values of {models} without",
        f"Outside the prior, too: {to(away, '.1f')} times, where {models} models gain {to(same, '.1f')}.",
        f"needs more than {fewer} models of the weak prior",
    ]


def _kinds(run: Trainings) -> list[tuple[str, str]]:
    return list(dict.fromkeys((row["prior"], row["architecture"]) for row in run.rows))


def _learning() -> list[str]:
    """`grid` on the weak prior, from values alone: from where the value error is below FIRST to the end."""
    first = 0.006
    asked = {"prior": "weak", "architecture": "grid", "loss": "value"}
    curves = [each for each in kept("emergence_learning").tables["learning"] if asked.items() <= each.items()]
    starts = [next(i for i, value in enumerate(each["value"]) if value < first) for each in curves]
    begun = np.median([each["kernel"][i] for each, i in zip(curves, starts, strict=True)])
    value, ended = (np.median([each[key][-1] for each in curves]) for key in ("value", "kernel"))
    return [f"falls from {first:g} to {value:.4f} km/s, its kernel error goes from {begun:.2f} to {ended:.2f} only"]


def _in_the_study() -> list[str]:
    """`grid` on the tectonic prior: vs kernels there, values elsewhere."""
    found, networks = kept("study").tables, ("grid-tectonic-value", "grid-tectonic-sobolev")
    kernels = [by_network(found["kernels"], "l2_mean")[name] for name in networks]
    values = [by_network(found["values"], "mae_km_s")[name] for name in networks]
    own = " and ".join(times(*(each["tectonic-test", wave] for each in kernels)) for wave in WAVES)
    names = ("litho1-craton", "litho1-orogen", "litho1-basin", "reference", "weak", "decorrelated", "boundary")
    crust, mountains, basins, whole, weak, loose, hard = (
        times(*(each[f"{name}-test",] for each in values)) for name in names
    )
    return [
        f"kernels {own} times, values {crust} times on cratons, {mountains} on orogens, {basins} on basins,"
        f" {whole} on reference Earths and {weak} on the weak prior",
        f"it gains less: {loose} times on the decorrelated prior, {hard} in hard cases.",
    ]
