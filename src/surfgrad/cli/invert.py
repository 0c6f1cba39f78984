"""`surfgrad invert`: from observed curves to profiles with their uncertainty, and a report."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from surfgrad.cli import options
from surfgrad.cli.curves_in import read_curves
from surfgrad.cli.invert_points import check_many, invert_many
from surfgrad.cli.outputs import check_apart, check_folder
from surfgrad.cli.points_in import holds_points, read_points
from surfgrad.cli.prior_options import (
    parse_number,
    parse_pair,
    parse_rho,
    parse_sigma,
    parse_span,
    parse_vp,
    parse_water,
)
from surfgrad.cli.ranges import parse_name
from surfgrad.errors import UsageError
from surfgrad.units import Units

if TYPE_CHECKING:
    from surfgrad.curves.observed import ObservedCurves
    from surfgrad.inversion.models import Options
    from surfgrad.inversion.observations import Observations
    from surfgrad.inversion.physics import ExactPhysics, Physics
    from surfgrad.inversion.run import Inversion, Plan

METHODS = ("map", "laplace", "nuts", "hmc", "delayed")
POOLS = ("threads", "processes")
NOISE = ("stated", "inferred")


def invert(
    curves: Annotated[
        str,
        typer.Argument(
            metavar="CURVES",
            help="CSV, SURF96 or Geopsy file; many points: a folder of them, or a CSV with a column point",
        ),
    ],
    out: Annotated[Path, typer.Option(help="folder for posterior.nc, summary.json, figures and report.html")],
    forward: Annotated[str, typer.Option(help="exact, or a surrogate: checkpoint folder or builtin")] = "exact",
    model: Annotated[
        str,
        typer.Option(
            help="layers:N over a half-space, spline:N control points, or grid; layers:2:8: as many as the data ask for"
        ),
    ] = "layers:8",
    method: Annotated[
        str, typer.Option(help="map, laplace, nuts, hmc or delayed (surrogate proposes, engine decides)")
    ] = "map",
    sigma: Annotated[
        str, typer.Option(help="standard deviation of data without one: 0.05 (km/s; m/s for si), or 3% of the value")
    ] = "",
    replace_sigma: Annotated[
        bool, typer.Option("--replace-sigma", help="--sigma for all data, whatever CURVES says")
    ] = False,
    sigma_floor: Annotated[float, typer.Option(help="no sigma counts as less, km/s (m/s)")] = 0.0,
    correlation: Annotated[
        float, typer.Option(help="length over which errors of one curve are alike, in ln period; 0: each on its own")
    ] = 0.0,
    noise: Annotated[str, typer.Option(help="stated, or inferred: one factor on all sigmas is found too")] = "stated",
    depth: Annotated[
        str, typer.Option(help="km (m for si), of interfaces or of the profile, like 2:100; default: by wavelengths")
    ] = "",
    vs: Annotated[str, typer.Option(help="km/s (m/s), range of layers' vs, like 1.5:5; default: by the data")] = "",
    sd: Annotated[
        str,
        typer.Option(
            help="of ln vs, for spline and grid, like 0.2, or top:bottom; default: 0.25:0.1 in rock, 0.25 in soil"
        ),
    ] = "",
    length: Annotated[float, typer.Option(help="correlation of spline and grid, in ln depth")] = 0.7,
    rising: Annotated[bool, typer.Option("--rising", help="vs never falls with depth (layers and spline)")] = False,
    half_space: Annotated[str, typer.Option(help="its vs, km/s (m/s), held; default: free")] = "",
    vp: Annotated[
        str,
        typer.Option(
            help="rock (Brocher), vp/vs 1.75, a free one 1.6:2.4, or layers:1.6:2.4; default: rock, in soil 1.5:5"
        ),
    ] = "",
    rho: Annotated[
        str,
        typer.Option(help="rock, a density, g/cm3 (kg/m3), or a free one low:high; default: rock, in soil 1.9 g/cm3"),
    ] = "",
    water: Annotated[str, typer.Option(help="on top: its depth, km (m), or a free one low:high")] = "",
    starts: Annotated[int, typer.Option(help="of the optimiser: the prior's centre and draws from it")] = 20,
    draws: Annotated[int, typer.Option(help="kept, of each chain")] = 1000,
    tune: Annotated[int, typer.Option(help="draws thrown away, of each chain")] = 500,
    chains: Annotated[int | None, typer.Option(help="default: 16 of hmc, which go side by side, 4 of others")] = None,
    inner: Annotated[int, typer.Option(help="trajectories of delayed between two questions to the engine")] = 1,
    seed: Annotated[int, typer.Option(help="the same seed gives the same result")] = 0,
    workers: Annotated[int, typer.Option(help="threads, or processes, for many points")] = 1,
    pool: Annotated[str, typer.Option(help="what workers are: threads or processes")] = "threads",
    scheduler: Annotated[
        str | None, typer.Option(help="many points on a dask.distributed cluster, for example tcp://10.0.0.1:8786")
    ] = None,
    model_error: Annotated[
        int, typer.Option(help="models on which the surrogate is held against the engine, its error added to sigma")
    ] = 0,
    allow_unconverged: Annotated[
        bool, typer.Option("--allow-unconverged", help="write draws that did not converge, marked as such")
    ] = False,
    earth: options.Earth = "flat",
    units: Annotated[str, typer.Option(help="km (km/s) or si (m, m/s): of CURVES in CSV, options and figures")] = "km",
    file_is: options.FileIs = "",
    columns: options.Columns = "",
    missing: options.Missing = None,
) -> None:
    """Invert observed dispersion curves for vs over depth.

    CSV columns: wave, kind, mode, period_s, velocity_km_s, sigma_km_s; any mix of waves, kinds and modes, any order.
    """
    given = {name: value for name, value in locals().items() if name not in ("out",)}
    system, shape = options.parse_units(units), options.parse_earth(earth)
    parse_name(method, "--method", METHODS)
    parse_name(pool, "--pool", POOLS)
    if workers < 1:
        raise UsageError(f"--workers: {workers} given; at least 1 is allowed")
    check_folder(out)
    check_apart(out, "--out", curves, "CURVES")
    prior = _prior_options(system, vs, sd, length, rising, half_space, vp, rho, water)
    low, high = parse_span(depth, "--depth") if depth else (0.0, 0.0)
    span = (low / system.factor, high / system.factor) if depth else None
    words = parse_name(noise, "--noise", NOISE)
    said = {name: str(value) for name, value in given.items()}
    errors = _Errors(*parse_sigma(sigma, "--sigma", system), sigma_floor / system.factor, replace_sigma)
    if holds_points(curves):
        check_many(method, forward, words, correlation)
        from surfgrad.ensembles.runner import Runner
        from surfgrad.inversion.part_of_points import BatchPlan

        wanted, runner = (
            BatchPlan(starts, draws if method == "laplace" else 0, seed, shape),
            Runner(workers, pool, scheduler),
        )
        points = read_points(curves, file_is, columns, missing, system)
        observed_at = [(name, errors.of(each, name)) for name, each in points]
        invert_many(observed_at, model, span, prior, wanted, runner, out, said)
        return
    if scheduler is not None:
        raise UsageError("--scheduler: given with one point; a folder or a table of points is allowed with it")
    observed = errors.of(read_curves(curves, file_is, columns, missing, system), curves)
    from surfgrad.inversion.run import Plan

    plan = Plan(method, starts, draws, tune, chains, seed, correlation, model_error, inner)
    done = _invert(observed, model, span, prior, plan, forward, shape, words == "inferred")
    _refuse_unconverged(done, allow_unconverged)
    _write(done, out, Path(curves).name, said, _command(out, given), system)


def _invert(
    observed: "Observations",
    model: str,
    span: tuple[float, float] | None,
    prior: "Options",
    plan: "Plan",
    forward: str,
    earth: str,
    inferred: bool,
) -> "Inversion":
    from surfgrad.cli.progress_bar import progress_bar
    from surfgrad.inversion.comparison import best_of, compare_models
    from surfgrad.inversion.models import models_of, prior_of
    from surfgrad.inversion.noise import noise_of
    from surfgrad.inversion.physics import ExactPhysics
    from surfgrad.inversion.posterior import SCALE_PRIOR, Posterior
    from surfgrad.inversion.reach import reach_of
    from surfgrad.inversion.run import invert as run

    exact = ExactPhysics(observed, earth)
    physics, grid = _physics(forward, observed, exact, plan)
    noise, reach = noise_of(observed, correlation=plan.correlation), reach_of(observed, span)

    def posterior_of(name: str) -> Posterior:
        ground = prior_of(name, reach, replace(prior, layering=grid))
        return Posterior(observed, physics, ground, noise, SCALE_PRIOR if inferred else None)

    models = models_of(model)
    compared = compare_models(models, posterior_of, starts=plan.starts, seed=plan.seed) if len(models) > 1 else ()
    with progress_bar("draws") as progress:
        done = run(posterior_of(best_of(compared) if compared else model), plan, exact=exact, progress=progress)
    return replace(done, compared=compared)


@dataclass(frozen=True)
class _Errors:
    """What the user says of standard deviations: a number, km/s, or a share, for data without one or for all."""

    sigma: float | None
    share: float | None
    floor: float
    replace: bool

    def of(self, curves: "ObservedCurves", source: str) -> "Observations":
        """The data with theirs; UsageError naming the source where there is none."""
        from surfgrad.inversion.observations import observations

        try:
            return observations(curves, sigma=self.sigma, share=self.share, floor=self.floor, replace=self.replace)
        except UsageError as error:
            hint = " (--sigma says it)" if "not given for" in str(error) else ""
            raise UsageError(f"{source}: {error}{hint}") from None


def _prior_options(
    units: Units, vs: str, sd: str, length: float, rising: bool, half_space: str, vp: str, rho: str, water: str
) -> "Options":
    from surfgrad.inversion.models import Options

    low, high = parse_span(vs, "--vs") if vs else (0.0, 0.0)
    return Options(
        vs=(low / units.factor, high / units.factor) if vs else None,
        sd=parse_pair(sd, "--sd") if sd else None,
        length=length,
        rising=rising,
        half_space=parse_number(half_space, "--half-space") / units.factor if half_space else None,
        vp=parse_vp(vp),
        rho=parse_rho(rho, units),
        water=parse_water(water, units),
    )


def _physics(
    forward: str, observed: "Observations", exact: "ExactPhysics", plan: "Plan"
) -> "tuple[Physics, tuple[float, ...] | None]":
    """What the data go through, and the one grid of layers that it accepts, if it is such."""
    if forward == "exact":
        if plan.method == "delayed":
            raise UsageError("--method delayed: --forward exact given; a surrogate proposes: a checkpoint or builtin")
        if plan.model_error:
            raise UsageError("--model-error: given with --forward exact, which makes none")
        return exact, None
    if exact.earth != "flat":
        raise UsageError(f"--earth spherical: --forward {forward!r} given; exact is allowed with it")
    from surfgrad.inversion.physics import ForwardPhysics
    from surfgrad.surrogates.checkpoint import load_surrogate

    learned = load_surrogate(forward)
    return ForwardPhysics(observed, learned, f"--forward {forward}"), learned.domain.thickness


def _refuse_unconverged(done: "Inversion", allowed: bool) -> None:
    if done.convergence is None or done.convergence.passed or allowed:
        return
    words = " ".join(done.convergence.sentences)
    raise UsageError(f"not converged, nothing written: {words} More --draws, or --allow-unconverged to see them")


def _command(out: Path, given: dict[str, Any]) -> str:
    """What to type for the same result: CURVES, --out, and every option that is not its default."""
    import inspect
    import shlex

    words = ["surfgrad", "invert", given["curves"]]
    for name, parameter in inspect.signature(invert).parameters.items():
        if name not in given or given[name] == parameter.default or name == "curves":
            continue
        option = f"--{name.replace('_', '-')}"
        words += [option] if given[name] is True else [option, str(given[name]).removesuffix(".0")]
    return shlex.join([*words, "--out", str(out)])


def _write(done: "Inversion", out: Path, source: str, given: dict[str, str], command: str, units: Units) -> None:
    from surfgrad.inversion.store import write_inversion
    from surfgrad.report.inversion.page import write_page

    summary = write_inversion(done, out, source=source, options=given, command=command)
    write_page(out)
    fit, optimum = summary["optimum"]["fit_by_the_exact_engine"], summary["optimum"]
    reduced = optimum["reduced_chi_square"]
    size = f"reduced chi-square {reduced:.3g}, " if reduced is not None else ""
    rms = f"rms {units.factor * fit['rms']:.4g} {units.velocity}"
    print(f"{out}: {fit['data']} data, {size}{rms} by the exact engine; {out / 'report.html'}")
    for each in sorted(summary["models_compared"], key=lambda each: -each["probability"]):
        print(f"  {each['model']}: probability {each['probability']:.2f}, {each['chi_square_per_datum']:.3g} per datum")
    starts, size = summary["starts"], summary["prior"]["coordinates"]
    print(f"  the data determine {optimum['determined_coordinates']:.1f} of the prior's {size} coordinates")
    print(f"  {starts['acceptable']} of {starts['count']} starts led to acceptable optima")
    if not optimum["converged"]:
        print(f"  caution: {optimum['ended']}")
    for sentence in (summary["sampling"] or {"sentences": []})["sentences"]:
        print(f"  {sentence}")
