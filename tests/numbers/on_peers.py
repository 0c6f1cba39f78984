"""docs/peers.md, docs/coming-from.md and the comparison in the README."""

from benchmarks.integrations_table import gains
from benchmarks.kept import kept
from tests.numbers.tracing import Sources


def peers() -> Sources:
    """docs/peers.md."""
    found = kept("peers")
    ours = [each for each in found.tables["curves"] if each["solver"] == "surfgrad"]
    alone = [each["ms"] * (1 - 1 / each["over_batch"]) for each in ours]
    said = found.versions
    return Sources(
        measured=[
            f"disba {said['disba']} (Dunkin), pysurf96 {said['pysurf96']} and dispcal {said['dispcal']},",
            f"Python {said['python'].rpartition('.')[0]})",
            f"Python's part in it, {min(alone):.1g} to {max(alone):.1g} ms;",
        ],
        held={
            "benchmarks/peers.py": [
                "for 1,000 in one call",
                "the same count 5e-4 below and above",
                "at 5, 15 and 40 s",
                "(vs 0.1-0.6 km/s, at times softer below), 50 frequencies 3-60 Hz,",
            ],
            "benchmarks/solvers.py": [
                "pysurf96 takes 100 layers at most",
                "(0.005 km/s)",
                "one-sided steps of 2.5 %",
            ],
        },
        given=[
            "59 periods, 2-60 s",
            "All 59 periods",
            "modes 0-3",
            "per 10,000 values",
            "exact to 1e-10 (`tests/waves`); the others stop their bisection near 1e-6",
            "with steps of 1 %",
        ],
    )


def coming_from() -> Sources:
    """docs/coming-from.md."""
    found = kept("integrations")
    repeats, versions = found.command.split()[-1], found.versions
    names = ("surfgrad", "disba", "pysurf96", "bayesbay", "cofi", "pygimli")
    assert gains(found.tables["gains"])
    return Sources(
        measured=[
            f"least CPU time of {repeats} repeats; {', '.join(f'{name} {versions[name]}' for name in names)})",
            f"Beside disba {versions['disba']} on that model",
        ],
        held={
            "tests/integrations/test_disba.py": [
                "velocities agree to 1e-6",
                "ellipticity to 1e-5 with its sign, Rayleigh eigenfunctions to 1e-5;",
                "kernels to the 6 % that",
                "and to 0.5 % with steps of 0.3 %",
            ],
            "tests/integrations/test_pysurf96.py": [
                "Phase velocities agree to 2e-6, group velocities to 5e-4;",
                "by up to 3e-4 more for layers of 20 km",
                "for 7 of the 20 periods",
            ],
            "src/surfgrad/integrations/bayesbay.py": ["vp = 1.77 vs and density = 0.32 vp + 0.77"],
            "benchmarks/integrations.py": ["`dc=0.001`"],
        },
        given=[
            "modes count from 0 except where the guest counts from 1",
            "NaN where it gives 0",
            "its steps of 2.5 %",
            "0 at the last depth (2.5 % off at 20 s on",
            "0, of the water's surface",
            "mode=1",
            "Modes from 1",
            "more than 60 are interpolated",
            "SURF96 returns 0",
            "fop.setRegionProperties(1,",
            "are 0 for the fundamental",
            "some 45 us of every call",
            "with 17 differences",
            "one a column: 50 ms",
            "chi2 = 1,",
        ],
    )


def readme() -> Sources:
    """The README's comparison."""
    return Sources(measured=[f"`{kept('peers').command}`"])
