"""What the questions may look at: the networks, the sets, and what the audits of one on the other left on disk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from surfgrad.errors import UsageError
from surfgrad.json_files import read_json
from surfgrad.netcdf import read_dataset
from surfgrad.records import Array
from surfgrad.report.networks import Kind
from surfgrad.study.folder import StudyFolder
from surfgrad.study.plan import Plan

if TYPE_CHECKING:
    import xarray as xr


class Network(NamedTuple):
    """One trained network."""

    name: str
    cell: Kind


@dataclass(frozen=True, eq=False)
class View:
    """A study's folder as the questions read it; whatever is not there is None, or left out of a list.

    `networks`: those with a checkpoint, in the plan's order. `sets`: test sets on disk, name -> title.
    """

    folder: StudyFolder
    networks: Sequence[Network]
    sets: Mapping[str, str]
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def cells(self) -> list[Kind]:
        """In the order of the networks."""
        return list(dict.fromkeys(each.cell for each in self.networks))

    def of(self, cell: Kind) -> list[Network]:
        """The networks of a cell."""
        return [each for each in self.networks if each.cell == cell]

    def home(self, cell: Kind) -> str:
        """The test set of the cell's own prior."""
        return f"{cell.prior}-test"

    def away(self, *cells: Kind) -> list[str]:
        """The test sets that are of none of the cells' priors."""
        homes = {self.home(each) for each in cells}
        return [name for name in self.sets if name not in homes]

    def audit(self, network: str, test_set: str) -> Mapping[str, Any] | None:
        """summary.json of one audit; None where it was not made."""
        return self._read(self.folder.audit(f"{network}--{test_set}") / "summary.json")

    def audits(self, cell: Kind, test_set: str) -> list[Mapping[str, Any]]:
        """Those that were made of the cell's networks."""
        found = (self.audit(each.name, test_set) for each in self.of(cell))
        return [each for each in found if each is not None]

    def every_audit(self) -> Iterator[tuple[Network, str, Mapping[str, Any]]]:
        """Network, test set and summary, of all."""
        for network in self.networks:
            for name in self.sets:
                found = self.audit(network.name, name)
                if found is not None:
                    yield network, name, found

    def limits(self, *metrics: str) -> dict[str, Mapping[str, Any]]:
        """Metric -> its thresholds, which are the same in all audits; {} where none was made."""
        first = next(self.every_audit(), None)
        return {} if first is None else {name: first[2]["thresholds"]["metrics"][name] for name in metrics}

    def arrays(self, network: str, test_set: str) -> "xr.Dataset | None":
        """Of arrays.nc of one audit, what questions ask for: by model, by rank, by depth."""
        path = self.folder.audit(f"{network}--{test_set}") / "arrays.nc"
        return self._once(path, lambda: _few_arrays(path) if path.is_file() else None)

    def training(self, network: str) -> Mapping[str, Any]:
        """What the checkpoint's card says of the training: plan, history, counts."""
        card = self._read(self.folder.surrogate(network) / "card.json") or {}
        found: Mapping[str, Any] = card.get("training", {})
        return found

    def labels(self, network: str) -> str | None:
        """The derivatives that the training set holds, as the command line spells them; None for none."""
        card = self._read(self.folder.surrogate(network) / "card.json") or {}
        further = card.get("data", {}).get("card", {}).get("further")
        return str(further["plan"]) if further else None

    def comparisons(self) -> dict[str, list[Mapping[str, Any]]]:
        """Networks of two priors held against one another: name -> what was found on each test set."""
        found = {}
        for path in sorted((self.folder.root / "comparisons").glob("*.json")):
            content = read_json(path)
            found[path.stem] = list(content["sets"].values()) if "sets" in content else [content]
        return found

    def distance(self, prior: str, test_set: str) -> Array | None:
        """(N,), how far each model of the set lies from a prior's training models: up to 1 is inside."""
        return self._once((prior, test_set), lambda: self._judged(prior, test_set))

    def _judged(self, prior: str, test_set: str) -> Array | None:
        from surfgrad.ensembles import open_ensemble

        domain = self._once((prior,), lambda: _domain(self.folder.ensemble(f"{prior}-train")))
        tested = self.folder.ensemble(test_set)
        if domain is None or not tested.exists():
            return None
        return np.asarray(domain.judge(open_ensemble(tested).models()).score)

    def _read(self, path: Path) -> Any:
        """Plain data of a file, None where it is not: every question asks for the same few hundred."""
        return self._once(path, lambda: read_json(path) if path.is_file() else None)

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


def view_of(plan: Plan, folder: StudyFolder) -> View:
    """The view of what is on disk."""
    networks = [
        Network(each.name, Kind(each.architecture, each.data.removesuffix("-train"), each.loss))
        for each in plan.trainings
        if (folder.surrogate(each.name) / "card.json").is_file()
    ]
    sets = {each.name: each.title for each in plan.sets if each.role == "test" and folder.ensemble(each.name).exists()}
    return View(folder, networks, sets)


def _few_arrays(path: Path) -> "xr.Dataset":
    """Without the examples, which are most of the file."""
    return read_dataset(path, wanted=lambda name: name.split("_")[0] in ("model", "rank", "depth"))


def _domain(training: Path) -> Any:
    """Where a training set lies; None where it is not there, or has too few models to say."""
    from surfgrad.ensembles import open_ensemble
    from surfgrad.ensembles.domain import domain_of

    if not training.exists():
        return None
    try:
        return domain_of(open_ensemble(training))
    except UsageError:
        return None
