"""Completion scripts know every command and option; bash and its kin accept them."""

import shutil
import subprocess
from collections.abc import Callable

import pytest

from surfgrad.cli.app import COMMANDS
from surfgrad.cli.completion import known_options


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_in_the_script(run: Callable, shell: str) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    assert all(name in out for name in COMMANDS)
    assert ("-l parameters" if shell == "fish" else "--parameters") in out


def test_known_options_are_those_of_the_parsers() -> None:
    assert {"--periods", "--plot", "--help"} <= set(known_options()["dispersion"])
    assert {"--browser", "--no-browser"} <= set(known_options()["explore"])


def completed(script: str, words: list[str]) -> list[str]:
    ask = f"{script}\nCOMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _surfgrad; echo ${{COMPREPLY[@]}}"
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_completes(run: Callable) -> None:
    script = run("completion", "bash").out
    assert completed(script, ["surfgrad", "disp"]) == ["dispersion"]
    assert completed(script, ["surfgrad", "kernels", "--par"]) == ["--parameters"]
    assert completed(script, ["surfgrad", "kernels", "crust"]) == []  # files, by bash itself


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_itself_can_read_it(run: Callable, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n"], input=run("completion", shell).out, text=True, check=True)


def test_another_shell_is_refused_in_one_line(run: Callable) -> None:
    code, out, err = run("completion", "tcsh")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "bash, zsh, fish" in err
