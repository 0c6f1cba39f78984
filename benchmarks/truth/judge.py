"""The judge: every value of the engine against roots and counts that share nothing with it.

Which roots the branch has comes from a search that excludes all else by a bound (`tests/reference/all_roots`), in
double precision; whether a value is the root, from the stiffness count in 80 bits beside it (`long_count`).
"""

from dataclasses import dataclass

import numpy as np
from benchmarks.truth.families import MODES
from benchmarks.truth.tally import Tally
from tests.reference.all_roots import Roots, all_roots
from tests.reference.long_count import LONG, count_many, omega, padded
from tests.reference.stiffness import Model

import surfgrad as sg
from surfgrad.status import Status

WAVES = ("rayleigh", "love")
FOLD = 2e-7
"""Relative distance in frequency within which two roots may merge unseen: the engine states 1e-7 in period."""
CLOSE = 1e-6
"""The engine's distance of CLOSE_MODES."""
ROUNDING = 1e-12
"""Relative distance of a cut-off below which double precision decides whether a mode is trapped."""
LADDER = (1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 2e-10, 5e-10, 1e-9, 2e-9, 5e-9, 1e-8, 1e-7, 1e-6, 1e-5)
"""Relative distances in c at which a root is looked for; beyond the last one it is another root."""


@dataclass(frozen=True)
class Value:
    """One triple, and what the engine says of it."""

    model: Model
    period: float
    wave: str
    mode: int
    velocity: float
    status: Status

    def __str__(self) -> str:
        columns = [np.asarray(column).tolist() for column in self.model] if len(self.model[2]) < 12 else "a long model"
        return f"{self.wave} mode {self.mode} T={self.period!r}: {self.velocity!r} {self.status.name}, model {columns}"


def values(model: Model, periods: np.ndarray, tally: Tally) -> list[Value]:
    """What the engine says: all modes of both waves. An exception is a failure of all its triples."""
    found = []
    for wave in WAVES:
        for mode in range(MODES):
            tally.count("triples", len(periods))
            try:
                record = sg.dispersion(*model, periods, wave=wave, mode=mode, threads=1)
            except Exception as error:  # whatever it is, it is what the table is about
                tally.fail("exceptions", f"{error!r}: {Value(model, periods[0], wave, mode, np.nan, Status.OK)}")
                continue
            rows = zip(periods, record.velocity, record.status, strict=True)
            found += [Value(model, float(t), wave, mode, float(c), Status(s)) for t, c, s in rows]
    return found


def judge(found: list[Value], tally: Tally) -> None:
    """Branches and statuses one by one, then distances from the root all together."""
    for value in found:
        tally.count(value.status.name)
        _judge_branch(value, tally)
    for wave in WAVES:
        having = [value for value in found if value.wave == wave and np.isfinite(value.velocity)]
        if having:
            _judge_distance(having, wave, tally)


def _judge_branch(value: Value, tally: Tally) -> None:
    """Existence, the slowest root, and MULTIPLE."""
    w = 2 * np.pi / value.period
    roots = all_roots(value.model, w, value.wave, value.mode)
    if not roots.complete:
        tally.fail("not judged", str(value))
    elif np.isnan(value.velocity):
        if len(roots.brackets) and not _fades(value, trapped=False):
            tally.fail("NaN where the branch exists", f"roots at {w / roots.brackets}, {value}")
    elif not len(roots.brackets):
        if not _fades(value, trapped=True):
            tally.fail("value where there is no root", str(value))
    else:
        why = _misread(value, roots)
        if not why:
            return
        if _folds(value):
            tally.count("folds")
        else:
            tally.fail(why, f"roots at {w / roots.brackets}, {value}")


def _misread(value: Value, roots: Roots) -> str:
    """What is wrong with a value whose branch has roots; empty if nothing is."""
    k, (low, high) = 2 * np.pi / value.period / value.velocity, roots.brackets[-1]
    # Nearer than LADDER reaches, `_judge_distance` says by counts whether it is this root.
    if not low * (1 - LADDER[-1]) <= k <= high * (1 + LADDER[-1]):
        return "wrong branch"
    if (value.status == Status.MULTIPLE) != (len(roots.brackets) > 1):
        return "wrong MULTIPLE"
    return ""


def _folds(value: Value) -> bool:
    """Whether two roots of the branch merge within FOLD: then how many there are is not promised."""
    w = 2 * np.pi / value.period
    near = [all_roots(value.model, w * (1 + d), value.wave, value.mode) for d in (-FOLD, 0.0, FOLD)]
    return len({len(roots.brackets) for roots in near}) > 1 or any(roots.grazes for roots in near)


def _fades(value: Value, trapped: bool) -> bool:
    """Whether the cut-off is so near that rounding decides: a little faster (slower), the count at vs is the other."""
    top = LONG(value.model[2][-1])
    w = omega(np.array([value.period])) * (1 + LONG(ROUNDING if trapped else -ROUNDING))
    return bool((count_many(padded([value.model]), w, w / top, value.wave)[0] > value.mode) == trapped)


def _judge_distance(found: list[Value], wave: str, tally: Tally) -> None:
    """How far each value is from the root of its branch, and whether CLOSE_MODES is said where it should be."""
    models = padded([value.model for value in found])
    w = omega(np.array([value.period for value in found]))
    c = np.array([value.velocity for value in found], LONG)
    mode = np.array([value.mode for value in found])
    far = _distance(models, w, c, mode, wave)
    for value, error in zip(found, far, strict=True):
        if np.isinf(error):
            tally.fail("no root at the value", str(value))
        else:
            tally.worst["c"].take(float(error), str(value))
    _judge_close(found, models, w, w / c, mode, tally)


def _distance(models: tuple, w: np.ndarray, c: np.ndarray, mode: np.ndarray, wave: str) -> np.ndarray:
    """(N,) the least distance of LADDER within which the branch passes w, at the value's own w and at its own k."""
    top = models[2][:, -1].astype(LONG)
    far = np.full(len(c), np.inf)
    left = np.arange(len(c))
    for d in LADDER:
        part = tuple(column[left] for column in models)
        x, y, m, limit = w[left], c[left], mode[left], top[left]
        passes = np.ones(left.size, bool)
        # At fixed w, then at fixed k (where d stays 1e-10 or more, the worth of a value being its c).
        for slow, fast, k_slow, k_fast in (
            (x, x, x / (y * (1 - LONG(d))), x / np.minimum(y * (1 + LONG(d)), limit)),
            (x * (1 - LONG(max(d, 1e-10))), np.minimum(x * (1 + LONG(max(d, 1e-10))), x / y * limit), x / y, x / y),
        ):
            passes &= (count_many(part, slow, k_slow, wave) <= m) & (count_many(part, fast, k_fast, wave) > m)
        far[left[passes]] = d
        left = left[~passes]
        if not left.size:
            break
    return far


def _judge_close(
    found: list[Value], models: tuple, w: np.ndarray, k: np.ndarray, mode: np.ndarray, tally: Tally
) -> None:
    """OK must be certified at a little less than the certificate's distance, CLOSE_MODES not at a little more."""
    wave, top = found[0].wave, k * models[2][:, -1]
    status = np.array([value.status for value in found])
    for code, factor in ((Status.OK, 0.99), (Status.CLOSE_MODES, 1.01)):
        d = LONG(CLOSE * factor)
        alone = (count_many(models, w * (1 - d), k, wave) == mode) & (
            count_many(models, np.minimum(w * (1 + d), top), k, wave) == mode + 1
        )
        for i in np.flatnonzero((status == code) & (alone != (code == Status.OK))):
            tally.fail(f"wrong {code.name}", str(found[i]))
