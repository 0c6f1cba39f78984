"""The questions' numbers again from the audits' files, by other code: json, numpy and nothing of the questions'."""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from tests.study.questions.world import SETS

from surfgrad.study.questions import View, consequence, emergence, imprint, information, protocol, remedy

SEEDS = (0, 1)


def read(view: View, name: str, place: str) -> dict[str, Any]:
    return json.loads((view.folder.root / "audits" / f"{name}--{place}" / "summary.json").read_text())


def medians(audit: dict[str, Any], parameter: str = "vs", without_love: bool = False) -> list[float]:
    rows = [r for r in audit["rows"] if r["parameter"] == parameter and not (without_love and r["wave"] == "love")]
    return [row["relative_l2"]["median"] for row in rows if row["relative_l2"]["median"] is not None]


def score(audit: dict[str, Any], metric: str, **where: str) -> list[float]:
    found = [s for s in audit["scores"] if s["metric"] == metric and all(s[k] == v for k, v in where.items())]
    return [each["median"] for each in found if each["median"] is not None]


def test_errors_by_place_and_their_count_below_the_limits(imprinted: View) -> None:
    found = emergence.numbers(imprinted)
    for cell in found["cells"]:
        own = [read(imprinted, f"grid-{cell['prior']}-value-{k}", f"{cell['prior']}-test") for k in SEEDS]
        assert cell["vs_error"]["median"] == pytest.approx(np.mean([np.median(medians(each)) for each in own]))
        place = cell["places"][7]
        wanted = [
            next(
                r["relative_l2"]["median"]
                for r in each["rows"]
                if [r["wave"], r["parameter"], r["band"]] == [place["wave"], place["parameter"], place["band"]]
            )
            for each in own
        ]
        assert [place["error"]["low"], place["error"]["high"]] == [min(wanted), max(wanted)]
        over = np.mean([medians(each) for each in own], axis=0)
        assert (cell["vs_good"], cell["vs_fair"]) == ((over <= 0.1).sum(), (over <= 0.3).sum())
    pooled = [
        np.mean([medians(read(imprinted, f"grid-{p}-value-{k}", f"{p}-test"), "rho") for k in SEEDS], axis=0)
        for p in ("tectonic", "decorrelated")
    ]
    density = next(each for each in found["parameters"] if each["parameter"] == "rho")
    assert density["error"] == pytest.approx(np.median(pooled))


def test_learning_curves_are_those_of_the_cards(imprinted: View) -> None:
    curve = emergence.numbers(imprinted)["curves"][0]
    card = json.loads((imprinted.folder.root / "surrogates" / "grid-tectonic-value-1" / "card.json").read_text())
    history = card["training"]["history"]
    assert curve["seeds"][1]["kernel"] == [each["validation_kernel_error"] for each in history]
    assert curve["value_gain"]["median"] == pytest.approx(10.0)
    assert curve["kernel_gain"]["median"] == pytest.approx(2.0)
    assert curve["correlation"]["median"] == pytest.approx(1.0)


def test_the_split_and_the_depths(imprinted: View) -> None:
    found = imprint.numbers(imprinted)
    cell = next(each for each in found["cells"] if (each["prior"], each["loss"]) == ("tectonic", "value"))
    own = [read(imprinted, f"grid-tectonic-value-{k}", "tectonic-test") for k in SEEDS]
    assert cell["off"]["median"] == pytest.approx(np.mean([np.median(score(each, "off_manifold")) for each in own]))
    entry = next(each for each in cell["depths"] if (each["parameter"], each["top_km"]) == ("rho", 20.0))
    shares = []
    for k in SEEDS:
        with xr.open_dataset(
            Path(imprinted.folder.root) / "audits" / f"grid-tectonic-value-{k}--tectonic-test" / "arrays.nc",
            engine="h5netcdf",
        ) as nc:
            rho = nc.sel(parameter="rho").isel(layer=slice(0, -1))
            inside = rho.where((rho.depth_top >= 20) & (rho.depth_top < 40), drop=True)
            sizes = [float((inside[name] * inside.depth_scale).sum()) for name in ("depth_error", "depth_signal")]
            shares.append(sizes[0] / sizes[1])
    assert entry["error"]["median"] == pytest.approx(np.mean(shares))
    for pair in found["pairs"]:
        rows = json.loads(
            (imprinted.folder.root / "comparisons" / f"grid-{pair['loss']}--tectonic-decorrelated.json").read_text()
        )["rows"]
        vs = [r["median"] for r in rows if (r["metric"], r["parameter"]) == ("prior_ratio", "vs")]
        assert pair["parameters"][0]["ratio"] == pytest.approx(np.median(vs))
        assert pair["parameters"][0]["beyond"] == sum(each > 1.2 for each in vs)


def test_errors_gather_because_of_a_prior_only_where_networks_of_another_have_less(imprinted: View) -> None:
    lines = {(e["prior"], e["loss"], e["parameter"]): e for e in imprint.numbers(imprinted)["gathered"]["lines"]}
    # A Moho in every kernel is of the prior that has one. Noise has an excess too, which networks without it exceed.
    locked, noisy = lines["tectonic", "value", "vs"], lines["decorrelated", "value", "vp"]
    assert all(lines["tectonic", "value", parameter]["beyond"] for parameter in ("vs", "vp", "rho"))
    assert noisy["own"]["low"] > 0.05
    assert not noisy["beyond"]
    ((top, bottom),) = locked["liked_km"]
    for side, prior in (("own", "tectonic"), ("others", "decorrelated")):
        found = []
        for k in SEEDS:
            path = imprinted.folder.root / "audits" / f"grid-{prior}-value-{k}--tectonic-test" / "arrays.nc"
            with xr.open_dataset(path, engine="h5netcdf") as nc:
                vs = nc.sel(parameter="vs").isel(layer=slice(0, -1))
                near = ((vs.depth_top >= top) & (vs.depth_bottom <= bottom)).values
                error, size = vs.depth_error.values, vs.depth_signal.values
            rate = error[..., ~near].sum(-1) / size[..., ~near].sum(-1)
            excess = (error - rate[..., None] * size)[..., near].sum(-1) / size.sum(-1)
            found.append(np.median(excess))
        assert [locked[side]["low"], locked[side]["high"]] == pytest.approx([min(found), max(found)])


def test_the_split_leaves_out_what_too_few_samples_say(imprinted: View) -> None:
    audit = read(imprinted, "grid-tectonic-value-0", "tectonic-test")
    sides = [each for each in audit["scores"] if each["metric"] == "off_manifold"]
    for each in sides:
        each["verdict"] = "CANNOT JUDGE"
    assert imprint._over_places(audit, "off_manifold") == pytest.approx(np.median([e["median"] for e in sides]))
    sides[0]["verdict"] = "FAIL"
    assert imprint._over_places(audit, "off_manifold") == sides[0]["median"]


def test_ratios_and_their_intervals(imprinted: View) -> None:
    found = remedy.numbers(imprinted)
    for place, what in product(("own prior", "elsewhere"), ("vs", "vp", "value")):
        entry = next(e for e in found["losses"] if (e["prior"], e["where"], e["what"]) == ("decorrelated", place, what))
        sets = ["decorrelated-test"] if place == "own prior" else [name for name in SETS if name != "decorrelated-test"]
        logs = []
        for k in SEEDS:
            sides = []
            for loss in ("sobolev", "value"):
                audits = [read(imprinted, f"grid-decorrelated-{loss}-{k}", name) for name in sets]
                if what == "value":
                    sides.append(np.mean([np.log(a["values"]["overall"]["mae_km_s"]) for a in audits]))
                else:
                    sides.append(np.mean(np.log(np.concatenate([medians(a, what, what == "vp") for a in audits]))))
            logs.append(sides[0] - sides[1])
        assert entry["ratio"] == pytest.approx(np.exp(np.mean(logs)))
        # Student's t of one degree of freedom is Cauchy's distribution: tan(0.475 pi) = 12.706.
        half = np.tan(0.475 * np.pi) * np.std(logs, ddof=1) / np.sqrt(2)
        assert entry["low"] == pytest.approx(np.exp(np.mean(logs) - half))
        assert entry["high"] == pytest.approx(np.exp(np.mean(logs) + half))


def test_consequences(imprinted: View) -> None:
    found = consequence.numbers(imprinted)
    away = next(e for e in found["cells"] if (e["prior"], e["loss"], e["where"]) == ("tectonic", "value", "elsewhere"))
    for metric in ("misfit_ratio", "posterior_shift"):
        by_seed = [
            np.median([score(read(imprinted, f"grid-tectonic-value-{k}", name), metric)[0] for name in SETS[1:]])
            for k in SEEDS
        ]
        assert away[metric]["median"] == pytest.approx(np.mean(by_seed))
        assert away[metric]["high"] == pytest.approx(max(by_seed))
    tell = next(each for each in found["tell"] if (each["error"], each["what"]) == ("kernel", "step_error"))
    audits = [
        read(imprinted, f"grid-{p}-{loss}-{k}", s)
        for p, loss in product(("tectonic", "decorrelated"), ("value", "sobolev"))
        for k in SEEDS
        for s in SETS
    ]
    x, y = [np.median(medians(a)) for a in audits], [score(a, "step_error")[0] for a in audits]
    # The rank of a number: how many are below it, and half of those that equal it.
    ranks = [[sum(b < a for b in each) + 0.5 * sum(b == a for b in each) for a in each] for each in (x, y)]
    assert tell["correlation"] == pytest.approx(np.corrcoef(*ranks)[0, 1])
    assert tell["n"] == len(audits)


def test_protocols_and_the_ceiling(imprinted: View) -> None:
    found = protocol.numbers(imprinted)
    exact = [read(imprinted, "exact", name) for name in SETS]
    ceiling = [r["paper_ceiling"] for a in exact for r in a["rows"] if r["parameter"] == "vs"]
    assert found["ceiling"]["low"] == min(ceiling) < 1.0
    assert found["ceiling"]["median"] == pytest.approx(np.median(ceiling))
    assert found["ceiling"]["corrected_low"] == pytest.approx(1.0)
    assert found["rows"] == len(found["points"]) == 8 * 3 * 2 * 6
    high = [p for p in found["points"] if p["paper"] >= 0.95]
    assert found["paper"]["largest_error_called_good"] == max(p["strict"] for p in high)


def test_information(imprinted: View) -> None:
    found = information.numbers(imprinted)
    entry = next(
        e
        for e in found["cells"]
        if (e["prior"], e["loss"], e["where"], e["wave"]) == ("tectonic", "value", "own prior", "love")
    )
    own = [read(imprinted, f"grid-tectonic-value-{k}", "tectonic-test") for k in SEEDS]
    angles = [score(each, "subspace_angle", wave="love")[0] for each in own]
    assert entry["subspace_angle"]["median"] == pytest.approx(np.mean(angles))
    ranks = []
    for k in SEEDS:
        path = imprinted.folder.root / "audits" / f"grid-tectonic-value-{k}--tectonic-test" / "arrays.nc"
        with xr.open_dataset(path, engine="h5netcdf") as nc:
            ranks.append(nc["rank_spectral_cosine"].values[1])
    cosine = np.mean(ranks, axis=0)
    assert entry["heard"] == np.isfinite(cosine).sum()
    assert entry["kept"] == (cosine[np.isfinite(cosine)] >= 0.95).sum()
