"""A study's folder made up of forwards whose faults are known: audits by the real audit, of a closed-form reference."""

import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from tests.audit.toy import Toy

from surfgrad.audit.between_priors import compare_priors
from surfgrad.audit.further import Further
from surfgrad.audit.options import Options
from surfgrad.audit.run import audit
from surfgrad.audit.store import write_audit
from surfgrad.audit.training_prior import TrainingPrior, prior_of_models
from surfgrad.study.folder import StudyFolder
from surfgrad.study.questions import View, view_of
from surfgrad.testing.liars import biased_values, moho_locked, prior_projected, wrong_slope

PERIODS = np.array([3.0, 7.0, 14.0, 25.0, 40.0, 55.0])
LAYERS, STEP, MOHO = 20, 6.0, 36.0
SETS = ("tectonic-test", "decorrelated-test", "reference-test")
OPTIONS = Options(
    outside="judge",
    examples=1,
    further=Further(parts=("imprint", "spectral", "consequence"), consequence_models=2, starts=1, inversion_periods=4),
)


def draw(prior: str, count: int, seed: int) -> tuple[np.ndarray, ...]:
    """Models on an even grid: tectonic ones with a Moho near 36 km and everything tied to vs, or none of it."""
    rng = np.random.default_rng(seed)
    depth = STEP * np.arange(LAYERS)
    vs = 3.2 + 1.2 * depth / depth[-1] + rng.uniform(-0.2, 0.2, (count, 1))
    if prior == "tectonic":
        vs = vs + np.where(depth >= rng.choice([30.0, 36.0, 42.0], (count, 1)), 0.6, 0.0)
        vp, rho = 1.75 * vs, 2.8 * (vs / 3.6) ** 0.25
    else:
        vs = vs + 0.1 * rng.standard_normal((count, LAYERS))
        vp = vs * rng.uniform(1.65, 1.85, (count, LAYERS))
        rho = rng.uniform(2.5, 3.3, (count, LAYERS))
    thickness = np.full((count, LAYERS), STEP)
    thickness[:, -1] = 0.0
    return thickness, vp, vs, rho


@dataclass(frozen=True)
class Fault:
    """What a kind of network is made of."""

    noise: float = 0.0
    moho: float = 0.0
    projected: bool = False
    bias: float = 0.0

    def forward(self, prior: TrainingPrior, seed: int) -> Any:
        """The toy with these faults; noise is the seed's own."""
        made: Any = Toy()
        if self.projected:
            made = prior_projected(made, prior.subspace)
        if self.moho:
            made = moho_locked(made, depth=MOHO, reach=9.0, size=self.moho)
        if self.noise:
            made = wrong_slope(made, size=self.noise * (1.0 + 0.1 * seed), seed=seed)
        return biased_values(made, self.bias * (1.0 + 0.1 * seed)) if self.bias else made


def make_world(root: Path, cells: dict[tuple[str, str], Fault], seeds: int = 2, exact: bool = True) -> View:
    """`cells`: (prior, loss) -> fault, all of one architecture. Audits on all sets, and comparisons of the priors."""
    folder = StudyFolder(root)
    priors = {name: prior_of_models(name, *draw(name, 60, 1)) for name in dict.fromkeys(each for each, _ in cells)}
    tests = {name: draw(name.removesuffix("-test"), 6, 2) for name in SETS}
    trainings = []
    for (prior, loss), fault in cells.items():
        for seed in range(seeds):
            name = f"grid-{prior}-{loss}-{seed}"
            write_card(folder, name, loss, seed)
            trainings.append(SimpleNamespace(name=name, architecture="grid", loss=loss, data=f"{prior}-train"))
            for place, models in tests.items():
                write(folder, name, place, fault.forward(priors[prior], seed), models, priors[prior])
    for place, models in tests.items():
        folder.ensemble(place).mkdir(parents=True)
        if exact:
            write(folder, "exact", place, Toy(), models, None)
    for loss in dict.fromkeys(each for _, each in cells):
        pair = [prior for prior, its_loss in cells if its_loss == loss]
        if len(pair) == 2 and seeds > 1:
            nets = {prior: [cells[prior, loss].forward(priors[prior], k) for k in range(seeds)] for prior in pair}
            found = compare_priors(nets, tests["reference-test"], PERIODS, reference=Toy(), options=OPTIONS)
            path = folder.comparison(f"grid-{loss}--{'-'.join(pair)}")
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(found.summary))
    sets = [SimpleNamespace(name=name, role="test", title=name.removesuffix("-test")) for name in SETS]
    return view_of(SimpleNamespace(trainings=trainings, sets=sets), folder)  # type: ignore[arg-type]


def write(folder: StudyFolder, network: str, place: str, forward: Any, models: Any, prior: Any) -> None:
    """One audit."""
    record = audit(forward, models, PERIODS, reference=Toy(), options=OPTIONS, prior=prior, test_set=place)
    write_audit(record, folder.audit(f"{network}--{place}"))


def write_card(folder: StudyFolder, name: str, loss: str, seed: int, kernels: bool = True) -> None:
    """A checkpoint's card with a learning curve: values fall tenfold, kernels twofold, or tenfold where taught."""
    gain = np.geomspace(1.0, 10.0, 5) if loss == "sobolev" else np.geomspace(1.0, 2.0, 5)
    history = [
        {
            "step": 100 * (k + 1),
            "validation_mae_km_s": 0.1 / 10 ** (k / 4),
            "validation_kernel_error": (0.5 + 0.01 * seed) / gain[k],
        }
        for k in range(5)
    ]
    if not kernels:
        for each in history:
            del each["validation_kernel_error"]
    steps = 300 if loss == "sobolev" else 500
    training = {"history": history, "steps": steps, "samples": {"training": 950}, "parameters": 12345}
    data = {"card": {"further": {"plan": "directional:2,periods:2,kernels:4"} if kernels else None}}
    path = folder.surrogate(name) / "card.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"training": training, "data": data}))


def every_number(content: Any) -> set[float]:
    """All numbers anywhere in plain data."""
    if isinstance(content, dict):
        return set().union(*map(every_number, content.values()))
    if isinstance(content, list | tuple):
        return set().union(*map(every_number, content))
    return {float(content)} if isinstance(content, int | float) and not isinstance(content, bool) else set()
