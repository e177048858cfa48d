"""Several costs, each held at a quantile of its own: how sure they are together."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.together.pooling import pool_costs
from pmkit.analysis.together.program_simulation import simulate_program
from pmkit.data import sample
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo
from tests.wording import exactly


@pytest.mark.parametrize(("count", "together"), [(1, 0.60), (4, 0.69), (10, 0.79)])
def test_equal_independent_normal_costs_at_p60(count: int, together: float) -> None:
    """The cases of the issue; Phi(0.2533 sqrt(n)) in any table of the normal."""
    pool = pool_costs([100] * count, 20, 0.6)
    assert round(pool.pooled, 2) == together
    assert pool.pooled == pytest.approx(NormalDist().cdf(NormalDist().inv_cdf(0.6) * sqrt(count)))


@pytest.mark.parametrize("count", [1, 4, 10, 100])
def test_at_p50_normal_costs_stay_at_half(count: int) -> None:
    assert pool_costs([100] * count, 20, 0.5).pooled == pytest.approx(0.5)


@pytest.mark.parametrize("confidence", [0.5, 0.6])
def test_costs_skewed_to_the_right_fall_below_what_normal_ones_have(confidence: float) -> None:
    found = [pool_costs([100] * n, 80, confidence, shape="lognormal") for n in (1, 4, 10)]
    assert found[0].pooled == pytest.approx(confidence, abs=4 * found[0].error)
    assert found[0].pooled > found[1].pooled > found[2].pooled
    assert found[2].pooled < confidence  # below what each of them has


def test_a_mild_skew_is_nearly_normal() -> None:
    pool = pool_costs([100] * 10, 2, 0.6, shape="lognormal")
    assert pool.pooled == pytest.approx(pool_costs([100] * 10, 2, 0.6).pooled, abs=0.015)


def test_lognormal_sums_agree_with_numbers_drawn_elsewhere() -> None:
    """Against numpy's own normals: two costs, correlation 0.4, at P80."""
    pool = pool_costs([100, 300], [60, 90], 0.8, correlation=0.4, shape="lognormal")
    rng = np.random.default_rng(1)
    z = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], 400_000)
    scale = np.sqrt(np.log1p(np.array([0.6, 0.3]) ** 2))
    middle = np.log([100, 300]) - scale**2 / 2
    sums = np.exp(middle + scale * z).sum(axis=1)
    held = np.exp(middle + scale * NormalDist().inv_cdf(0.8)).sum()
    assert pool.budget == pytest.approx(held)
    assert pool.pooled == pytest.approx(np.mean(sums <= held), abs=0.004)
    assert pool.needed == pytest.approx(np.quantile(sums, 0.8), rel=0.004)


def test_correlation_shrinks_what_pooling_is_worth_to_nothing() -> None:
    found = [pool_costs([100] * 10, 20, 0.8, correlation=r).pooled for r in (0, 0.2, 0.5, 1)]
    assert found == sorted(found, reverse=True)
    assert found[-1] == pytest.approx(0.8)
    z = NormalDist().inv_cdf(0.8)
    assert found[1] == pytest.approx(NormalDist().cdf(z * sqrt(10) / sqrt(1 + 9 * 0.2)))


def test_unequal_costs_by_hand() -> None:
    """sd 30 and 40 are 50 together; held at one sd each they hold 70 above the mean: 1.4 sd."""
    one_sd = NormalDist().cdf(1)
    pool = pool_costs({"A": 100, "B": 200}, [30, 40], one_sd)
    assert pool.held == pytest.approx((130, 240))
    assert pool.pooled == pytest.approx(NormalDist().cdf(70 / 50))
    assert (pool.needed, pool.saving) == pytest.approx((350, 20))
    assert pool.table.loc["B"].tolist() == pytest.approx([200, 40, 240, one_sd])


def test_a_matrix_says_of_each_pair_and_opposite_costs_cancel() -> None:
    pool = pool_costs([100, 100], 10, 0.8, correlation=[[1, -1], [-1, 1]])
    assert pool.pooled == 1
    assert pool.needed == pytest.approx(200)


def test_certain_costs_are_kept() -> None:
    assert pool_costs([100, 200], 0, 0.8).pooled == 1


def test_below_the_mean_pooling_hurts() -> None:
    """Held at P30 each, ten costs are kept together with 5 %."""
    pool = pool_costs([100] * 10, 20, 0.3)
    assert pool.pooled == pytest.approx(0.0487, abs=0.0005)
    assert pool.saving < 0
    assert "more" in str(pool.explain())


@given(
    st.lists(st.tuples(st.floats(1, 1e6), st.floats(0.01, 1e5)), min_size=1, max_size=6),
    st.floats(0.01, 0.99), st.floats(0, 1),
)  # fmt: skip
def test_above_half_normal_costs_are_never_less_sure_together(
    parts: list[tuple[float, float]], confidence: float, correlation: float
) -> None:
    means, sds = zip(*parts, strict=True)
    pool = pool_costs(means, sds, confidence, correlation=correlation)
    more = pool_costs(means, sds, confidence, correlation=min(correlation + 0.1, 1))
    if confidence >= 0.5:
        assert pool.pooled >= confidence - 1e-9
        assert more.pooled <= pool.pooled + 1e-9
        assert pool.saving >= -1e-6 * pool.budget
    else:
        assert pool.pooled <= confidence + 1e-9


@given(st.floats(0.5, 0.95))
@settings(max_examples=10)
def test_more_independent_costs_are_surer(confidence: float) -> None:
    found = [pool_costs([100] * n, 20, confidence).pooled for n in range(1, 8)]
    assert all(a <= b + 1e-12 for a, b in pairwise(found))


def _program(count: int) -> Program:
    work = Activity("Work", three_point=ThreePoint(8, 10, 12), cost_per_day=1_000)
    return Program(tuple(Project((work,), members=(ProjectInfo(f"P{n}"),)) for n in range(count)))


def test_a_simulated_program_pools_as_the_formula_says() -> None:
    """Ten projects, independent; the P60 of a flat-topped beta-PERT is 0.28 sd above its mean."""
    found = simulate_program(_program(10), 10_000, 1, within=0, across=0).pooled(0.6)
    z = (found.budget - sum(found.means)) / sum(found.sds)
    assert z == pytest.approx(0.28, abs=0.01)
    assert found.pooled == pytest.approx(NormalDist().cdf(z * sqrt(10)), abs=0.01)
    assert found.names == tuple(f"P{n}" for n in range(10))
    together = simulate_program(_program(10), 10_000, 1, within=0.5, across=0.5).pooled(0.6)
    assert together.pooled == pytest.approx(
        NormalDist().cdf(z * sqrt(10) / sqrt(1 + 9 * 0.5)), abs=0.015
    )
    assert together.pooled < found.pooled


def test_dates_do_not_pool() -> None:
    """Ten independent finishes each at P60 are all kept with about 0.6 ** 10, half a per cent."""
    found = simulate_program(_program(10), 10_000, 1, within=0, across=0).pooled(0.6)
    assert found.dates == pytest.approx(0.6**10, abs=0.004)
    assert "dates do not pool: every project finishes by its own P60 with" in str(found.explain())


def test_on_the_sample_money_pools_and_dates_do_not() -> None:
    pool = simulate_program(sample(progress=False), 10_000, 7).pooled(0.8)
    assert pool.pooled > 0.8 > pool.dates
    assert pool.needed < pool.budget
    assert pool.currency == "EUR"


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ({"means": []}, ["pool_costs: means must hold at least one cost, got none"]),
        ({"confidence": 60}, ["pool_costs: confidence must be above 0 and below 1, got 60"]),
        ({"sds": [1, -2], "shape": "beta"}, [
            "pool_costs: cost 2: standard deviation must be a finite amount >= 0, got -2",
            "pool_costs: shape must be one of normal, lognormal, got 'beta'",
        ]),
        ({"sds": [1, 2, 3]},
         ["pool_costs: sds must be one for each of 2 costs, or one for all, got 3"]),
        ({"means": [0, float("inf")], "shape": "lognormal"}, [
            "pool_costs: cost 2: mean must be a finite amount, got inf",
            "pool_costs: cost 1: mean must be above 0, because a lognormal cost is, got 0",
        ]),
        ({"correlation": [[1]]},
         ["pool_costs: correlation must be one number or a matrix of 2 x 2, got 1 x 1"]),
        ({"correlation": -2}, [
            "pool_costs: correlation must be one that 2 costs can have (between -1 and 1, the same "
            "both ways, 1 on the diagonal, positive semidefinite), got -2"]),
        ({"correlation": [[1, 0.5], [0.4, 1]]}, [
            "pool_costs: correlation must be one that 2 costs can have (between -1 and 1, the same "
            "both ways, 1 on the diagonal, positive semidefinite), got a matrix that is not"]),
    ],
)  # fmt: skip
def test_what_cannot_be_pooled_is_refused(wrong: dict, sentences: list[str]) -> None:
    given = {"means": [100, 200], "sds": [10, 20] if wrong.get("means") != [] else []} | wrong
    with pytest.raises(PlanError, match=exactly(*sentences)):
        pool_costs(**given)


def test_three_costs_cannot_all_be_opposite() -> None:
    with pytest.raises(PlanError, match="positive semidefinite"):
        pool_costs([1, 1, 1], 1, correlation=-0.9)


def test_it_is_read_in_words_and_in_html() -> None:
    pool = pool_costs({"<b>A</b>": 100}, 10, 0.8)
    assert repr(pool) == "Pool 1 cost each at P80: together 80 % sure"
    assert "<b>" not in pool._repr_html_()
    sentence = "pooled: confidence must be above 0 and below 1, got 2"
    with pytest.raises(PlanError, match=exactly(sentence)):
        simulate_program(_program(1), 10).pooled(2)
