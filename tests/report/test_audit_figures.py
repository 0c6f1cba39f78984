"""The figures of an audit show its numbers, and there is one for each part that was made."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, StepPatch
from tests.audit.toy import Toy, even_models, uneven_models

import surfgrad.audit
from surfgrad.audit.arrays import to_dataset
from surfgrad.audit.further import Further
from surfgrad.audit.options import Options
from surfgrad.report.audit.consequence import plot_consequence
from surfgrad.report.audit.depth import plot_error_by_depth
from surfgrad.report.audit.imprint import plot_imprint
from surfgrad.report.audit.ink import VERDICTS
from surfgrad.report.audit.kernels import plot_example
from surfgrad.report.audit.spectrum import plot_spectrum
from surfgrad.report.audit.taylor import plot_taylor
from surfgrad.report.audit.verdicts import plot_verdicts
from surfgrad.report.audit.write import NAMES, audit_figures, remove_figures, write_figures
from surfgrad.testing.liars import scaled_kernel

PERIODS = np.arange(2.0, 61.0, 4.0)
FEW = Further(taylor_models=4, directions=2, consequence_models=10, starts=1, inversion_periods=6)


def audited(forward, models, **options):
    return surfgrad.audit(forward, models, PERIODS, reference=Toy(), options=Options(**options))


@pytest.fixture(scope="module")
def record():
    models = even_models()
    forward, options = scaled_kernel(Toy(), 1.3), Options(further=FEW)
    return surfgrad.audit(forward, models, PERIODS, reference=Toy(), options=options, prior=even_models(40, seed=9))


@pytest.fixture(scope="module")
def arrays(record):
    return to_dataset(record)


def curve(axes, label):
    return np.asarray(next(line for line in axes.lines if line.get_label() == label).get_ydata(), dtype=float)


def test_a_cell_has_the_verdicts_colour_and_its_number(record):
    figure = plot_verdicts(record.summary)
    axes = figure.axes[0]
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    bands = len({row["band"] for row in record.rows})
    assert len(cells) == len(record.rows) + 2 * bands
    for row, patch in zip(record.rows, cells, strict=False):
        assert to_hex(patch.get_facecolor()) == VERDICTS[row["verdict"]]
    texts = [text.get_text() for text in axes.texts]
    assert "0.30 [0.30, 0.30]" in texts
    assert "0.0 m/s" in texts
    assert axes.get_ylim()[0] > axes.get_ylim()[1], "the first row is on top"


def test_kernels_point_down_and_the_learned_one_stands_beside_the_exact(record, arrays):
    figure = plot_example(arrays, 0)
    axes = figure.axes[0]
    bottom, top = axes.get_ylim()
    assert bottom > top == 0
    exact, learned = [patch for patch in axes.patches if isinstance(patch, StepPatch)]
    np.testing.assert_allclose(learned.get_data().values, 1.3 * exact.get_data().values)
    assert [text.get_text() for text in axes.texts] == ["0.30"]
    rows = {axes.get_ylabel() for axes in figure.axes} - {""}
    assert len(rows) == 5, "Love waves have no vp kernel to be drawn"


def test_kernels_of_padded_models_and_missing_ones_are_drawn_as_such():
    thickness, vp, vs, rho = uneven_models(2)
    short = [
        surfgrad.EarthModel(*(each[0] for each in (thickness, vp, vs, rho))),
        surfgrad.EarthModel(*(each[1, -15:] for each in (thickness, vp, vs, rho))),
    ]
    record = audited(Toy(), short, further=Further(parts=()))
    arrays = to_dataset(record)
    for example in range(2):
        steps = [patch for patch in plot_example(arrays, example).axes[0].patches if isinstance(patch, StepPatch)]
        layers = int(record.examples.mask[example].sum())
        assert len(steps[0].get_data().values) == layers - 1
    assert "depth" not in audit_figures(record.summary, arrays)


def test_errors_by_depth_leave_out_what_is_nothing_on_both_sides(arrays):
    figure = plot_error_by_depth(arrays)
    labels = [axes.get_ylabel().split("\n")[0] for axes in figure.axes if axes.get_ylabel()]
    assert labels == ["Rayleigh $V_S$", "Rayleigh $V_P$", r"Rayleigh $\rho$", "Love $V_S$", r"Love $\rho$"]
    signal, error = [patch for patch in figure.axes[0].patches if isinstance(patch, StepPatch)]
    np.testing.assert_allclose(error.get_data().values, 0.3 * signal.get_data().values, rtol=1e-5)


def test_the_spectrum_has_the_noise_and_both_sides(record, arrays):
    figure = plot_spectrum(record.summary, arrays)
    exact, learned = (curve(figure.axes[0], name) for name in ("exact", "under judgement"))
    known = exact > 0.05  # the rest is rounding
    assert known.sum() > 3
    np.testing.assert_allclose(learned[known], 1.3 * exact[known])
    assert curve(figure.axes[0], "noise, 0.5 % of c").tolist() == [1.0, 1.0]


def test_taylors_test_has_guides_of_slope_one_and_two(arrays):
    figure = plot_taylor(arrays)
    step = arrays["taylor_step"].values
    for power in (1, 2):
        guide = curve(figure.axes[0], f"slope {power}")
        np.testing.assert_allclose(np.diff(np.log(guide)) / np.diff(np.log(step)), power)
    assert (curve(figure.axes[0], "slope under judgement") > curve(figure.axes[0], "exact slope")).all()


def test_imprint_and_consequence_say_their_medians(record):
    figure = plot_imprint(record.summary)
    assert [axes.get_ylabel() for axes in figure.axes if axes.get_ylabel()] == [
        "Rayleigh\nrelative error",
        "Love\nrelative error",
    ]
    heights = [patch.get_height() for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert np.median(heights) == pytest.approx(0.3, abs=0.01)
    figure = plot_consequence(record.summary)
    medians = {float(line.get_xdata()[0]) for line in figure.axes[0].lines if line.get_marker() == "o"}
    wanted = [each["median"] for each in record.scores if each["metric"] == "posterior_width"]
    assert any(np.isclose(wanted[0], each) for each in medians)


def test_every_figure_of_the_folder_and_none_left_behind(record, arrays, tmp_path):
    written = write_figures(record.summary, arrays, tmp_path)
    assert [path.stem for path in written] == list(NAMES)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)
    (tmp_path / "own.png").write_text("mine")
    remove_figures(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["own.png"]


def test_an_audit_without_further_parts_has_the_first_figures_only():
    record = audited(Toy(), even_models(), further=Further(parts=()))
    assert list(audit_figures(record.summary, to_dataset(record))) == ["verdicts", "kernels", "worst-kernels", "depth"]


def test_an_interrupted_drawing_leaves_whole_files(record, arrays, tmp_path, monkeypatch):
    def stop(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("surfgrad.report.audit.write.plot_error_by_depth", stop)
    with pytest.raises(KeyboardInterrupt):
        write_figures(record.summary, arrays, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kernels.png", "verdicts.png", "worst-kernels.png"]
