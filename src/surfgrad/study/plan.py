"""Which sets are drawn, which surrogate learns from which, and what each is judged on."""

from dataclasses import dataclass

from surfgrad.study.presets import Preset

PRIORS = ("tectonic", "weak")
LITHO1 = "litho1"


@dataclass(frozen=True)
class SetPlan:
    """One ensemble. `source`: a prior's name, or "litho1". `role`: "train" or "test"."""

    name: str
    source: str
    role: str
    count: int
    seed: int
    title: str


@dataclass(frozen=True)
class TrainingPlan:
    """One surrogate: its architecture and loss, and the ensemble that it learns from."""

    name: str
    architecture: str
    loss: str
    data: str
    seed: int


@dataclass(frozen=True)
class AuditPlan:
    """One surrogate judged on one test set."""

    surrogate: str
    test_set: str

    @property
    def name(self) -> str:
        """`surrogate--set`, the audit's folder."""
        return f"{self.surrogate}--{self.test_set}"


@dataclass(frozen=True)
class Plan:
    """The whole experiment."""

    sets: tuple[SetPlan, ...]
    trainings: tuple[TrainingPlan, ...]
    audits: tuple[AuditPlan, ...]

    @property
    def test_sets(self) -> tuple[SetPlan, ...]:
        """The sets that judge."""
        return tuple(each for each in self.sets if each.role == "test")

    def find_set(self, name: str) -> SetPlan:
        """The set of that name."""
        return next(each for each in self.sets if each.name == name)


def make_plan(preset: Preset) -> Plan:
    """The study's plan: a `grid` network on each prior, each audited on both priors and on LITHO1.0.

    Sample i of a set depends on (source, seed, i) only, so training and test sets share no model as long as their seeds
    differ: training sets take `10 seed + 1`, test sets `10 seed + 2`; networks start from `10 seed + 3`.
    """
    train_seed, test_seed, net_seed = (10 * preset.seed + k for k in (1, 2, 3))
    train = [SetPlan(f"{p}-train", p, "train", preset.train_count, train_seed, f"{p}, training") for p in PRIORS]
    test = [SetPlan(f"{p}-test", p, "test", preset.test_count, test_seed, f"{p} prior") for p in PRIORS]
    real = SetPlan("litho1-test", LITHO1, "test", preset.test_count, test_seed, "LITHO1.0 land")
    sets = (*train, *test, real)
    trainings = tuple(TrainingPlan(f"grid-{p}", "grid", "value", f"{p}-train", net_seed) for p in PRIORS)
    audits = tuple(AuditPlan(t.name, s.name) for t in trainings for s in sets if s.role == "test")
    return Plan(sets, trainings, audits)
