"""Where the blocks of a store are computed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from surfgrad.ensembles.blocks import Job, Shelf
from surfgrad.errors import UsageError
from surfgrad.machine import cores

POOLS = ("threads", "processes")


@dataclass(frozen=True)
class Runner:
    """`workers` threads or processes of this machine (`pool`; None: one per core), or the cluster at `scheduler`."""

    workers: int | None = 2
    pool: str = "threads"
    scheduler: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot run."""
        if self.workers is not None and self.workers < 1:
            raise UsageError(f"workers: {self.workers} given; at least 1 is allowed")
        if self.pool not in POOLS:
            raise UsageError(f"pool: {self.pool!r} given; {', '.join(POOLS)} are allowed")

    def ready(self) -> None:
        """UsageError where no scheduler answers; before anything is on disk."""
        if self.scheduler is not None:
            from surfgrad.ensembles.cluster import check_scheduler

            check_scheduler(self.scheduler)

    def run(self, work: Job[Any], writer: Shelf[Any], missing: list[int]) -> Iterator[int]:
        """Compute and write the missing blocks; yields the index of each when it is on disk."""
        if not missing:
            return iter(())
        if self.scheduler is not None:
            from surfgrad.ensembles.cluster import by_cluster

            return by_cluster(work, writer, missing, self.scheduler)
        from surfgrad.ensembles.local import by_processes, by_threads

        run = by_processes if self.pool == "processes" else by_threads
        return run(work, writer, missing, self.workers or cores())
