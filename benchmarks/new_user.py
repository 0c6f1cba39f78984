"""docs/start.md as a newcomer follows it: every command as printed, in a fresh environment, and how long that takes.

Run from the repository root: `python -m benchmarks.new_user [--wheel]`. The source distribution is built and unpacked
elsewhere; the page's commands are typed there, installation included. With `--wheel` the wheel built from that source
distribution is installed in place of the page's line. Needs `build` (`pip install build`) and a package index.
"""

import argparse
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.test_pages import steps

ROOT = Path(__file__).resolve().parents[1]
INSTALL, EXPLORE = 'pip install ".[explore]"', "surfgrad explore crust.csv"
BARE = """
import importlib.util, surfgrad
assert importlib.util.find_spec("torch") is None
assert "site-packages" in surfgrad.__file__, surfgrad.__file__
"""
SERVED = 90
"""Seconds that the explorer may take to begin."""


class Shell:
    """One login: what is activated stays activated."""

    def __init__(self, folder: Path) -> None:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "NUMBA", "VIRTUAL"))}
        self.process = subprocess.Popen(
            ["bash"],
            cwd=folder,
            env=clean,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.start = time.perf_counter()

    def type(self, line: str) -> str:
        """Run it; what it printed. SystemExit where it fails."""
        begun = time.perf_counter()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\ncode=$?; echo; echo ended $code\n")
        self.process.stdin.flush()
        said: list[str] = []
        while not (found := re.match(r"ended (\d+)$", text := self.process.stdout.readline())):
            if not text:
                raise SystemExit(f"the shell ended at {line}")
            said.append(text)
        now = time.perf_counter()
        print(f"{now - self.start:6.0f} s  {now - begun:5.1f} s  {line.splitlines()[0]}", flush=True)
        if found[1] != "0":
            raise SystemExit(f"{line}: exit code {found[1]}\n{''.join(said)}")
        return "".join(said)


def main() -> None:
    """Build, unpack, follow the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheel", action="store_true")
    wheel = parser.parse_args().wheel
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "build", "-o", folder, ROOT], check=True, stdout=subprocess.DEVNULL)
        (built,), (source,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        copy = source.name.removesuffix(".tar.gz")
        shell = Shell(folder / copy)
        for kind, text in steps("start.md"):
            if kind == "file":
                (folder / copy / "crust.csv").write_text(text, encoding="utf-8")
            elif kind == "python":
                shell.type(f"python - <<'END'\n{text}END")
            else:
                for line in text.splitlines():
                    follow(shell, line, built if wheel else None)
        shell.type(f"cd .. && python - <<'END'\n{BARE}END")
        for command in ("doctor", "cite", "completion bash", "explore --help", ""):
            shell.type(f"surfgrad {command} >/dev/null")


def follow(shell: Shell, line: str, wheel: Path | None) -> None:
    """One line of the page."""
    if line == INSTALL and wheel:
        shell.type(f'pip install "{wheel}[explore]"')
    elif line == EXPLORE:
        explore(shell)
    else:
        shell.type(line)


def explore(shell: Shell) -> None:
    """In the background, as long as it takes to get the page that it names."""
    shell.type(f"{EXPLORE} >explore.log 2>&1 & pid=$!")
    for _ in range(SERVED):
        if found := re.search(r"http://127\S+", shell.type("sleep 1; cat explore.log")):
            break
    else:
        raise SystemExit("the explorer did not begin")
    with urllib.request.urlopen(found[0]) as page:
        assert b"<svg" in page.read()
    shell.type("kill -INT $pid; wait $pid; true")


if __name__ == "__main__":
    main()
