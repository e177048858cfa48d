"""Durations that vary together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from pmkit.analysis.simulating.correlation import mixtures
from pmkit.analysis.simulating.simulation import simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from tests.wording import exactly

POINTS = ThreePoint(2, 5, 8)
VARIANCE = 36 / 28  # of a symmetric beta-PERT: range squared / 28


def chain(count: int, group: str = "") -> Project:
    activities = [
        Activity(f"A{k}", three_point=POINTS, correlation_group=group) for k in range(count)
    ]
    links = [Dependency(f"A{k}", f"A{k + 1}") for k in range(count - 1)]
    return Project(tuple(activities), tuple(links))


def matrix(values: Any, *ids: str) -> pd.DataFrame:
    return pd.DataFrame(values, index=list(ids), columns=list(ids))


def variance(plan: Project, correlation: Any = None) -> float:
    return float(simulate(plan, 60_000, seed=1, correlation=correlation).finish.std() ** 2)


@pytest.mark.parametrize("strength", [0.0, 0.3, 0.8, 1.0])
def test_a_group_widens_a_sum_as_the_variance_of_correlated_sums_says(strength: float) -> None:
    # Var(sum of n) = n var (1 + (n - 1) rho)
    count = 6
    expected = count * VARIANCE * (1 + (count - 1) * strength)
    assert variance(chain(count, "weather"), strength) == pytest.approx(expected, rel=0.03)


def test_a_group_has_correlation_one_half_where_nothing_is_said() -> None:
    plan = chain(3, "weather")
    assert variance(plan) == variance(plan, {"weather": 0.5}) == variance(plan, 0.5)


def test_without_correlation_the_extremes_vanish() -> None:
    plan = chain(20, "weather")
    apart, together = (simulate(plan, 20_000, correlation=strength).finish for strength in (0, 0.8))
    assert together.quantile(0.95) - together.quantile(0.05) > 3 * (
        apart.quantile(0.95) - apart.quantile(0.05)
    )
    assert together.probability(120) < 0.95 < apart.probability(120)


@pytest.mark.parametrize("strength", [-0.9, -0.4, 0.6, 1.0])
def test_a_pair_has_the_correlation_given(strength: float) -> None:
    expected = 2 * VARIANCE * (1 + strength)
    pair = variance(chain(2), {("A0", "A1"): strength})
    assert pair == pytest.approx(expected, abs=0.06)
    both = matrix([[1, strength], [strength, 1]], "A0", "A1")
    assert variance(chain(2), both) == pair


def test_correlation_leaves_each_duration_its_own_distribution() -> None:
    alone = Project((Activity("A0", three_point=POINTS, correlation_group="g"),))
    mixed = simulate(alone, 60_000, seed=1, correlation=0.7).finish
    plain = simulate(alone, 60_000, seed=1, correlation=0).finish
    for q in (0.01, 0.2, 0.5, 0.8, 0.99):
        error = 4 * np.hypot(mixed.quantile_error(q), plain.quantile_error(q))
        assert mixed.quantile(q) == pytest.approx(plain.quantile(q), abs=error)


def test_the_order_of_a_matrix_does_not_matter() -> None:
    values = np.array([[1, 0.5, 0.2], [0.5, 1, 0.4], [0.2, 0.4, 1]])
    turn = [2, 0, 1]
    ids = ["A0", "A1", "A2"]
    one = matrix(values, *ids)
    other = matrix(values[np.ix_(turn, turn)], *[ids[k] for k in turn])
    assert mixtures(chain(3), one) == mixtures(chain(3), other)


def test_an_activity_in_a_pair_leaves_its_group() -> None:
    found = mixtures(chain(3, "g"), {"g": 0.3, ("A0", "A1"): 0.6})
    assert [name for name, _ in found["A0"]] == ["activity A0"]
    assert [name for name, _ in found["A2"]] == ["group g", "activity A2"]


@pytest.mark.parametrize(
    ("correlation", "sentence"),
    [
        (1.2, "correlation: must be between 0 and 1 (a common factor cannot be negative), got 1.2"),
        (
            {"g": -0.1},
            "correlation of group 'g': must be between 0 and 1 (a common factor cannot be "
            "negative), got -0.1",
        ),
        ({("A0", "A1"): 1.5}, "correlation of 'A0' and 'A1': must be between -1 and 1, got 1.5"),
        (
            {("A0", "A1"): float("nan")},
            "correlation of 'A0' and 'A1': must be between -1 and 1, got nan",
        ),
        ({("A0", "A0"): 0.5}, "correlation of 'A0' with itself: must be 1, got 0.5"),
        ({("A0", "X"): 0.5}, "correlation: ids must be activities of the plan, got 'X'"),
        ({"h": 0.5}, "correlation: group 'h' must be a correlation_group of the plan, which has g"),
        (
            matrix([[1, 0.5], [0.4, 1]], "A0", "A1"),
            "correlation of 'A0' and 'A1': must be the same both ways, got 0.5 and 0.4",
        ),
        (matrix([[2, 0], [0, 1]], "A0", "A1"), "correlation of 'A0' with itself: must be 1, got 2"),
        (
            pd.DataFrame([[1.0]], index=["A0"], columns=["A1"]),
            "correlation: a matrix must have the same activity ids as index and as columns, each "
            "once, got 1 rows and 1 columns",
        ),
        (
            {("A0", "A1"): 0.9, ("A1", "A2"): 0.9, ("A0", "A2"): -0.9},
            "correlation: the correlations among 'A0', 'A1', 'A2' contradict each other (no "
            "variables can have them all; the matrix must be positive semidefinite, its smallest "
            "eigenvalue is -0.8)",
        ),
    ],
)
def test_correlations_that_cannot_be_are_refused(correlation: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        mixtures(chain(3, "g"), correlation)


def test_the_activities_that_clash_are_named_and_no_others() -> None:
    pairs = {("A0", "A1"): 0.9, ("A1", "A2"): 0.9, ("A0", "A2"): -0.9, ("A3", "A4"): 0.2}
    with pytest.raises(PlanError) as caught:
        mixtures(chain(5), pairs)
    assert caught.value.ids == ("A0", "A1", "A2")


def test_one_number_is_for_all_activities_of_a_plan_without_groups() -> None:
    assert variance(chain(2), 0.4) == pytest.approx(variance(chain(2, "all"), 0.4), rel=0.02)
    assert variance(chain(2), 0.4) > 1.3 * variance(chain(2))
