"""docs/accuracy.md."""

from typing import Any

from benchmarks.kept import Record, kept
from benchmarks.truth.families import FAMILIES
from tests.numbers.tracing import Sources

VALUED = ("OK", "CLOSE_MODES", "MULTIPLE")


def accuracy() -> Sources:
    """The page."""
    families = kept("truth").tables["families"]
    asked = sum(each["counts"]["triples"] for each in families)
    given = sum(each["counts"].get(status, 0) for each in families for status in VALUED)
    (rules,) = kept("exact_rules").tables["rules"]
    sizes = {name: f"{_power(value)}" for name, value in rules.items() if isinstance(value, float)}
    return Sources(
        measured=[
            f"{len(FAMILIES)} families",
            f"Seed {kept('truth').command.split()[-1]}; {given:,} of {asked:,} values exist",
            f"Seed {kept('two_routes').command.split()[-1]}, 4.5 minutes",
            *_routes(kept("two_routes").tables["routes"]),
            f"Measured on {rules['values']:,} values of all families, over the sum of absolute terms",
            f"c, first rule {sizes['scale']}, densities {sizes['density']},",
            f"with U from energy integrals {sizes['energy']};",
            f"U {sizes['group']} (99 % below {sizes['group_99']}, half below {sizes['group_50']};"
            f" {rules['group_values']:,} values)",
        ],
        held={
            "benchmarks/truth/families.py": ["1000 layers", "0.01 to 500 s", "vp/vs 25,"],
            "benchmarks/truth/judge.py": ["At d = 1e-6,", "Two roots within 2e-7"],
            "tests/reference/meeting.py": ["modes in 60 digits", "differences over 1e-18"],
            "tests/reference/all_roots.py": ["what is left down to 1e-8"],
            "benchmarks/two_routes.py": ["differ by more than 1e-8", "Allowed is 1e-8"],
            "tests/waves/test_beside_vs.py": ["1.0e-9 off"],
            "tests/waves/test_search_ends.py": ["once were up to 1e-10 off", "such values to 1e-13, U to 1e-11"],
            "tests/waves/test_rough_ground.py": ["periods 1e-12 to 0.5 short", "up to 20 on"],
            "tests/waves/test_stiff_layers.py": ["holds c to 1e-12 and kernels to 1e-9", "mud at 33 s)"],
            "tests/waves/test_exact_rules.py": ["changes by less than 1e-12"],
        },
        given=[
            *DEFINED,
            *TOLD,
        ],
    )


def _routes(records: list[Record]) -> list[str]:
    phase, group = ([each for each in records if each["kernels"] == name] for name in ("phase", "group"))
    all_, apart = _count(phase, "values"), _apart(phase)
    half = _power(max(each["median"] for each in phase))
    said = f"{all_ - apart:,} of {all_:,} agree to 1e-8, half of them to {half} in every family"
    rest, stated = _count(group, "values"), [each for each in group if each["stated"]]
    lids = [each for each in phase if "lids" in each["family"] or "500 s" in each["family"]]
    return [
        said,
        f"of thousands of wavelengths, off by {_power(max(each['largest'] for each in lids))} at most",
        f"{rest - _apart(group):,} of {rest:,} agree to 1e-8",
        f"right to {_power(max(each['implicit'] for each in stated))} at least",
    ]


def _power(value: float) -> str:
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _apart(records: list[Record]) -> int:
    return sum(_count(records, key) for key in ("stated", "other", "unexplained"))


def _count(records: list[Record], key: str) -> Any:
    return sum(each[key] for each in records)


DEFINED = (
    "exit code 1",
    "1 m layers",
    "mud of 0.06 km/s",
    "modes 0-3",
    "80-bit floats",
    "c (1 -+ d)",
    "d from 1e-14 up",
    "1/(1 - c^2/vs^2)^(1/2)",
    "F = 0",
    "powers of 2 (vs/c)^2,",
    "at least 1 % of c/m",
    "et al.'s (1975)",
    "60 digits",
    "for phase kernels 2e-8 where the mode is proven alone to 1e-6",
    "df/dT = 0",
    "df/drho = 0",
    "by 1/s",
    "c^2/U",
    "1/U = dk/dw = (1 + T/c dc/dT)/c",
    "first sum is 0",
    "differ by 1e-14 and more",
    "vp/vs 1.155 and 50,",
)
"""Definitions, formulas, names."""
TOLD = (
    "(over 1e-15 they are 1e-11 off where c is within 1e-13 of vs)",
    "`--seed 20261130`",
    "c was off by 2e-10 and 5e-10 in two of these values",
    "up to 2e-8 in three that lie within 1e-12 of",
    "6e-16 where U was",
    "up to 2e-6: searches ended",
    "one U of 4,011 was 2.8e-9 off: derivatives were taken 8e-14 beside the root, and over a lid of k h = 31,000",
    "Above lids of k h > 500 the growth",
    "(`tests/waves/test_group.py`: 7e-14)",
    "Of 5,879 values (150 models a kind)",
    "roots within 1e-11 of the half-space's vs",
)
"""What was once so, or found once, and has no file of its own."""
