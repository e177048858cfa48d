"""Levelling: hand cases, laws, and what is refused."""

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.resourcing.levelling import level
from pmkit.model.errors import Cancelled, InfeasibleError
from tests.resource_plans import shared_plans
from tests.wording import exactly


def crane(id_, days, units=1, **fields):
    return pm.Activity(id_, days, resources=(pm.Assignment("Crane", units),), **fields)


def with_crane(*activities, links=(), capacity=1.0, **fields):
    return pm.Project(
        tuple(activities), tuple(links), resources=(pm.Resource("Crane", capacity=capacity),),
        **fields,
    )  # fmt: skip


def test_two_that_want_one_crane_go_one_after_the_other():
    levelled = level(with_crane(crane("A", 3), crane("B", 2), pm.Activity("C", 4)))
    assert levelled.finish == levelled.bound == 5
    assert levelled.is_optimal
    assert levelled.gap == 0
    assert levelled.unlevelled.finish == 4
    assert levelled.outcome == "no schedule finishes earlier"


def test_early_dates_stay_beside_the_levelled_ones():
    table = level(with_crane(crane("A", 3), crane("B", 2))).table
    assert table.loc["A", "early_start"] == table.loc["B", "early_start"] == 0
    assert sorted(table["start"]) != sorted(table["early_start"])
    assert (table["delay"] == table["start"] - table["early_start"]).all()
    assert set(table["waits_for"]) == {"", "Crane"}


# Three of 2 days on two machines: no two schedules are shorter than 4 (McNaughton, 1959, without
# splitting).
def test_three_on_two_machines():
    levelled = level(with_crane(crane("A", 2), crane("B", 2), crane("C", 2), capacity=2))
    assert levelled.finish == 4
    assert levelled.bound >= 3


def test_the_reason_for_a_wait_names_resource_and_holder():
    levelled = level(with_crane(crane("A", 3), crane("B", 2)))
    late = max(("A", "B"), key=lambda id_: levelled.table.loc[id_, "start"])
    early = "B" if late == "A" else "A"
    text = str(levelled.explain(late))
    assert "for 'Crane': it wants 1 of 1" in text
    assert f"{early!r} holds it" in text
    assert "nobody holds what it needs" in str(levelled.explain(early))
    assert levelled.critical_chain == (early, late)


def test_what_comes_later_because_of_another_wait_says_so():
    plan = pm.Project(
        (crane("A", 3, priority=9), crane("B", 2), pm.Activity("C", 1)),
        (pm.Dependency("B", "C"),),
        resources=(pm.Resource("Crane"),),
    )
    levelled = level(plan, rule="priority")
    assert levelled.table.loc["C", "delay"] == 3
    assert "it starts 3 days later, because what comes before it is later" in str(
        levelled.explain("C")
    )


def test_a_higher_priority_goes_first():
    plan = with_crane(crane("A", 3, priority=1), crane("B", 2, priority=900))
    table = level(plan, rule="priority").table
    assert table.loc["B", "start"] == 0
    assert table.loc["A", "start"] == 2


def test_nights_and_weekends_are_waited_out_on_dates():
    plan = with_crane(
        crane("A", 4), crane("B", 2), settings=pm.Settings(start=date(2026, 1, 5)),
    )  # fmt: skip
    levelled = level(plan)
    assert levelled.finish_date == datetime(2026, 1, 12, 17)


def test_a_resource_that_is_away_stops_the_work():
    away = pm.Calendar.from_rows(
        "crane days", [("Mon-Fri", "08:00-12:00 13:00-17:00"), ("2026-01-06..2026-01-07", "")]
    )
    plan = pm.Project(
        (crane("A", 2),),
        settings=pm.Settings(start=date(2026, 1, 5)),
        calendars=(away,),
        resources=(pm.Resource("Crane", calendar="crane days"),),
    )
    levelled = level(plan)
    assert levelled.finish_date == datetime(2026, 1, 8, 17)
    assert levelled.notes == (
        "Worked on only when the resources do that have a calendar of their own: A.",
    )


def test_a_lag_counts_on_its_own_calendar_and_not_on_that_of_a_resource():
    daily = pm.Calendar.from_rows("daily", [("Mon-Sun", "08:00-16:00")])
    week = pm.Calendar.from_rows("week", [("Mon-Fri", "08:00-16:00")])
    pour = pm.Activity("Pour", 1, calendar="daily")
    build = pm.Activity("Build", 1, calendar="daily", resources=(pm.Assignment("Crew"),))
    plan = pm.Project(
        (pour, build),
        (pm.Dependency("Pour", "Build", lag=1),),
        pm.Settings(start=date(2026, 1, 9), calendar="daily"),  # a Friday
        (daily, week),
        (pm.Resource("Crew", capacity=1, calendar="week"),),
    )
    levelled = level(plan)
    assert levelled.table.loc["Build", "start_date"] == datetime(2026, 1, 12, 8)


def test_work_and_resource_that_never_meet_are_an_error():
    nights = pm.Calendar.from_rows("nights", [("Mon-Fri", "20:00-24:00")])
    plan = pm.Project(
        (crane("A", 2),),
        settings=pm.Settings(start=date(2026, 1, 5)),
        calendars=(nights,),
        resources=(pm.Resource("Crane", calendar="nights"),),
    )
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "activity 'A': calendar 'standard' and the calendar of resource 'Crane', 'nights', "
            "must have working time in common, got none"
        ),
    ):
        level(plan)


def test_more_than_there_is_cannot_be_levelled_and_every_case_is_named():
    plan = with_crane(crane("A", 3, 2), crane("B", 2), crane("C", 1, 1.5))
    with pytest.raises(InfeasibleError) as caught:
        level(plan)
    assert [problem.sentence for problem in caught.value.problems] == [
        "activity 'A': resource 'Crane' must be wanted for at most its capacity of 1 unit, got 2",
        "activity 'C': resource 'Crane' must be wanted for at most its capacity of 1 unit, got 1.5",
    ]


def test_thirds_of_a_person_add_up_to_one():
    third = 1 / 3
    plan = with_crane(*(crane(name, 2, third) for name in "ABC"))
    assert level(plan).finish == 2


def test_a_resource_without_capacity_limits_nothing():
    assert level(with_crane(crane("A", 3), crane("B", 3), capacity=None)).finish == 3


def test_work_under_way_is_not_moved():
    plan = with_crane(
        crane("A", 6, actual_start=0, percent_complete=50), crane("B", 5),
        settings=pm.Settings(status_date=3),
    )  # fmt: skip
    levelled = level(plan)
    assert levelled.table.loc["A", "finish"] == 6
    assert levelled.table.loc["B", "start"] == 6
    assert levelled.table.loc["A", "delay"] == 0


def test_a_time_limit_gives_the_best_so_far_with_its_bound():
    # 8 activities of 3 days and 2 of 5 units: two at a time, 12 days; by content 9.6
    plan = with_crane(*(crane(f"A{i}", 3, 2) for i in range(8)), capacity=5)
    levelled = level(plan, time_limit=0.05)
    assert levelled.outcome == (
        "time limit of 0.05 s reached: best so far 12 days, and at least 9.6 are needed"
    )
    assert (levelled.finish, levelled.bound, levelled.gap) == (12, 9.6, pytest.approx(0.2))


def test_the_search_is_the_same_every_time():
    plan = pm.sample(progress=False)
    first, second = (level(plan, schedules=60, seed=3) for _ in range(2))
    assert (first.start == second.start).all()


def test_saying_no_to_progress_cancels():
    plan = pm.sample(progress=False)
    with pytest.raises(Cancelled):
        level(plan, schedules=2000, progress=lambda done, total: False)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"aim": "x"}, "level: aim must be one of finish, smooth, got 'x'"),
        ({"engine": "x"}, "level: engine must be one of heuristic, exact, got 'x'"),
        ({"schedules": 0}, "level: schedules must be at least 1, got 0"),
        ({"time_limit": 0}, "level: time_limit must be a finite number of seconds > 0, got 0"),
        (
            {"rule": "x"},
            "level: rule must be one of late_finish, late_start, total_float, rank_weight, "
            "successors, early_start, priority, got 'x'",
        ),
    ],
)
def test_what_is_not_a_choice_is_refused(wrong, sentence):
    with pytest.raises(ValueError, match=exactly(sentence)):
        level(with_crane(crane("A", 1)), **wrong)


def held_at_most(levelled, plan):
    """Units in use never exceed what there is, counted anew at every start."""
    table = levelled.table
    for resource in plan.resources:
        for at in table["start"]:
            used = sum(
                a.units
                for activity in plan.activities
                for a in activity.resources
                if a.resource == resource.name
                and table.loc[activity.id, "start"] <= at < table.loc[activity.id, "finish"]
            )
            assert used <= resource.capacity + 1e-9


@given(shared_plans())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_capacity_logic_and_bound_hold(plan):
    levelled = level(plan, schedules=30)
    held_at_most(levelled, plan)
    assert levelled.unlevelled.finish <= levelled.finish + 1e-9
    assert levelled.bound <= levelled.finish
    table = levelled.table
    assert np.allclose(table["finish"] - table["start"], [a.duration for a in plan.activities])
    for link in plan.dependencies:
        kind = str(link.kind)
        end = table.loc[link.predecessor, "start" if kind[0] == "S" else "finish"] + link.lag
        assert table.loc[link.successor, "start" if kind[1] == "S" else "finish"] >= end


@given(shared_plans(most=6))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_the_exact_engine_is_never_worse_and_proves_it(plan):
    heuristic, exact = level(plan, schedules=30), level(plan, engine="exact", schedules=3)
    held_at_most(exact, plan)
    assert exact.is_optimal
    assert exact.finish <= heuristic.finish
    assert heuristic.bound <= exact.finish


@given(shared_plans())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_with_enough_of_everything_nothing_moves(plan):
    enough = tuple(pm.Resource(r.name, capacity=99) for r in plan.resources)
    many = pm.Project(plan.activities, plan.dependencies, resources=enough)
    table = level(many).table
    assert (table["start"] == table["early_start"]).all()


@given(shared_plans(), st.booleans())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_smoothing_keeps_the_finish_and_raises_no_peak_sum(plan, dated):
    if dated:
        plan = pm.Project(plan.activities, plan.dependencies, pm.Settings(start=date(2026, 1, 5)),
                          resources=plan.resources)  # fmt: skip
    smooth = level(plan, aim="smooth")
    assert smooth.finish == smooth.unlevelled.finish
    assert (smooth.start >= smooth.early_start - 1e-9).all()
    assert (smooth.end <= smooth.late_finish + 1e-9).all()

    def peaks(start, end):
        return sum(
            max(
                sum(a.units for i, act in enumerate(plan.activities) for a in act.resources
                    if a.resource == r.name and start[i] <= at < end[i])
                for at in start
            ) / r.capacity
            for r in plan.resources
        )  # fmt: skip

    assert peaks(smooth.start, smooth.end) <= peaks(smooth.early_start, smooth.early_finish) + 1e-9
