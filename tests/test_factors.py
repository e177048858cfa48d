"""Correlation by common factors: within a project, across projects, within a group."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.simulating.factors import factor_mixtures
from pmkit.analysis.simulating.sampling import Sampler
from pmkit.analysis.simulating.trial_plan import trial_plan
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from tests.wording import exactly

_POINTS = ThreePoint(2, 3, 8)


def _plan(*rows: tuple[str, str, str]) -> Project:
    return Project(tuple(
        Activity(id_, project=project, correlation_group=group, three_point=_POINTS,
                 fixed_cost_estimate=_POINTS)
        for id_, project, group in rows
    ))  # fmt: skip


def _between(a: tuple, b: tuple) -> float:
    """Correlation of two normals that are mixed of independent ones."""
    weights = dict(b)
    return sum(weight * weights.get(name, 0.0) for name, weight in a)


def test_two_of_one_project_have_one_correlation_two_of_two_the_other() -> None:
    mixed, costs = factor_mixtures(_plan(("a", "P", ""), ("b", "P", ""), ("c", "Q", "")), 0.4, 0.1)
    assert _between(mixed["a"], mixed["b"]) == pytest.approx(0.4)
    assert _between(mixed["a"], mixed["c"]) == pytest.approx(0.1)
    assert _between(mixed["a"], mixed["a"]) == pytest.approx(1)
    # what an activity costs goes with what others of its project cost and take
    assert _between(costs["cost a"], costs["cost b"]) == pytest.approx(0.4)
    assert _between(costs["cost a"], mixed["c"]) == pytest.approx(0.1)


def test_a_group_keeps_what_it_states_in_one_project_and_in_two() -> None:
    plan = _plan(("a", "P", "g"), ("b", "P", "g"), ("c", "P", ""), ("d", "Q", "h"), ("e", "P", "h"))
    mixed, _ = factor_mixtures(plan, 0.3, 0.2, group=0.5)
    assert _between(mixed["a"], mixed["b"]) == pytest.approx(0.5)
    assert _between(mixed["a"], mixed["c"]) == pytest.approx(0.3)
    assert _between(mixed["d"], mixed["e"]) == pytest.approx(0.5)  # across projects
    assert _between(mixed["e"], mixed["c"]) == pytest.approx(0.2)  # no longer of its own project
    assert _between(mixed["a"], mixed["d"]) == pytest.approx(0.2)


def test_a_group_below_the_factors_is_still_exact() -> None:
    plan = _plan(("a", "P", "g"), ("b", "P", "g"), ("c", "Q", "h"), ("d", "P", "h"))
    mixed, _ = factor_mixtures(plan, 0.3, 0.2, group=0.1)
    assert _between(mixed["a"], mixed["b"]) == pytest.approx(0.1)
    assert _between(mixed["c"], mixed["d"]) == pytest.approx(0.1)


def test_independence_is_as_if_nothing_was_said() -> None:
    mixed, costs = factor_mixtures(_plan(("a", "P", ""), ("b", "Q", "g")), 0, 0, group=0.0)
    assert (mixed, costs) == ({}, {})


def test_perfect_correlation_leaves_nothing_of_ones_own() -> None:
    mixed, _ = factor_mixtures(_plan(("a", "P", ""), ("b", "Q", "")), 1, 1)
    assert mixed["a"] == mixed["b"] == (("program factor", 1.0),)


def test_drawn_durations_and_costs_have_the_correlation() -> None:
    plan = _plan(("a", "P", ""), ("b", "P", ""), ("c", "Q", ""))
    mixed, costs = factor_mixtures(plan, 0.6, 0.2)
    ready = replace(trial_plan(compiled(plan), 3, mixed, ()), cost_mixtures=costs)
    sampler = Sampler(ready)
    sampler.begin(0, 10_000)
    drawn = [np.array(sampler.duration(i), dtype=float) for i in range(3)]
    money = [sampler.fixed_cost(name, estimate) for name, estimate in ready.uncertain_costs]
    for found in (drawn, money):
        ranks = [np.argsort(np.argsort(values)) for values in found]
        by_rank = np.corrcoef(ranks)
        # a rank correlation is 6 / pi asin(r / 2) of that of the normals (Pearson, 1907)
        assert by_rank[0, 1] == pytest.approx(6 / np.pi * np.arcsin(0.3), abs=0.02)
        assert by_rank[0, 2] == pytest.approx(6 / np.pi * np.arcsin(0.1), abs=0.03)
    assert np.corrcoef(drawn[0], money[1])[0, 1] == pytest.approx(0.58, abs=0.04)


@given(
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1),
    st.lists(st.tuples(st.sampled_from("PQ"), st.sampled_from(["", "g", "h"])), min_size=2,
             max_size=6),
)  # fmt: skip
def test_whatever_is_asked_is_a_correlation(
    one: float, other: float, group: float, rows: list[tuple[str, str]]
) -> None:
    within, across = max(one, other), min(one, other)
    plan = _plan(*((f"a{n}", project, name) for n, (project, name) in enumerate(rows)))
    mixed, _ = factor_mixtures(plan, within, across, group)
    for n in range(len(rows)):
        mixture = mixed.get(f"a{n}", ((f"activity a{n}", 1.0),))
        assert sum(weight**2 for _, weight in mixture) == pytest.approx(1)
    for (n, (project, name)), (m, (other_project, other_name)) in combinations(enumerate(rows), 2):
        a, b = (mixed.get(f"a{k}", ((f"activity a{k}", 1.0),)) for k in (n, m))
        if name and name == other_name:
            assert _between(a, b) == pytest.approx(group, abs=1e-5)
        elif not name and not other_name:
            expected = within if project == other_project else across
            assert _between(a, b) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("within", "across", "sentence"),
    [
        (1.5, 0.2, "correlation within: must be between 0 and 1, got 1.5"),
        (0.3, float("nan"), "correlation across: must be between 0 and 1, got nan"),
        (0.1, 0.2, "correlation across: must not be more than within a project (no common factors "
                   "have that), got 0.2 across and 0.1 within"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(within: float, across: float, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        factor_mixtures(_plan(("a", "P", "")), within, across)
