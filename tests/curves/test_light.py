"""Reading curves loads numpy and nothing heavier."""

from tests.test_import import HEAVY, loaded


def test_reading_curves_is_light() -> None:
    code = "import surfgrad as sg, pathlib, tempfile\n"
    code += "path = pathlib.Path(tempfile.mkdtemp()) / 'a.csv'\n"
    code += "curves = sg.ObservedCurves('love', 'group', 0, [1.0], [3.0], [0.1])\n"
    code += "sg.write_curves(curves, path); assert sg.read_curves(path) == curves"
    assert loaded(code).isdisjoint(HEAVY)
