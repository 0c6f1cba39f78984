"""Which sets are drawn, which surrogate learns from which, and what each is judged on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from surfgrad.study.presets import DECORRELATED, MIXTURE, TECTONIC, WEAK, Preset

LITHO1 = "litho1"
EXACT = "exact"
SPELLED = {MIXTURE: "mixture:decorrelated=1,tectonic=1,weak=1"}
"""What a study calls a prior, and the prior's own name where it is another."""
PRIOR, BOUNDARY, REGION, REFERENCE, SHARED = "prior", "boundary", "region", "reference", "shared"
KINDS = (PRIOR, BOUNDARY, REGION, REFERENCE, SHARED)
"""Of test sets: models of a prior, hard ones, LITHO1.0 columns of a region, reference Earths, the files at hand."""
TITLES = {
    TECTONIC: "tectonic prior",
    WEAK: "weak prior",
    DECORRELATED: "decorrelated prior",
    MIXTURE: "mixture of priors",
    BOUNDARY: "boundary cases",
    "litho1-craton": "LITHO1.0 cratons",
    "litho1-orogen": "LITHO1.0 orogens",
    "litho1-basin": "LITHO1.0 basins",
    "litho1-ocean": "LITHO1.0 oceans",
    REFERENCE: "reference Earths",
    SHARED: "models of ../shared/data",
}


@dataclass(frozen=True)
class SetPlan:
    """One ensemble. `source`: what it is drawn from: a prior's name, boundary, litho1-REGION, reference or shared.
    `role`: "train" or "test". `kind`: one of `KINDS`."""

    name: str
    source: str
    role: str
    count: int
    seed: int
    title: str
    kind: str = PRIOR


@dataclass(frozen=True)
class TrainingPlan:
    """One surrogate: architecture, prior, loss, and `seed` (0, 1, ...), which set is learned from and `start`, the seed
    that first weights and the order of samples come from: equal for all trainings of one `seed`."""

    architecture: str
    prior: str
    loss: str
    seed: int
    start: int

    @property
    def name(self) -> str:
        """`architecture-prior-loss-seed`, the surrogate's folder."""
        return f"{self.architecture}-{self.prior}-{self.loss}-{self.seed}"

    @property
    def data(self) -> str:
        """The set that it learns from."""
        return f"{self.prior}-train"

    @property
    def recipe(self) -> str:
        """`architecture-loss`, under which a preset has its steps."""
        return f"{self.architecture}-{self.loss}"


@dataclass(frozen=True)
class AuditPlan:
    """One surrogate, or the exact engine, judged on one test set."""

    surrogate: str
    test_set: str

    @property
    def name(self) -> str:
        """`surrogate--set`, the audit's folder."""
        return f"{self.surrogate}--{self.test_set}"


@dataclass(frozen=True)
class ComparisonPlan:
    """Surrogates of one architecture and loss and of two priors, all seeds, held against one another on the models of
    both priors' test sets."""

    architecture: str
    loss: str
    priors: tuple[str, str]
    surrogates: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def name(self) -> str:
        """`architecture-loss--prior-prior`, the comparison's folder."""
        return f"{self.architecture}-{self.loss}--{'-'.join(self.priors)}"

    @property
    def test_sets(self) -> tuple[str, str]:
        """Both priors' own."""
        return own_test(self.priors[0]), own_test(self.priors[1])


@dataclass(frozen=True)
class Plan:
    """The whole experiment. `audits`: of surrogates; `exact_audits`: of the exact engine, the ceiling of any score."""

    sets: tuple[SetPlan, ...]
    trainings: tuple[TrainingPlan, ...]
    audits: tuple[AuditPlan, ...]
    exact_audits: tuple[AuditPlan, ...] = ()
    comparisons: tuple[ComparisonPlan, ...] = ()

    @property
    def test_sets(self) -> tuple[SetPlan, ...]:
        """The sets that judge."""
        return tuple(each for each in self.sets if each.role == "test")

    def tests(self, kind: str) -> tuple[SetPlan, ...]:
        """The test sets of one of `KINDS`."""
        return tuple(each for each in self.test_sets if each.kind == kind)

    def find_set(self, name: str) -> SetPlan:
        """The set of that name."""
        return next(each for each in self.sets if each.name == name)

    def find_training(self, name: str) -> TrainingPlan:
        """The training of that name."""
        return next(each for each in self.trainings if each.name == name)

    def select(
        self,
        architecture: str | None = None,
        prior: str | None = None,
        loss: str | None = None,
        seed: int | None = None,
    ) -> tuple[TrainingPlan, ...]:
        """The trainings with these factors, in the plan's order; None: any."""
        asked = {"architecture": architecture, "prior": prior, "loss": loss, "seed": seed}
        wanted = {key: value for key, value in asked.items() if value is not None}
        return tuple(t for t in self.trainings if all(getattr(t, key) == value for key, value in wanted.items()))

    def levels(self, factor: str) -> tuple[str, ...]:
        """The levels of "architecture", "prior" or "loss" that the plan has, in its order."""
        return tuple(dict.fromkeys(getattr(each, factor) for each in self.trainings))

    @property
    def shown(self) -> tuple[TrainingPlan, ...]:
        """Trainings that figures with room for a few show: the first seed, and of many priors the two ends."""
        priors = self.levels("prior")
        ends = priors if len(priors) <= 2 else (TECTONIC, DECORRELATED)
        return tuple(each for each in self.select(seed=0) if each.prior in ends)

    @property
    def shown_sets(self) -> tuple[SetPlan, ...]:
        """Test sets that such figures show: those of the priors shown, and one of the real Earth."""
        sources = {self.find_set(each.data).source for each in self.shown}
        return tuple(each for each in self.tests(PRIOR) if each.source in sources) + self.tests(REGION)[:1]


def make_plan(preset: Preset) -> Plan:
    """The study's plan: every training of the factorial, each audited on every test set.

    Sample i of a set depends on (source, seed, i) only, so training and test sets share no model as long as their seeds
    differ: training sets take `10 seed + 1`, test sets `10 seed + 2`; networks start from `1000 seed + 0, 1, ...`.
    """
    factors = product(preset.architectures, preset.priors, preset.losses, range(preset.seeds))
    trainings = tuple(TrainingPlan(a, p, loss, k, 1000 * preset.seed + k) for a, p, loss, k in factors)
    sets = tuple(_sets(preset))
    tests = [each.name for each in sets if each.role == "test"]
    audits = tuple(AuditPlan(each.name, name) for each in trainings for name in tests)
    ceilings = tuple(AuditPlan(EXACT, name) for name in tests)
    return Plan(sets, trainings, audits, ceilings, tuple(_comparisons(preset, trainings)))


def own_test(source: str) -> str:
    """What the test set of a prior, or of another source, is called."""
    return f"{source}-test"


def _sets(preset: Preset) -> Iterator[SetPlan]:
    train_seed, test_seed = (10 * preset.seed + k for k in (1, 2))
    for prior in preset.priors:
        title = f"{TITLES[prior]}, training"
        yield SetPlan(f"{prior}-train", SPELLED.get(prior, prior), "train", preset.train_count, train_seed, title)
    for prior in preset.tested:
        source = SPELLED.get(prior, prior)
        yield SetPlan(own_test(prior), source, "test", preset.test_count, test_seed, TITLES[prior])
    for side in preset.sides:
        kind = REGION if side.startswith(LITHO1) else side
        yield SetPlan(own_test(side), side, "test", preset.side_count, test_seed, TITLES[side], kind)


def _comparisons(preset: Preset, trainings: tuple[TrainingPlan, ...]) -> Iterator[ComparisonPlan]:
    """Those of priors that have test sets; chance is known from two seeds on."""
    if preset.seeds < 2:
        return
    priors = [each for each in preset.priors if each in preset.tested]
    for architecture, loss, pair in product(preset.architectures, preset.losses, combinations(priors, 2)):
        one, other = (
            tuple(t.name for t in trainings if (t.architecture, t.loss, t.prior) == (architecture, loss, prior))
            for prior in pair
        )
        yield ComparisonPlan(architecture, loss, pair, (one, other))
