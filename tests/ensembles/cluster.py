"""A dask.distributed cluster of processes of its own, whose parts a test can kill."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Cluster:
    """A scheduler and workers on this machine. Use as a context; `folder` takes their logs and scratch files."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._count = workers
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Cluster":
        self.start_scheduler()
        for number in range(self._count):
            self.start_worker(f"worker-{number}")
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self._processes):
            self.kill(name)

    def start_scheduler(self) -> None:
        """At the same address, whenever it is called."""
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard", "--no-show")

    def start_worker(self, name: str) -> None:
        """One thread; no nanny, so that a killed worker stays dead."""
        scratch = ["--local-directory", str(self._folder / name), "--no-dashboard", "--no-nanny"]
        self._start(name, self.address, "--name", name, "--nthreads", "1", "--death-timeout", "60", *scratch)

    def kill(self, name: str) -> None:
        """With SIGKILL: no farewell."""
        process = self._processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def _start(self, name: str, *arguments: str) -> None:
        role = "scheduler" if name == "scheduler" else "worker"
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        with (self._folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments],
                stdout=log,
                stderr=log,
                env=environment,
                cwd=self._folder,
            )


def wait_until(condition: object, seconds: float = 120.0) -> None:
    """Until `condition()` holds; AssertionError where it does not within `seconds`."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "nothing happened"
        time.sleep(0.01)
