"""A process that was given one core says one, however many the machine has."""

import os
import subprocess
import sys

import pytest

from surfgrad.machine import cores


def test_a_process_may_use_at_most_the_machine() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no affinity of processes here")
def test_a_process_bound_to_one_core_says_one() -> None:
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    code += "from surfgrad.machine import cores; print(cores())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
