"""Threads that wait give their core away, unless the user has chosen otherwise."""

import os
import subprocess
import sys

import pytest

from surfgrad.cli.threads import yield_cores


def test_the_choice_is_made_and_a_user_s_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    found: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", found)
    yield_cores()
    assert found == {"OMP_WAIT_POLICY": "PASSIVE"}
    found["OMP_WAIT_POLICY"] = "ACTIVE"
    yield_cores()
    assert found == {"OMP_WAIT_POLICY": "ACTIVE"}


def test_the_commands_do_not_load_torch_before_it_is_made() -> None:
    # Once torch is loaded the variable is read no more.
    code = "import sys, surfgrad.cli.train, surfgrad.cli.study; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
