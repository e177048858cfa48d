"""Use of resources: a histogram by hand, and the sums that must come out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.analysis.resourcing.usage import resource_usage
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity, ActivityType, Assignment
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.resource import Resource, ResourceType
from pmkit.model.settings import Settings
from tests.reference.levelling import with_resources
from tests.reference.plans import random_plan
from tests.reference.progressed_plans import progressed_plan
from tests.resource_plans import shared_plans

few = settings(max_examples=40, deadline=None, derandomize=True, database=None)
seeds = st.integers(0, 10_000)


def using(id_: str, days: float, units: float = 1, name: str = "Crane", **more: object) -> Activity:
    return Activity(id_, days, resources=(Assignment(name, units),), **more)  # type: ignore[arg-type]


def cranes(*activities: Activity, links: tuple[Dependency, ...] = (), capacity: float | None = 1,
           **more: object) -> Project:  # fmt: skip
    crane = Resource("Crane", capacity=capacity)
    return Project(activities, links, Settings(**more), resources=(crane,))  # type: ignore[arg-type]


def daily(usage: pm.ResourceUsage) -> list[float]:
    return usage.by_period("day")["unit_days"].tolist()


def test_the_histogram_of_an_early_schedule_is_the_sum_of_its_columns():
    # by hand: A days 1-2, B 3-5, C 3-6, D 6-7, E 8; the columns are added up
    plan = cranes(
        using("A", 2, 2), using("B", 3, 4), using("C", 4, 3), using("D", 2, 5), using("E", 1, 1),
        links=(Dependency("A", "B"), Dependency("A", "C"), Dependency("B", "D"),
               Dependency("C", "E"), Dependency("D", "E")),
        capacity=6,
    )  # fmt: skip
    usage = resource_usage(plan)
    assert daily(usage) == [2, 2, 7, 7, 7, 8, 5, 1]
    assert usage.table.loc["Crane"].to_dict() == {
        "capacity": 6, "peak": 8, "peak_at": 5, "unit_days": 39, "over_days": 4,
        "utilisation": pytest.approx(39 / (6 * 8)),
    }  # fmt: skip
    (over,) = usage.over_allocations
    assert (over.start, over.finish, over.units) == (2, 6, 8)
    assert str(over) == "'Crane': 8 units held from day 2 to day 6, of 6 there are: B, C and D."


def test_steps_of_constant_use_have_dates_at_the_ends_of_working_days():
    plan = cranes(using("A", 3), using("B", 5), start=date(2026, 1, 8))
    profile = resource_usage(plan).profile
    assert profile[["start", "finish", "units", "over"]].to_numpy().tolist() == [
        [0, 3, 2, True], [3, 5, 1, False],
    ]  # fmt: skip
    assert profile["start_date"].dt.to_pydatetime().tolist() == [
        datetime(2026, 1, 8, 8), datetime(2026, 1, 13, 8),
    ]  # fmt: skip
    assert profile["finish_date"].dt.to_pydatetime().tolist() == [
        datetime(2026, 1, 12, 17), datetime(2026, 1, 14, 17),
    ]  # fmt: skip


def test_units_are_held_over_the_weekend_but_worked_on_the_activitys_own_days():
    plan = Project(
        (using("A", 2, calendar="late week"), using("B", 1, constraint="start_no_earlier_than",
                                                   constraint_date=date(2026, 1, 7))),
        settings=Settings(start=date(2026, 1, 5)),
        resources=(Resource("Crane"),),
        calendars=(Calendar.from_rows("late week", [("Mon Fri", "08:00-12:00 13:00-17:00")]),),
    )  # fmt: skip
    usage = resource_usage(plan)
    assert usage.table.loc["Crane", "unit_days"] == 3
    assert usage.by_period("day")["unit_days"].tolist() == [1, 1, 1]
    assert usage.by_period("day").index.day.tolist() == [5, 7, 9]
    (over,) = usage.over_allocations
    assert over.start_date == datetime(2026, 1, 7, 8)
    assert over.finish_date == datetime(2026, 1, 7, 17)
    assert str(over).startswith("'Crane': 2 units held on 2026-01-07, of 1 there is: A and B.")


def test_weeks_begin_on_monday_and_months_on_their_first():
    usage = resource_usage(cranes(using("A", 10, 2), capacity=4, start=date(2026, 1, 29)))
    weeks, months = usage.by_period("week"), usage.by_period("month")
    assert [f"{day:%m-%d}" for day in weeks.index] == ["01-26", "02-02", "02-09"]
    assert weeks["unit_days"].tolist() == [4, 10, 6]
    assert weeks["peak"].tolist() == [2, 2, 2]
    assert [f"{day:%m-%d}" for day in months.index] == ["01-01", "02-01"]
    assert months["unit_days"].tolist() == [4, 16]


@few
@given(seeds, st.booleans())
def test_unit_days_are_units_times_working_duration(seed: int, levelled: bool) -> None:
    plan = with_resources(random_plan(seed), seed, calendars=False)
    schedule = pm.level(plan, schedules=20) if levelled else critical_path(plan)
    usage = resource_usage(schedule)
    ticks = schedule._net.duration
    wanted = dict.fromkeys(usage.resources, 0.0)
    for i, activity in enumerate(schedule._net.project.activities):
        for assignment in activity.resources:
            if assignment.resource in wanted:
                days = ticks[i] / schedule._net.ticks_per_day
                wanted[assignment.resource] += assignment.units * days
    for name, expected in wanted.items():
        assert usage.table.loc[name, "unit_days"] == pytest.approx(expected)
        steps = usage.profile.query("resource == @name")
        assert steps["unit_days"].sum() == pytest.approx(expected)
    for period in ("day", "week", "month"):
        found = usage.by_period(period).groupby("resource")["unit_days"].sum()
        assert found.sum() == pytest.approx(sum(wanted.values()))


@few
@given(seeds)
def test_each_day_holds_what_its_hours_add_up_to(seed: int) -> None:
    plan = with_resources(random_plan(seed), seed, calendars=False)
    if not plan.settings.is_dated:
        return
    schedule = critical_path(plan)
    calendars = {calendar.name: calendar for calendar in plan.calendars}
    starts, ends = (schedule.dates(name).tolist() for name in ("start", "finish"))
    wanted: dict[tuple[str, date], float] = defaultdict(float)
    for activity, start, end in zip(plan.activities, starts, ends, strict=True):
        calendar = calendars.get(activity.calendar, plan.calendar)
        day = start.date()
        while day <= end.date():
            midnight = datetime(day.year, day.month, day.day)
            hours = sum(
                max((min(midnight + timedelta(minutes=b), end)
                     - max(midnight + timedelta(minutes=a), start)) / timedelta(hours=1), 0)
                for a, b in calendar.intervals_on(day)
            )  # fmt: skip
            for assignment in activity.resources:
                days = assignment.units * hours / plan.settings.hours_per_day
                wanted[assignment.resource, day] += days
            day += timedelta(days=1)
    found = resource_usage(schedule).by_period("day").reset_index()
    told = {(name, day.date()): days for name, day, days in
            zip(found["resource"], found["day"], found["unit_days"], strict=True)}  # fmt: skip
    known = {r.name for r in plan.resources if r.type is ResourceType.RENEWABLE}
    expected = {key: days for key, days in wanted.items() if days > 1e-9 and key[0] in known}
    assert told == pytest.approx(expected)


@few
@given(shared_plans())
def test_a_levelled_plan_is_nowhere_over_capacity(plan: Project) -> None:
    usage = resource_usage(pm.level(plan, schedules=20))
    assert usage.over_allocations == ()
    assert not usage.profile["over"].any()


@few
@given(seeds, st.booleans())
def test_nor_is_one_with_calendars(seed: int, own: bool) -> None:
    plan = with_resources(random_plan(seed), seed, calendars=own)
    assert resource_usage(pm.level(plan, schedules=20)).over_allocations == ()


@few
@given(seeds)
def test_where_a_plan_under_way_is_work_has_begun_there(seed: int) -> None:
    plan = with_resources(progressed_plan(seed), seed, calendars=False)
    if all(activity.is_complete for activity in plan.activities):
        return
    levelled = pm.level(plan, rule="late_finish")
    begun = {id_ for id_, state in zip(levelled.ids, levelled.state, strict=True)
             if state == "in progress"}  # fmt: skip
    begun |= {a.id for a in plan.activities if a.type is not ActivityType.ACTIVITY}
    for over in resource_usage(levelled).over_allocations:
        assert begun & set(over.activities), over.sentence


@few
@given(shared_plans())
def test_the_peak_is_the_most_at_any_start(plan: Project) -> None:
    schedule = critical_path(plan)
    table = resource_usage(schedule).table
    for name in table.index:
        units = np.array([sum(a.units for a in one.resources if a.resource == name)
                          for one in plan.activities])  # fmt: skip
        works = schedule.end > schedule.start
        most = max(units[works & (schedule.start <= t) & (schedule.end > t)].sum()
                   for t in schedule.start)  # fmt: skip
        assert table.loc[name, "peak"] == most


def test_what_is_complete_uses_nothing_and_work_under_way_what_is_left_of_it():
    plan = cranes(
        using("A", 4, percent_complete=100, actual_start=0.0, actual_finish=4.0),
        using("B", 4, 2, percent_complete=75, actual_start=1.0),
        using("C", 2), links=(Dependency("B", "C"),), capacity=3, status_date=4.0,
    )  # fmt: skip
    usage = resource_usage(plan)
    assert usage.profile[["start", "finish", "units"]].to_numpy().tolist() == [[4, 5, 2], [5, 7, 1]]
    assert usage.table.loc["Crane", "utilisation"] == pytest.approx(4 / (3 * 3))


def test_what_the_tool_leaves_in_one_piece_still_uses_only_the_rest():
    plan = cranes(using("A", 4, percent_complete=50, actual_start=1.0), using("B", 1),
                  status_date=3.0, progress="unmoved", capacity=2)  # fmt: skip
    assert resource_usage(plan).profile[["start", "finish"]].to_numpy().tolist() == [[0, 1], [3, 5]]


def test_a_level_of_effort_counts_as_long_as_what_it_is_tied_to_lasts():
    boss = using("L", 0, 0.5, type=ActivityType.LEVEL_OF_EFFORT)
    plan = cranes(using("A", 4), boss, capacity=2,
                  links=(Dependency("A", "L", "SS"), Dependency("A", "L", "FF")))  # fmt: skip
    assert resource_usage(plan).table.loc["Crane", "unit_days"] == 6


def test_milestones_materials_and_resources_without_a_limit():
    plan = Project(
        (using("M", 0), using("A", 2, 9, "Pool"), using("B", 2, 9, "Cement")),
        resources=(Resource("Crane"), Resource("Pool", capacity=None),
                   Resource("Cement", ResourceType.CONSUMABLE)),
    )  # fmt: skip
    usage = resource_usage(plan)
    assert usage.resources == ("Crane", "Pool")
    assert usage.table["peak"].tolist() == [0, 9]
    assert np.isnan(usage.table.loc["Crane", "peak_at"])
    assert usage.over_allocations == ()
    assert usage.table.loc["Pool", "utilisation"] == 0


@pytest.mark.parametrize("start", [None, date(2026, 1, 5)])
def test_a_plan_without_resources_has_empty_tables(start):
    usage = resource_usage(Project((Activity("A", 2),), settings=Settings(start=start)))
    assert (len(usage.table), len(usage.profile), len(usage.by_period())) == (0, 0, 0)
    assert repr(usage) == "ResourceUsage 0 resources, none over capacity"
    assert "0 resources" in usage._repr_html_()


def test_thirds_of_a_person_add_up_to_one():
    usage = resource_usage(cranes(*(using(name, 3, 1 / 3) for name in "ABC")))
    assert usage.over_allocations == ()


def test_the_explanation_adds_up_the_peak():
    usage = resource_usage(cranes(using("A", 3), using("B", 2)))
    assert str(usage.explain("Crane")).splitlines() == [
        "Resource 'Crane': 1 there, 2 in use at the peak",
        "  peak, from day 0: A 1 + B 1 = 2",
        "  unit-days: units x working duration of A and B = 5",
        "  utilisation = unit-days / (capacity x days) = 5 / (1 x 3) = 1.67",
        "  'Crane': 2 units held from day 0 to day 2, of 1 there is: A and B.",
    ]
    with pytest.raises(KeyError, match="no renewable resource 'Digger' in the plan"):
        usage.explain("Digger")
    with pytest.raises(ValueError, match="period must be one of day, week, month, got 'year'"):
        usage.by_period("year")
