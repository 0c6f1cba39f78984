"""`surfgrad.audit` is a package and a function, whatever was imported first."""

import subprocess
import sys

import pytest

CASES = {
    "attribute first": "import surfgrad as sg; verb = sg.audit",
    "submodule first": "import surfgrad.audit.bands; import surfgrad as sg; verb = sg.audit",
    "store first": "from surfgrad.audit.store import write_audit; import surfgrad as sg; verb = sg.audit",
    "from import": "from surfgrad import audit as verb",
    "attribute, then submodule": "import surfgrad as sg; sg.audit; import surfgrad.audit.run; verb = sg.audit",
}


@pytest.mark.parametrize("case", CASES)
def test_callable(case):
    check = "assert callable(verb); assert verb.write_audit; import surfgrad.audit as room; assert room is verb"
    subprocess.run([sys.executable, "-c", f"{CASES[case]}\n{check}"], check=True)


def test_it_runs_the_audit():
    import surfgrad

    with pytest.raises(TypeError, match=r"audit\(\) missing"):
        surfgrad.audit()
    with pytest.raises(AttributeError, match="no attribute 'judge'"):
        _ = surfgrad.audit.judge


def test_the_room_imports_neither_torch_nor_surrogates():
    code = (
        "import sys, surfgrad.audit.run, surfgrad.audit.store\n"
        "bad = {'torch', 'surfgrad.surrogates', 'surfgrad.report'} & set(sys.modules)\n"
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
