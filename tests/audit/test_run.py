"""What is asked, what is left out and why: nothing disappears."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

import surfgrad.audit
from surfgrad.audit.exclusion import Exclusion
from surfgrad.audit.further import Further
from surfgrad.audit.options import Options
from surfgrad.audit.pace import Pace, duration
from surfgrad.audit.run import run
from surfgrad.contracts import Domain
from surfgrad.earth.model import EarthModel
from surfgrad.errors import ModelError, UsageError
from surfgrad.testing.liars import wrong_slope

from .toy import Toy, even_models, uneven_models

PERIODS = np.arange(2.0, 61.0, 4.0)


def counts(measurements):
    return {
        each: int((measurements.value_reason == each).sum()) for each in Exclusion if each in measurements.value_reason
    }


def measured(forward, models=None, reference=None, **options):
    models = uneven_models() if models is None else models
    return run(forward, models, PERIODS, reference=reference or Toy(), options=Options(**options))


def test_untrapped_modes_are_counted_and_invented_values_too():
    found = measured(Toy(), reference=Toy(longest=30.0))
    beyond = int((PERIODS > 30).sum()) * 12 * 2
    assert counts(found) == {Exclusion.JUDGED: 12 * 2 * PERIODS.size - beyond, Exclusion.NO_MODE: beyond}
    assert found.invented.sum() == beyond
    assert np.isnan(found.profile["relative_l2"][..., PERIODS > 30]).all()


def test_periods_outside_the_domain_are_not_asked_for():
    @dataclass(frozen=True)
    class Strict(Toy):
        def jacobian(self, models, periods):
            assert max(periods) <= 20
            return super().jacobian(models, periods)

    found = measured(Strict(domain=Domain(periods=(2.0, 20.0))))
    assert counts(found)[Exclusion.OUTSIDE_DOMAIN] == 24 * (PERIODS > 20).sum()


def test_models_outside_the_domain_are_left_out_or_judged_on_request():
    slowest = np.sort(uneven_models()[2].min(axis=1))
    forward = Toy(domain=Domain(vs=(float(slowest[5]), np.inf)))
    found = measured(forward)
    assert counts(found)[Exclusion.OUTSIDE_DOMAIN] == 5 * 2 * PERIODS.size
    assert found.domain["models_outside"] == 5
    assert counts(measured(forward, outside="judge")) == {Exclusion.JUDGED: 24 * PERIODS.size}


def test_models_on_another_grid_are_never_asked():
    forward = Toy(domain=Domain(thickness=tuple(even_models(1)[0][0])))
    other = even_models(3)
    other[0][1, 4] *= 1.5
    for outside in ("exclude", "judge"):
        assert counts(measured(forward, other, outside=outside))[Exclusion.OUTSIDE_DOMAIN] == 2 * PERIODS.size


def test_invalid_models_are_counted_and_the_others_judged():
    models = uneven_models()
    models[2][3, 7] = -1.0
    models[1][8, 0] = np.nan
    found = measured(Toy(), models)
    assert counts(found) == {Exclusion.JUDGED: 20 * PERIODS.size, Exclusion.INVALID_MODEL: 4 * PERIODS.size}


def test_a_forward_without_a_parameter_cannot_be_judged_on_it():
    @dataclass(frozen=True)
    class VsOnly(Toy):
        def jacobian(self, models, periods):
            return replace(super().jacobian(models, periods), vp=None, rho=None)

    record = surfgrad.audit(VsOnly(), uneven_models(), PERIODS, reference=Toy())
    row = record.row("rayleigh", "rho", "10-20")
    assert row["verdict"] == "CANNOT JUDGE"
    assert row["n_excluded"]["NOT_PROVIDED"] == 36
    assert record.row("rayleigh", "vs", "10-20")["verdict"] == "PASS"


def test_answers_do_not_depend_on_the_chunks():
    whole, parts = measured(wrong_slope(Toy()), chunk=100), measured(wrong_slope(Toy()), chunk=5)
    for name in whole.profile:
        np.testing.assert_allclose(whole.profile[name], parts.profile[name], rtol=1e-10, atol=1e-14)


def test_models_of_different_layer_counts():
    arrays = uneven_models(2)
    models = [EarthModel(*(each[0] for each in arrays)), EarthModel(*(each[1, -20:] for each in arrays))]
    found = measured(Toy(), models)
    assert counts(found) == {Exclusion.JUDGED: 4 * PERIODS.size}
    assert np.nanmax(found.profile["relative_l2"]) == 0
    assert found.depth is None


def test_bands_follow_the_periods_or_the_caller():
    short = PERIODS / 100

    def judged(**chosen):
        record = surfgrad.audit(Toy(), even_models(), short, reference=Toy(), **chosen)
        return list(dict.fromkeys(row["band"] for row in record.summary["rows"])), record

    bands, record = judged()
    assert bands == ["0.02-0.05", "0.05-0.1", "0.1-0.2", "0.2-0.5", "0.5-1"]
    assert record.row("rayleigh", "vs", "0.1-0.2")["verdict"] == "PASS"
    assert record.summary["periods_outside_bands"] == 0
    bands, record = judged(bands=(0.1, 0.3))
    assert bands == ["0.1-0.3"]
    assert record.row("rayleigh", "vs", "0.1-0.3")["verdict"] == "PASS"
    assert record.summary["periods_outside_bands"] == ((short < 0.1) | (short > 0.3)).sum()
    with pytest.raises(UsageError, match=r"bands: 0.3,0.1 given"):
        judged(bands=(0.3, 0.1))


def test_progress_is_told_after_every_chunk_and_of_every_further_part():
    calls = []
    options = Options(chunk=2, further=Further(taylor_models=2, directions=2, consequence_models=5, starts=1))
    run(Toy(), even_models(5), PERIODS, reference=Toy(), options=options, progress=lambda *each: calls.append(each))
    models = [(done, 5, "models") for done in (0, 2, 4, 5)]
    taylor = [(done, 2, "Taylor's test") for done in (0, 1, 2)]
    assert calls == [*models, *taylor, *((done, 5, "inversions") for done in (0, 4, 5))]


def test_a_part_that_takes_long_says_so_beforehand():
    calls = []
    pace = Pace(lambda *each: calls.append(each), learned=0.009, exact=0.001)
    told = pace.begin("inversions", 7, 24_000, 24_000)
    told(7)
    assert calls == [(done, 7, "inversions, about 4 min") for done in (0, 7)]
    assert [duration(each) for each in (8.2, 89.0, 100.0, 9000.0)] == ["8 s", "89 s", "2 min", "2.5 h"]


def test_what_breaks_the_contract_is_refused_in_words():
    @dataclass(frozen=True)
    class Short(Toy):
        def predict(self, models, periods):
            return super().predict(models, periods)[..., :-1]

    @dataclass(frozen=True)
    class PerKm(Toy):
        def jacobian(self, models, periods):
            return replace(super().jacobian(models, periods), per="km")

    with pytest.raises(UsageError, match=r"predict has shape \(12, 2, 14\); expected is \(12, 2, 15\)"):
        measured(Short())
    with pytest.raises(UsageError, match="per 'km'"):
        measured(PerKm())
    with pytest.raises(UsageError, match="waves"):
        measured(Toy(waves=("love",)))
    with pytest.raises(UsageError, match="group"):
        measured(Toy(kind="group"))
    with pytest.raises(UsageError, match="outside is 'perhaps'"):
        measured(Toy(), outside="perhaps")
    with pytest.raises(ModelError, match="periods"):
        run(Toy(), even_models(2), [0.0], reference=Toy())
