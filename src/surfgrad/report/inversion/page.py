"""report.html of an inversion, and its figures: everything from posterior.nc and summary.json."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from surfgrad.files import replacing
from surfgrad.report.inversion import words
from surfgrad.report.inversion.chains import plot_chains
from surfgrad.report.inversion.fit import plot_fit
from surfgrad.report.inversion.kernels import plot_kernels_at_optimum
from surfgrad.report.inversion.profile import plot_profile
from surfgrad.report.inversion.reading import InversionRecord, read_inversion
from surfgrad.report.svg import data_uri, svg
from surfgrad.report.templating import environment, style


@dataclass(frozen=True)
class Plate:
    """A figure of the page: `name` of its file, `caption`, and how to draw it."""

    name: str
    caption: str
    draw: Callable[[InversionRecord], Figure]


PROFILE = Plate(
    "profile",
    "Vs over depth. Left: density of the draws at each depth, their median and 5 to 95 %, the optimum, and 5 to 95 % "
    "of the prior. Middle: the optima of all starts that are acceptable, the best one in vermilion. Right, where there "
    "are draws: by how much the data have narrowed the prior.",
    plot_profile,
)
FIT = Plate(
    "fit",
    "Data with their standard deviations and what the exact engine gives for the optimum; bands: 5 to 95 % of the "
    "draws, and with the data’s noise added. Below: residuals of the optimum in standard deviations.",
    plot_fit,
)
KERNELS = Plate(
    "kernels",
    "Exact sensitivity kernels of the optimum: which depths each datum sees. Vp and density are held.",
    plot_kernels_at_optimum,
)
CHAINS = Plate(
    "chains",
    "Log density and the coordinates that mix worst. Left: draws in order, a colour a chain. Right: ranks among all "
    "draws; chains that agree are level (dotted).",
    plot_chains,
)


def write_page(folder: str | Path) -> Path:
    """Draw figures/*.svg of the inversion in `folder` and write report.html; returns its path. FormatError as read."""
    folder = Path(folder)
    record = read_inversion(folder)
    (folder / "figures").mkdir(exist_ok=True)
    plates = [PROFILE, FIT, KERNELS, *([CHAINS] if "chains" in record.groups else [])]
    drawn = []
    for number, plate in enumerate(plates, start=1):
        document = svg(plate.draw(record), plate.name)
        with replacing(folder / "figures" / f"{plate.name}.svg") as temporary:
            temporary.write_text(document, encoding="utf-8")
        drawn.append({"number": number, "source": data_uri(document), "caption": plate.caption})
    text = (
        environment()
        .get_template("inversion.html")
        .render(
            s=record.summary,
            style=style(),
            figures=drawn,
            answer=words.answer(record),
            done=words.what_was_done(record),
            cautions=words.cautions(record),
            prior=words.prior_rows(record.summary["prior"]),
            rms=_rms_words(record),
        )
    )
    with replacing(folder / "report.html") as temporary:
        temporary.write_text(text, encoding="utf-8")
    return folder / "report.html"


def _rms_words(record: InversionRecord) -> list[tuple[str, str, str, str]]:
    """(curve, data, rms with its unit, chi-square per datum) of each curve, by the exact engine."""
    rows = []
    for each in record.summary["optimum"]["fit_by_the_exact_engine"]["curves"]:
        ratio = each["kind"] == "ellipticity"
        unit, factor = ("", 1.0) if ratio else (f" {record.units.velocity}", record.units.factor)
        name = f"{each['wave']} {each['kind']}, mode {each['mode']}"
        rms = f"{factor * each['rms']:.3g}{unit}"
        rows.append((name.capitalize(), f"{each['data']:,}", rms, f"{each['chi_square_per_datum']:.2f}"))
    return rows
