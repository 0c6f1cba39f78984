"""Which stage is next: any whose needs have a record, in the plan's order, as long as somebody is free to do it."""

from collections.abc import Sequence
from typing import Protocol

from surfgrad.study.folder import StudyFolder
from surfgrad.study.progress import Listener, Told
from surfgrad.study.stage import Record, Stage, perform, prepare


class Crew(Protocol):
    """Who performs stages, several at a time or one."""

    @property
    def free(self) -> bool:
        """Whether another stage can be begun."""
        ...

    def begin(self, number: int, stage: Stage, record: Record) -> None:
        """Perform `stage`, prepared as `record`; `number` is its place in the study."""
        ...

    def wait(self) -> Record:
        """The record of the stage that is over next; its exception where it raised one."""
        ...


class Alone:
    """A crew of this process: a stage is over when `begin` returns."""

    def __init__(self, folder: StudyFolder, listener: Listener) -> None:
        self._folder, self._listener = folder, listener
        self._over: list[Record] = []

    @property
    def free(self) -> bool:
        """Until the stage has been waited for, it is not."""
        return not self._over

    def begin(self, number: int, stage: Stage, record: Record) -> None:
        """Perform it here and now."""
        self._over.append(perform(stage, record, self._folder, Told(self._listener, number)))

    def wait(self) -> Record:
        """The one that was begun."""
        return self._over.pop()


def run_stages(
    stages: Sequence[Stage], folder: StudyFolder, listener: Listener, crew: Crew | None = None
) -> dict[str, Record]:
    """Run what is not done yet; returns every stage's record by name, in the order of `stages`.

    A stage stands behind all that it waits for. One whose need is absent is absent too. An exception leaves the record
    "interrupted" and travels on.
    """
    crew = crew or Alone(folder, listener)
    places = {stage.name: number for number, stage in enumerate(stages, start=1)}
    records: dict[str, Record] = {}
    waiting, busy = list(stages), 0
    while waiting or busy:
        ready = next((each for each in waiting if all(name in records for name in each.waits_for)), None)
        if ready is not None and crew.free:
            waiting.remove(ready)
            number = places[ready.name]
            listener.begin(number, len(stages), ready.title)
            record, to_do = prepare(ready, records, folder)
            if to_do:
                crew.begin(number, ready, record)
                busy += 1
            else:
                records[ready.name] = record
                listener.end(number, record)
        else:
            record = crew.wait()
            busy -= 1
            records[record["stage"]] = record
            listener.end(places[record["stage"]], record)
    return {stage.name: records[stage.name] for stage in stages}
