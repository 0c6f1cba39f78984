"""Stages side by side: processes of one thread each, which build the study's stages themselves and do them by name."""

import multiprocessing as mp
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from surfgrad.errors import SurfgradError, UsageError
from surfgrad.study.folder import StudyFolder
from surfgrad.study.progress import Listener
from surfgrad.study.stage import Record, Stage, perform

_LIBRARIES = ("OMP", "OPENBLAS", "MKL", "NUMBA", "VECLIB")
ONE_THREAD = {f"{name}_{'MAXIMUM' if name == 'VECLIB' else 'NUM'}_THREADS": "1" for name in _LIBRARIES}
"""Read by numerical libraries when they are loaded, so it has to be in the environment that a worker starts with."""
_SELDOM = 0.2
"""Seconds between two words about how far a stage is."""
_PATIENCE = 10.0
"""Seconds that a worker has to leave its record when it is told to stop."""

Build = Callable[..., Sequence[Stage]]


@dataclass(frozen=True)
class Recipe:
    """How a worker comes to the same stages as its study: `build(*given)`, importable and picklable."""

    build: Build
    given: tuple[Any, ...]
    folder: StudyFolder


@dataclass(eq=False)
class _Worker:
    process: Any
    line: Connection
    number: int | None = None
    stage: str = ""


class Processes:
    """A crew of `count` processes. Use as a context: at its end no worker is left, whatever they were doing."""

    def __init__(self, count: int, recipe: Recipe, listener: Listener) -> None:
        self._count, self._recipe, self._listener = count, recipe, listener
        self._workers: list[_Worker] = []

    def __enter__(self) -> "Processes":
        context = mp.get_context("spawn")
        with _environment(ONE_THREAD):
            for _ in range(self._count):
                ours, theirs = context.Pipe()
                process = context.Process(target=_serve, args=(theirs, self._recipe), daemon=True)
                process.start()
                theirs.close()
                self._workers.append(_Worker(process, ours))
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._workers:
            each.process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for each in self._workers:
            each.process.join(max(0.0, deadline - time.monotonic()))
            if each.process.is_alive():
                each.process.kill()
                each.process.join()
            each.line.close()

    @property
    def free(self) -> bool:
        """Whether a worker has nothing to do."""
        return any(each.number is None for each in self._workers)

    def begin(self, number: int, stage: Stage, record: Record) -> None:
        """Give it to a worker that has nothing to do."""
        worker = next(each for each in self._workers if each.number is None)
        worker.number, worker.stage = number, stage.name
        worker.line.send((stage.name, record))

    def wait(self) -> Record:
        """Listen to all until one is done; the exception of a stage that raised one."""
        while True:
            busy = [each for each in self._workers if each.number is not None]
            for line in wait([each.line for each in busy]):
                worker = next(each for each in busy if each.line is line)
                record = self._hear(worker)
                if record is not None:
                    worker.number = None
                    return record

    def _hear(self, worker: _Worker) -> Record | None:
        try:
            kind, content = worker.line.recv()
        except EOFError:
            worker.process.join()
            code = worker.process.exitcode
            raise UsageError(
                f"study: the process of stage {worker.stage} ended with {code} (killed, or out of memory?); "
                "the same command goes on"
            ) from None
        if kind == "failed":
            raise content
        if kind == "done":
            return dict(content)
        assert worker.number is not None
        self._listener.advance(worker.number, *content)
        return None


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Line:
    """Progress of a stage, sent to the study now and then. Where the study is gone, so is the reason to go on."""

    def __init__(self, line: Connection) -> None:
        self._line, self._last = line, 0.0

    def advance(self, done: float, total: float, note: str = "") -> None:
        if time.monotonic() - self._last >= _SELDOM:
            self._last = time.monotonic()
            self._line.send(("advance", (done, total, note)))


def _serve(line: Connection, recipe: Recipe) -> None:
    """Perform stages by name until the line is cut."""
    # A key pressed in the terminal reaches every process; only the study decides, and it ends the workers by SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    try:
        stages = {each.name: each for each in recipe.build(*recipe.given)}
        while True:
            name, record = line.recv()
            try:
                line.send(("done", perform(stages[name], record, recipe.folder, _Line(line))))
            except Exception as error:
                line.send(("failed", _portable(error)))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _portable(error: Exception) -> Exception:
    """What people are to read travels as it is; anything else as words with the place where it happened, for neither
    that nor every exception survives the way to another process."""
    if isinstance(error, SurfgradError | OSError):
        return error
    return RuntimeError("".join(traceback.format_exception(error)))


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
