"""`surfgrad explore` from the outside: it says where it is, serves, and stops when asked; bad input is one line."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from surfgrad.cli.app import main


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process there")
def test_it_serves_until_it_is_stopped() -> None:
    command = [sys.executable, "-m", "surfgrad", "explore", "ak135", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", process.stdout.readline()).group()  # type: ignore[union-attr]
        with urlopen(address, timeout=30) as page:
            assert b"surfgrad explorer" in page.read()
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.endswith("stopped\n")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["no-such.mod"], "MODEL: no file"),
        (["--data", "no-such.dsp"], "no-such.dsp"),
        (["--surrogate", "no-such-folder"], "no-such-folder"),
        (["--port", "70000"], "--port: 70000"),
        (["--units", "miles"], "--units"),
        (["--file-is", "love"], "--file-is: given without --data; it is allowed with curves only"),
        (["--columns", "period_s,velocity_km_s"], "--columns: given without --data"),
        (["--surrogate", "."], "card.json: no such file; a checkpoint is a folder that surfgrad train wrote"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], named: str, capsys: pytest.CaptureFixture) -> None:
    assert main(["explore", "--no-browser", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert named in err


def test_a_port_that_is_taken_is_one_line(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["explore", "--no-browser", "--port", str(taken.getsockname()[1])]) == 2
    assert "cannot be used" in capsys.readouterr().err
