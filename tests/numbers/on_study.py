"""docs/study.md: what a study found, from its summary's excerpt and the paragraphs that it wrote itself."""

import re

from benchmarks.kept import Kept, kept
from benchmarks.study_gains import Errors, by_network, times
from benchmarks.study_tables import LETTERS
from tests.numbers.tracing import Sources

from surfgrad.study.questions.consequence import TASKS

BOTH = ("rayleigh", "love")
CONTINENTS = ("litho1-craton-test", "litho1-orogen-test", "litho1-basin-test")


def study() -> Sources:
    """The page."""
    return Sources(
        measured=[*_found(kept("study")), *_checked(kept("study_checks"))],
        held={
            "src/surfgrad/study/presets.py": [
                "| 300 | 40, 4 |",
                "| 8,000 | 40, 20 | a first answer: at most 25 minutes",
                "| 12,000 | 60, 30 |",
                "| 100,000 | 400, 200 |",
                "learned for 1750 to 2750 steps",
            ],
            "src/surfgrad/earth/litho1_regions.py": [
                "crust of 35 to 48 km, sediments of less than 1 km, base of the lid at 170 km or deeper",
                "crust of 50 km or more",
                "sediments of 4 km or more, crust of less than 50 km",
                "water of 2 km or more and no ice, crust of 4 to 15 km",
            ],
            "src/surfgrad/study/questions/statistics.py": ["with probability 75 %"],
            "src/surfgrad/study/questions/imprint.py": ["from 1.2 on counted", "below 80 km that is next to nothing"],
            "src/surfgrad/study/questions/protocol.py": ["a cosine of 0.95 or more"],
            "src/surfgrad/study/questions/information.py": ["(cosine 0.95)"],
        },
        given=[
            "2 x 2 | 8 |",
            "2 x 3 | 12 |",
            "2 x 3 | 72 |",
            "Yu, Cai & Liu (2026), arXiv:2604.04107",
            "Yu, Cai & Liu (2026) does better",
            "*Seeds*: 0, 1, 2:",
            "vp/vs of 3 to 5,",
            "grid of 256 layers",
            "95th percentile",
            "the 95 % interval of Student's t",
            "95 % intervals by bootstrap",
            "(1 where the prior leaves nothing,",
            "At 2-5 s no kind",
            "the interval does not hold 1",
            "-1 for a missing value",
        ],
    )


def paragraphs(of: Kept) -> dict[str, str]:
    """What the study wrote, by the letter of its question."""
    return {each["key"]: each["paragraph"] for each in of.tables["answers"]}


def _found(of: Kept) -> list[str]:
    """What contradicts expectations, and how long it took."""
    values = by_network(of.tables["values"], "mae_km_s")
    loose, tied = (values[f"grid-{prior}-value"]["tectonic-test",] or 0.0 for prior in ("mixture", "weak"))
    strong, wide = ([values[f"grid-{p}-sobolev"][name,] for name in CONTINENTS] for p in ("tectonic", "decorrelated"))
    hard = [row for row in of.tables["kernels"] if row["test_set"] == "boundary-test" and row["wave"] == "love"]
    assert all(min(LETTERS, key=list(LETTERS).index) in row["verdicts"] for row in hard)
    (minutes,) = (f"{row['seconds'] / 60:.0f}" for row in of.tables["run"])
    return [
        *_written(of),
        f"off by {_kernels(of, 'grid-mixture-value')} on tectonic models",
        f"taught values of the weak prior alone by {_kernels(of, 'grid-weak-value')}:",
        f"values are {times(tied, loose)} times better ({loose:.4f} km/s against {tied:.3f})",
        f"is off by {_three(strong, '.4f')} km/s on cratons, orogens and basins",
        f"taught on decorrelated ones, by {_three(wide, '.3f')}.",
        f"All {len(hard)} kinds fail; the best has {min(row['l2_most'] for row in hard):.2f} in its worst band.",
        f"it is the other way round, {_hard(values, 'tectonic')} against {_hard(values, 'decorrelated')}.",
        f"has velocities right to {values['grid-tectonic-value']['tectonic-test',]:.4f} km/s there",
        f"its {minutes} minutes on two cores",
    ]


def _hard(values: Errors, prior: str) -> str:
    return f"{values[f'grid-{prior}-sobolev']['boundary-test',]:.3f}"


def _checked(of: Kept) -> list[str]:
    """What this run cannot say, and why."""
    tables = of.tables
    shares = [row["share"] for row in tables["seeds"] if row["loss"] == "value"]
    rule = {(row["architecture"], row["prior"]): row for row in tables["rules"] if row["loss"] == "value"}
    loose, mixed = (rule["scale-free", prior] for prior in ("decorrelated", "mixture"))
    right = {row["architecture"]: row for row in tables["inversions"] if row["loss"] == "sobolev"}
    free, grid, paper = ([right[name][task] for task in TASKS] for name in ("scale-free", "grid", "paper"))
    hard = {row["family"]: f"{row['error']:.2f}" for row in tables["hard_cases"]}
    steps = {tuple(row[name] for name in ("architecture", "prior", "loss")): row for row in tables["weights_kept"]}
    tied, smooth, taught = (
        steps["paper", prior, loss]
        for prior, loss in (("tectonic", "value"), ("weak", "value"), ("tectonic", "sobolev"))
    )
    halves = [[f"{row[f'kernel_{when}']:.2f}" for when in ("half", "last")] for row in (tied, smooth, taught)]
    assert (taught["value_kept"] - taught["value_last"]) / (taught["value_kept"] - tied["value_kept"]) > 0.5
    seconds = [[row[f"seconds_{end}"] for row in tables["times"]] for end in ("least", "most")]
    ratios = [[row[end] for row in tables["times"]] for end in ("least", "most")]
    fails = {row["limit"]: row for row in tables["protocol"] if row["verdict"] == "FAIL"}
    assert all(row["published"] == row["medians"] for row in tables["protocol"] if row["verdict"] == "PASS")
    first, second, third = fails.values()
    lost = {row["architecture"]: row for row in tables["missing"]}
    assert all(row["most"] == row["bands"] == 0 for name, row in lost.items() if name != "scale-free")
    rootless = lost["scale-free"]
    return [
        f"by {min(shares):.2f} to {max(shares):.2f} of the error against the engine",
        f"R² from {loose['without']:.2f} to {loose['with_distance']:.2f} and from {mixed['without']:.2f} to"
        f" {mixed['with_distance']:.2f} without it",
        f"the fit is right in {free[0]}, a step in {free[1]} and the posterior in {free[2]};"
        f" of `grid` in {grid[0]}, {grid[1]} and {grid[2]}; of `paper` in {paper[0]}, {paper[1]} and {paper[2]}",
        f"better than {hard['thin layer']} on thin soft layers, {hard['low-velocity zone']} on low-velocity zones"
        f" and {hard['root near the half-space']} on roots",
        f"they were off by {halves[0][0]} halfway and by {halves[0][1]} at the end, of the weak prior by"
        f" {halves[1][0]} and {halves[1][1]}; taught on tectonic models, by {halves[2][0]} and {halves[2][1]}",
        f"in {rootless['bands']} of its {rootless['of']} bands:",
        f"in at most {100 * rootless['most']:.0f} % of a band's samples",
        f"took {min(seconds[0]):.0f} to {max(seconds[1]):.0f} s of one thread",
        f"{min(ratios[0]):.2f} to {max(ratios[1]):.2f} times as long",
        f"was step {taught['kept_step']:.0f} of {taught['steps']:.0f}: its held-out velocities are off by"
        f" {taught['value_kept']:.4f} km/s there and by {taught['value_last']:.4f} at the end,"
        f" from values alone by {tied['value_kept']:.4f}.",
        f"kernels off by {taught['kernel_kept']:.2f} in place of {taught['kernel_last']:.2f}.",
        f"Of the {first['medians']} medians that fail strictly, {first['strict']} have a cosine of {first['limit']}",
        f"by the published protocol {first['published']} have it.",
        f"With a limit of {second['limit']} it is {second['strict']} and {second['published']},"
        f" with {third['limit']} it is {third['strict']} and {third['published']},",
    ]


def _written(of: Kept) -> list[str]:
    """Numbers that the study's own paragraphs have."""
    said = paragraphs(of)
    value, kernel = parts(
        said["a"], r"While grid, tectonic prior, values alone.*? fell (\S+)-fold .*? error (\S+)-fold"
    )
    wide = parts(
        said["c"], r"from values alone .*? the error of Vs kernels by (\S+) \(.*?\) \(scale-free, decorrelated for"
    )
    some, of_all = parts(said["b"], r"values alone differ by their prior beyond what seeds do in (\d+) of (\d+)")
    ratio, left = parts(
        said["b"], r"values alone, the tectonic and mixture priors differ most in Vp: (\S+) .*?out (\S+) of"
    )
    with_it, without = parts(said["f"], r"values alone, the error of a kernel .*?R² is (\S+) .*?R² without it (\S+),")
    taught, blind = parts(said["f"], r"taught kernels, the error of a kernel .*?R² is (\S+) .*?R² without it (\S+),")
    own = said["d"].partition("With taught kernels, on models of the own prior")[2]
    fit, kinds = parts(own, r"the engine's, in (\d+) of (\d+)")
    step, posterior = parts(own, r"goes right in (\d+) of .*?posterior is right in (\d+) of")
    limit, gathered, cases, excess = parts(
        said["b"],
        r"above (\S+) of the kernel, .*?have there\) in (\d+) of (\d+) cases .*?"
        r"clearest in grid, tectonic prior, .*?Vp, .*?: (\S+) ",
    )
    emerge, judged, good = parts(said["a"], r"emerge in (\d+) of (\d+) kinds .*?relative L2 up to (\S+) in every")
    (weights,) = parts(said["c"], r"\(paper, (\d+) weights\)")
    return [
        f"error from values alone falls to {wide[0]} of what it was at best",
        f"falls {value}-fold, its kernel error falls {kernel}-fold",
        f"In {some} of {of_all} comparisons",
        f"{ratio} times closer, and {left} of the kernel",
        f"R² of the rule of (f) from {without} to {with_it} only,",
        f"with taught kernels from {blind} to {taught}:",
        f"of more than {limit} of the kernel that networks of other priors have less of is found in at most"
        f" {gathered} of {cases} cases",
        f"clearest is `grid`, {excess} of the kernel",
        f"is by a limit of {good} on medians",
        f"That {emerge} of {judged} do",
        f"the fit is right in {fit} of {kinds} kinds of network with taught kernels, a Gauss-Newton step in {step}"
        f" and the posterior in {posterior}.",
        f"`paper` has {int(weights):,} weights here",
    ]


def parts(paragraph: str, pattern: str) -> tuple[str, ...]:
    """The groups of a pattern that must be there."""
    match = re.search(pattern, paragraph)
    assert match, pattern
    return match.groups()


def _kernels(of: Kept, network: str) -> str:
    """On tectonic models, both waves."""
    errors = by_network(of.tables["kernels"], "l2_mean")[network]
    return " and ".join(f"{errors['tectonic-test', wave]:.2f}" for wave in BOTH)


def _three(values: list[float | None], digits: str) -> str:
    one, two, three = (f"{value:{digits}}" for value in values if value is not None)
    return f"{one}, {two} and {three}"
