"""One surrogate against every line that a good one has to meet; its training set need not be there.

Run from the repository root: `python -m benchmarks.surrogate_targets CHECKPOINT [--models 100] [--seed 902]`. Sets:
its own prior, tectonic, weak, LITHO1.0 land columns, 59 periods. Exit code 1 where a line is not met.
"""

import argparse
import os

os.environ.update(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np
from benchmarks.strict_scores import drawn_models, strict_scores

PERIODS = np.arange(2.0, 61.0)
MAE = {"own": 0.003, "tectonic": 0.005, "litho1": 0.01}
"""km/s, by test set."""
BAND_L2, ALL_L2, COSINE, COSINE_P5, OTHER_COSINE, OFF_COSINE = 0.04, 0.03, 0.999, 0.99, 0.99, 0.95
AMPLITUDE, IDENTITY = 0.01, 0.01

Line = tuple[str, float, bool]


def lines(scores: dict[str, float], wave: str, mae: float) -> list[Line]:
    """What is asked for: name, value, whether it is met."""
    bands = [name for name in scores if name.startswith("vs L2 ")]
    worst = max(scores[name] for name in bands)
    found = [
        ("value MAE, km/s", scores["value MAE"], scores["value MAE"] <= mae),
        ("vs L2, worst band", worst, worst <= BAND_L2),
        ("vs L2, all", scores["vs L2"], scores["vs L2"] <= ALL_L2),
        ("vs cosine", scores["vs cosine"], scores["vs cosine"] >= COSINE),
        ("vs cosine p5", scores["vs cosine p5"], scores["vs cosine p5"] >= COSINE_P5),
        ("vs amplitude", scores["vs amplitude ratio"], abs(scores["vs amplitude ratio"] - 1) <= AMPLITUDE),
        ("rho cosine", scores["rho cosine"], scores["rho cosine"] >= OTHER_COSINE),
    ]
    if wave == "rayleigh":
        found.append(("vp cosine", scores["vp cosine"], scores["vp cosine"] >= OTHER_COSINE))
    found += [
        (name, value, value <= IDENTITY)
        for name, value in scores.items()
        if name.startswith("identity") and np.isfinite(value)
    ]
    if "off-manifold cosine" in scores:
        off = scores["off-manifold cosine"]
        found.append(("off-manifold cosine", off, off >= OFF_COSINE))
    return found


def main() -> int:
    """Print one block a test set; 0 where all lines are met."""
    import torch

    from surfgrad.earth.priors import prior_subspace
    from surfgrad.surrogates.checkpoint import load_surrogate

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("--models", type=int, default=100)
    parser.add_argument("--seed", type=int, default=902)
    given = parser.parse_args()
    torch.set_num_threads(1)
    surrogate = load_surrogate(given.checkpoint)
    own = str((surrogate.card.prior or {}).get("name"))
    subspace = prior_subspace(own)
    failed = 0
    for source in dict.fromkeys((own, "weak", "tectonic", "litho1")):
        models = drawn_models(source, given.models, given.seed)
        scores = strict_scores(surrogate, models, PERIODS, subspace)
        for wave, numbers in scores.items():
            told = lines(numbers, wave, MAE.get(source, MAE["own"]))
            failed += sum(not met for _, _, met in told)
            print(f"{source}, {wave} ({given.models} models, {numbers['missing']:.2%} missing)")
            for name, value, met in told:
                print(f"  {name:24s} {value:9.5f}  {'met' if met else 'NOT MET'}")
            print(
                "  by band: "
                + ", ".join(f"{value:.4f}" for name, value in numbers.items() if "s L2 " in name and "-" in name)
            )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
