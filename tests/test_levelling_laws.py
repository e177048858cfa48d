"""What must hold of every levelled schedule, on small random plans.

Feasibility is judged by `tests/reference/levelled.py`, optimality by trying every order
(`tests/reference/levelling.py`); neither shares anything with the engine.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.resourcing.levelling import LevelledSchedule
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.project import Project
from tests.reference.levelled import violations
from tests.reference.levelling import best_finish, small_plan, with_resources
from tests.reference.plans import random_plan
from tests.reference.progressed_plans import progressed_plan

few = settings(max_examples=15, deadline=None, derandomize=True, database=None)
seeds = st.integers(0, 10_000)


def level(plan: Project, **how: object) -> LevelledSchedule:
    return pm.level(plan, time_limit=0.5, **how)  # type: ignore[arg-type]


@few
@given(seeds)
def test_a_small_plan_is_levelled_feasibly_and_never_better_than_the_optimum(seed: int) -> None:
    plan = small_plan(seed)
    levelled, best = level(plan), best_finish(plan)
    assert violations(plan, levelled) == []
    assert critical_path(plan).finish <= levelled.bound <= best <= levelled.finish
    assert levelled.gap == pytest.approx(1 - levelled.bound / levelled.finish)


@few
@given(seeds)
def test_the_exact_engine_finds_the_optimum_of_a_small_plan(seed: int) -> None:
    pytest.importorskip("ortools")
    plan = small_plan(seed)
    levelled = pm.level(plan, engine="exact", time_limit=10)
    assert violations(plan, levelled) == []
    assert levelled.finish == pytest.approx(best_finish(plan))
    assert levelled.is_optimal
    assert levelled.bound == pytest.approx(levelled.finish)


@few
@given(seeds)
def test_with_enough_of_everything_every_date_is_that_of_logic(seed: int) -> None:
    plan = with_resources(random_plan(seed), seed, calendars=False, ample=True)
    levelled, before = level(plan), critical_path(plan)
    assert np.allclose(levelled.start, before.start)
    assert np.allclose(levelled.end, before.end)
    assert levelled.finish == pytest.approx(before.finish)
    assert not levelled.table["delay"].any()
    assert levelled.is_optimal
    assert levelled.gap == 0


def test_with_enough_of_everything_what_is_as_late_as_possible_stays_late() -> None:
    late = Activity("B", 1, constraint=ConstraintKind.AS_LATE_AS_POSSIBLE)
    plan = with_resources(Project((Activity("A", 5), late)), 0, calendars=False, ample=True)
    assert critical_path(plan).start.tolist() == [0, 4]
    assert level(plan).start.tolist() == [0, 4]


@settings(few, max_examples=25)
@given(seeds, st.booleans())
def test_random_plans_with_calendars_links_and_lags_are_feasible(seed: int, own: bool) -> None:
    plan = with_resources(random_plan(seed), seed, calendars=own)
    levelled = level(plan)
    assert violations(plan, levelled) == []
    assert levelled.bound <= levelled.finish + 1e-9


@settings(few, max_examples=25)
@given(seeds)
@example(2500)  # read from its end, this plan lies on no grid: events, not a number of 50 gigabytes
def test_random_plans_under_way_are_feasible_and_what_has_begun_stays(seed: int) -> None:
    plan = with_resources(progressed_plan(seed), seed, calendars=False)
    levelled = level(plan)
    assert violations(plan, levelled) == []
    assert levelled.bound <= levelled.finish + 1e-9


@pytest.mark.parametrize("seed", [14, 25, 41])
def test_what_has_begun_stays_where_resources_have_calendars(seed: int) -> None:
    plan = with_resources(progressed_plan(seed), seed, calendars=True)
    assert violations(plan, level(plan)) == []


@few
@given(seeds)
def test_smoothing_keeps_the_finish_and_every_dependency(seed: int) -> None:
    plan = with_resources(random_plan(seed), seed, calendars=False)
    smooth = level(plan, aim="smooth")
    assert violations(plan, smooth, within_capacity=False) == []
    assert smooth.finish == pytest.approx(critical_path(plan).finish)


@few
@given(seeds)
def test_the_same_seed_gives_the_same_dates(seed: int) -> None:
    plan = small_plan(seed)
    first, second = (pm.level(plan, seed=3, schedules=200) for _ in range(2))
    assert first.start.tolist() == second.start.tolist()


def test_the_best_of_every_order_is_the_known_optimum_of_a_plan_done_by_hand() -> None:
    # one crew; A and B beside each other on paper, C needs both
    plan = Project.from_table([("A", 2, ""), ("B", 3, ""), ("C", 1, "A; B SS+1")])
    one = with_resources(plan, 0, calendars=False, ample=True)
    assert best_finish(one) == 3
    crew = pm.Resource("crew", capacity=1)
    wanted = (pm.Assignment("crew"),)
    tight = Project(
        tuple(pm.Activity(a.id, a.duration, resources=wanted) for a in plan.activities),
        plan.dependencies,
        resources=(crew,),
    )
    assert best_finish(tight) == 6
    assert pm.level(tight).finish == 6


def test_what_does_not_move_and_leaves_too_little_is_told() -> None:
    crane = (pm.Assignment("Crane"),)
    plan = Project(
        (Activity("A", 4, resources=crane, percent_complete=50, actual_start=0.0),
         Activity("B", 4, resources=crane, percent_complete=50, actual_start=0.0)),
        settings=pm.Settings(status_date=2.0), resources=(pm.Resource("Crane"),),
    )  # fmt: skip
    assert level(plan).notes[0] == (
        "Still over capacity, because what has begun, or must keep a date, does not move: "
        "'Crane': 2 units held from day 2 to day 4, of 1 there is: A and B."
    )
