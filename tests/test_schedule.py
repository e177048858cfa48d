"""The critical path method: published answers, the definitions as laws, and its edges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency, DependencyKind
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.reference.plans import random_plan
from tests.wording import exactly

MONDAY = date(2026, 1, 5)
DATES = ["early_start", "early_finish", "late_start", "late_finish"]


def table_of(*rows: tuple[Any, float, str], **settings: Any) -> Project:
    return Project.from_table(rows, settings=Settings(**settings))


# -- Published answers ------------------------------------------------------------------


@pytest.fixture
def textbook() -> Project:
    """Seven activities with a printed solution.

    Taylor, *Introduction to Management Science*, ch. 8 (Project Management), the solutions table
    for arrows 1-2, 1-3, 2-4, 3-4, 3-5, 4-5, 5-6, here A to G.
    """
    return table_of(
        ("A", 7, ""), ("B", 10, ""), ("C", 6, "A"), ("D", 5, "B"), ("E", 4, "B"),
        ("F", 3, "C; D"), ("G", 2, "E; F"),
    )  # fmt: skip


def test_dates_and_floats_are_those_that_taylor_printed(textbook: Project) -> None:
    schedule = critical_path(textbook)
    assert schedule.table[[*DATES, "total_float"]].to_numpy().tolist() == [
        [0, 7, 2, 9, 2],
        [0, 10, 0, 10, 0],
        [7, 13, 9, 15, 2],
        [10, 15, 10, 15, 0],
        [10, 14, 14, 18, 4],
        [15, 18, 15, 18, 0],
        [18, 20, 18, 20, 0],
    ]
    assert schedule.critical_activities == schedule.longest_path == ("B", "D", "F", "G")
    assert schedule.finish == 20


def test_free_float_belongs_to_the_last_activity_of_a_chain_with_float(textbook: Project) -> None:
    schedule = critical_path(textbook)
    assert [schedule[id_].total_float for id_ in "AC"] == [2, 2]
    assert [schedule[id_].free_float for id_ in "AC"] == [0, 2]


# -- One small plan for each rule -------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "early_start"),
    [
        ("FS", 5),  # starts when the 5-day predecessor finishes
        ("FS-2", 3),  # a lead: starts 2 days before that
        ("FS+20%", 6),  # a fifth of the predecessor's duration after it
        ("FS+1w", 10),  # a week is five working days
        ("SS+1", 1),  # starts 1 day after the predecessor starts
        ("SS+50%", 2.5),
        ("FF", 2),  # its 3 days end with the predecessor
        ("FF+1.5", 3.5),
        ("SF+4", 1),  # its 3 days end 4 days after the predecessor starts
        ("SS-9", 0),  # nothing starts before the project does
        ("SF", 0),
    ],
)
def test_each_kind_of_dependency_sets_the_start_of_its_successor(
    relation: str, early_start: float
) -> None:
    schedule = critical_path(table_of(("A", 5, ""), ("B", 3, f"A {relation}")))
    assert schedule["B"].early_start == early_start


@pytest.mark.parametrize(
    ("relation", "start"),
    [
        ("FS", "2026-01-12T08:00"),  # after Friday evening, Monday morning
        ("FS+1", "2026-01-13T08:00"),
        ("FS+1ed", "2026-01-12T08:00"),  # Saturday evening is no working time
        ("FS+3ed", "2026-01-13T08:00"),  # Monday evening: the next morning
        ("FS-1", "2026-01-09T08:00"),
        ("FS-1ed", "2026-01-09T08:00"),  # Thursday evening
        ("SS+4h", "2026-01-05T13:00"),
        ("FF+1h", "2026-01-09T09:00"),
    ],
)
def test_lags_are_counted_in_working_time_unless_they_are_elapsed(
    relation: str, start: str
) -> None:
    plan = table_of(("A", 5, ""), ("B", 1, f"A {relation}"), start=MONDAY)
    table = critical_path(plan).table
    assert table.loc["B", "early_start_date"] == datetime.fromisoformat(start)


@pytest.mark.parametrize(
    ("lag_calendar", "start"),
    [
        ("", "2026-01-06T01:00"),  # eight hours after Monday 17:00, round the clock
        ("successor", "2026-01-06T01:00"),
        ("24 hours", "2026-01-06T01:00"),
        ("predecessor", "2026-01-06T17:00"),
        ("project", "2026-01-06T17:00"),
        ("short", "2026-01-07T12:00"),  # two mornings
    ],
)
def test_lags_are_counted_on_the_calendar_of_the_settings(lag_calendar: str, start: str) -> None:
    short = Calendar.from_rows("short", [("Mon-Fri", "08:00-12:00")])
    plan = Project(
        (Activity("A", 1), Activity("B", 1, calendar="24 hours")),
        (Dependency("A", "B", lag=1),),
        Settings(start=MONDAY, lag_calendar=lag_calendar),
        (short, Calendar.continuous()),
    )
    table = critical_path(plan).table
    assert table.loc["B", "early_start_date"] == datetime.fromisoformat(start)


@pytest.mark.parametrize(
    ("constraint", "at", "early_start", "late_start"),
    [
        ("as_soon_as_possible", None, 2, 5),
        ("as_late_as_possible", None, 2, 5),
        ("start_no_earlier_than", 4, 4, 5),
        ("start_no_earlier_than", 1, 2, 5),
        ("start_no_later_than", 3, 2, 3),
        ("start_no_later_than", 1, 2, 1),  # a conflict shows as negative float
        ("finish_no_earlier_than", 6, 3, 5),
        ("finish_no_later_than", 7, 2, 4),
        ("must_start_on", 4, 4, 4),
        ("must_start_on", 1, 2, 1),  # dependencies are never broken
        ("must_finish_on", 7, 4, 4),
    ],
)
def test_logic_comes_before_constraints(
    constraint: str, at: float | None, early_start: float, late_start: float
) -> None:
    plan = _constrained(constraint, at)
    schedule = critical_path(plan)
    assert (schedule["B"].early_start, schedule["B"].late_start) == (early_start, late_start)
    assert schedule["B"].total_float == late_start - early_start


@pytest.mark.parametrize(
    ("constraint", "at", "early_start", "late_start"),
    [
        ("must_start_on", 1, 1, 1),  # the dependency on A is broken
        ("must_finish_on", 4, 1, 1),
        ("start_no_later_than", 1, 1, 1),
        ("finish_no_later_than", 4, 1, 1),
        ("finish_no_later_than", 1, 0, -2),  # but nothing starts before the project does
        ("start_no_earlier_than", 1, 2, 5),
    ],
)
def test_dates_come_before_logic_where_the_plan_honours_them(
    constraint: str, at: float, early_start: float, late_start: float
) -> None:
    schedule = critical_path(_constrained(constraint, at, constraints="honour_dates"))
    assert (schedule["B"].early_start, schedule["B"].late_start) == (early_start, late_start)


def _constrained(constraint: str, at: float | None, **settings: Any) -> Project:
    """A (2 days) before B (3 days), beside C (8 days)."""
    b = Activity("B", 3, constraint=ConstraintKind(constraint), constraint_date=at)
    return Project(
        (Activity("A", 2), b, Activity("C", 8)), (Dependency("A", "B"),), Settings(**settings)
    )


def test_as_late_as_possible_moves_what_is_scheduled_and_leaves_the_floats() -> None:
    late = ConstraintKind.AS_LATE_AS_POSSIBLE
    plan = Project(
        (Activity("A", 2, constraint=late), Activity("B", 1, constraint=late), Activity("C", 8),
         Activity("D", 1), Activity("E", 3, constraint=late)),
        (Dependency("A", "B"), Dependency("B", "D"), Dependency("C", "D")),
    )  # fmt: skip
    table = critical_path(plan).table
    assert table["early_start"].tolist() == [0, 2, 0, 8, 0]
    assert table["start"].tolist() == [5, 7, 0, 8, 6]
    assert table["finish"].tolist() == [7, 8, 8, 9, 9]
    assert table["total_float"].tolist() == [5, 5, 0, 0, 6]


@pytest.mark.parametrize(("finish", "floats"), [(12, [7, 7]), (5, [0, 0]), (3, [-2, -2])])
def test_an_imposed_finish_gives_float_or_takes_it(finish: float, floats: list[float]) -> None:
    schedule = critical_path(table_of(("A", 3, ""), ("B", 2, "A"), finish=finish))
    assert schedule.total_float.tolist() == floats
    assert schedule.free_float.tolist() == [0, 0]
    assert schedule.finish == 5
    assert schedule.is_critical.tolist() == [finish <= 5] * 2
    assert schedule.longest_path == ("A", "B")


def test_an_imposed_date_without_a_time_is_the_end_of_that_day() -> None:
    plan = table_of(("A", 3, ""), start=MONDAY, finish=date(2026, 1, 8))
    schedule = critical_path(plan)
    assert schedule["A"].total_float == 1
    assert schedule.table.loc["A", "late_finish_date"] == datetime(2026, 1, 8, 17)


@pytest.mark.parametrize(
    ("critical_float", "critical"), [(0, "A"), (1, "AB"), (1.5, "AB"), (2, "ABC"), (-1, "")]
)
def test_critical_is_a_matter_of_the_critical_float(critical_float: float, critical: str) -> None:
    plan = table_of(("A", 5, ""), ("B", 4, ""), ("C", 3, ""), critical_float=critical_float)
    assert critical_path(plan).critical_activities == tuple(critical)


@pytest.mark.parametrize(
    ("relation", "shown"),
    [
        ("FS", "2026-01-09T17:00"),  # the finish that drives it
        ("FF", "2026-01-09T17:00"),
        ("SS+5", "2026-01-12T08:00"),  # otherwise the next working start
        ("SF+5", "2026-01-12T08:00"),
    ],
)
def test_a_milestone_shows_at_the_finish_that_drives_it(relation: str, shown: str) -> None:
    plan = table_of(("A", 5, ""), ("M", 0, f"A {relation}"), start=MONDAY)
    row = critical_path(plan).table.loc["M"]
    assert row["early_start_date"] == row["early_finish_date"] == datetime.fromisoformat(shown)


def test_each_float_is_counted_on_the_activitys_own_calendar() -> None:
    weekend = Calendar.from_rows("weekend", [("Sat-Sun", "08:00-16:00")])
    plan = Project(
        (Activity("A", 10), Activity("B", 1, calendar="weekend")),
        settings=Settings(start=MONDAY),
        calendars=(weekend,),
    )
    schedule = critical_path(plan)  # two weeks: of the first weekend B needs Saturday
    assert schedule["B"].total_float == schedule["B"].free_float == 1
    row = schedule.table.loc["B"]
    assert row["early_start_date"] == datetime(2026, 1, 10, 8)
    assert row["late_finish_date"] == datetime(2026, 1, 11, 16)


# -- Edges ------------------------------------------------------------------------------


def test_one_activity_is_a_plan() -> None:
    schedule = critical_path(table_of(("A", 2.5, "")))
    assert schedule.table.iloc[0].tolist() == [0, 2.5, 0, 2.5, 0, 0, True, 0, 2.5]


def test_a_plan_of_milestones_takes_no_time() -> None:
    schedule = critical_path(table_of(("M", 0, ""), ("N", 0, "M"), ("O", 0, "M; N")))
    assert schedule.finish == 0
    assert schedule.critical_activities == ("M", "N", "O")


def test_zero_durations_within_a_chain_change_nothing() -> None:
    plan = table_of(("A", 2, ""), ("M", 0, "A"), ("B", 3, "M"), ("C", 4, ""))
    schedule = critical_path(plan)
    assert schedule.early_start.tolist() == [0, 2, 2, 0]
    assert schedule.total_float.tolist() == [0, 0, 0, 1]


def test_a_dependency_given_twice_counts_once() -> None:
    once = critical_path(table_of(("A", 2, ""), ("B", 3, "A")))
    twice = critical_path(table_of(("A", 2, ""), ("B", 3, "A; A")))
    assert twice.table.equals(once.table)


def test_of_two_dependencies_between_the_same_activities_both_hold() -> None:
    rows = [("A", 4, ""), ("B", 2, "A SS+1; A FF+1")]
    schedule = critical_path(table_of(*rows))
    assert (schedule["B"].early_start, schedule["B"].early_finish) == (3, 5)
    rows = [("A", 4, ""), ("B", 6, "A SS+1; A FF+1")]
    schedule = critical_path(table_of(*rows))
    assert (schedule["B"].early_start, schedule["B"].early_finish) == (1, 7)
    # the finish of A has two days before it holds up B, its start has none
    assert schedule["A"].total_float == schedule["A"].free_float == 0


def test_dangling_ends_may_last_until_the_project_finish() -> None:
    plan = table_of(("A", 2, ""), ("B", 9, ""), ("C", 1, "A"), ("D", 2, "B SS"))
    schedule = critical_path(plan)
    assert schedule.late_finish.tolist() == [8, 9, 9, 9]
    assert schedule.free_float.tolist() == [0, 0, 6, 7]


def test_activities_on_tied_paths_are_all_critical() -> None:
    plan = table_of(("A", 2, ""), ("B", 3, "A"), ("C", 2, ""), ("D", 3, "C"), ("E", 1, "B; D"))
    schedule = critical_path(plan)
    assert schedule.critical_activities == ("A", "B", "C", "D", "E")
    assert schedule.longest_path in [("A", "B", "E"), ("C", "D", "E")]


def test_ids_may_be_numbers() -> None:
    schedule = critical_path(Project.from_table([(1, 2, ""), (2.0, 3, "1"), ("10", 1, "2")]))
    assert schedule.ids == ("1", "2", "10")
    assert schedule[2].early_start == schedule["2"].early_start == 2
    assert schedule.critical_activities == ("1", "2", "10")


SECOND = 1 / (8 * 3600)


@pytest.mark.parametrize("start", [None, MONDAY, datetime(2026, 1, 9, 16, 59, 30)])
def test_sixty_activities_of_one_second_in_a_chain_take_a_minute(start: date | None) -> None:
    rows = [(n, SECOND, str(n - 1) if n else "") for n in range(60)]
    schedule = critical_path(table_of(*rows, ("beside", 59 * SECOND, ""), start=start))
    assert schedule.finish == pytest.approx(60 * SECOND, rel=1e-9)
    assert schedule.critical_activities == tuple(str(n) for n in range(60))
    assert schedule["beside"].total_float == pytest.approx(SECOND, rel=1e-6)
    assert len(set(schedule.early_start.tolist())) == 60


@pytest.mark.parametrize("start", [None, MONDAY])
def test_a_second_of_float_is_seen_in_ten_thousand_days(start: date | None) -> None:
    rows = [("A", 10_000, ""), ("B", 10_000 - SECOND, ""), ("C", 1, "A; B")]
    schedule = critical_path(table_of(*rows, start=start))
    assert schedule.critical_activities == ("A", "C")
    assert schedule["B"].total_float == pytest.approx(SECOND, rel=1e-6)
    assert schedule["B"].free_float == pytest.approx(SECOND, rel=1e-6)


@pytest.mark.parametrize("parts", [3, 6, 7, 9])
@pytest.mark.parametrize("start", [None, MONDAY])
def test_fractions_of_a_day_add_up(parts: int, start: date | None) -> None:
    days = 7 if parts == 7 else 1
    rows = [(n, days / parts, str(n - 1) if n else "") for n in range(parts)]
    plan = table_of(*rows, ("whole", days, ""), start=start)
    schedule = critical_path(plan)
    assert len(schedule.critical_activities) == parts + 1
    assert set(schedule.total_float.tolist()) == {0}
    assert schedule.finish == days


def test_tenths_do_not_hide_the_critical_path() -> None:
    schedule = critical_path(table_of(("A", 0.1, ""), ("B", 0.2, "A"), ("C", 0.7, "B")))
    assert schedule.critical_activities == ("A", "B", "C")
    assert schedule.finish == 1


@pytest.mark.parametrize("start", [None, MONDAY])
@pytest.mark.parametrize(("days", "came"), [(3e7, "30,000,000"), (1e300, "1e+300")])
def test_a_plan_beyond_all_years_says_how_long_it_may_be(
    days: float, came: str, start: date | None
) -> None:
    sentence = (
        f"plan: durations and lags must add up to less than 26,687,997 working days, got {came}"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        critical_path(table_of(("A", days, ""), start=start))


def test_a_plan_beyond_the_year_9999_names_the_calendar() -> None:
    sentence = (
        "calendar 'standard': the plan needs working time beyond year 9999; check its durations "
        "(in working days) and the calendar's working hours"
    )
    schedule = critical_path(table_of(("A", 3e6, ""), start=MONDAY))
    with pytest.raises(PlanError, match=exactly(sentence)):
        _ = schedule.table


# -- What a schedule tells ----------------------------------------------------------------


def test_the_table_has_the_promised_columns(textbook: Project) -> None:
    numbers = [*DATES, "total_float", "free_float", "is_critical", "start", "finish"]
    table = critical_path(textbook).table
    assert table.index.name == "activity"
    assert table.columns.tolist() == numbers
    dated = critical_path(replace(textbook, settings=Settings(start=MONDAY))).table
    assert dated.columns.tolist() == [
        *numbers, *(f"{name}_date" for name in [*DATES, "start", "finish"])
    ]  # fmt: skip
    assert dated[numbers].equals(table)


def test_a_dated_schedule_says_its_dates_in_one_line(textbook: Project) -> None:
    schedule = critical_path(replace(textbook, settings=Settings(start=MONDAY)))
    assert repr(schedule) == "Schedule 7 activities, finish 20 days (2026-01-30), 4 critical"
    assert schedule.start_date == datetime(2026, 1, 5, 8)
    assert schedule.finish_date == datetime(2026, 1, 30, 17)
    assert repr(critical_path(textbook)) == "Schedule 7 activities, finish 20 days, 4 critical"
    assert critical_path(textbook).finish_date is None


def test_days_become_dates_at_either_edge_of_a_gap(textbook: Project) -> None:
    schedule = critical_path(replace(textbook, settings=Settings(start=MONDAY)))
    assert schedule.date_of(5) == np.datetime64("2026-01-09T17:00")
    assert schedule.date_of(5, "start") == np.datetime64("2026-01-12T08:00")
    assert schedule.date_of([[0.5, 1]]).tolist() == [
        [datetime(2026, 1, 5, 12), datetime(2026, 1, 5, 17)]
    ]


def test_an_undated_schedule_has_no_dates(textbook: Project) -> None:
    with pytest.raises(
        ValueError,
        match=exactly("date_of: the plan has no start date, so its instants have no dates"),
    ):
        critical_path(textbook).date_of(3)


def test_an_unknown_activity_is_named(textbook: Project) -> None:
    with pytest.raises(KeyError, match="no activity 'Q' in the schedule"):
        critical_path(textbook)["Q"]


def test_a_schedule_cannot_be_changed(textbook: Project) -> None:
    schedule = critical_path(textbook)
    with pytest.raises(FrozenInstanceError):
        schedule.plan = textbook  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        schedule["A"].early_start = 3  # type: ignore[misc]


def test_the_explanation_names_the_driving_predecessor_and_shows_the_numbers() -> None:
    plan = table_of(("A", 3, ""), ("B", 1, ""), ("C", 2, "A FS+1; B"), start=MONDAY)
    text = str(critical_path(plan).explain("C"))
    assert "driven by 'A' (FS+1), whose early finish is 2026-01-07 17:00 (day 3)" in text
    assert "'B'" not in text
    assert "early start = 2026-01-09 08:00 (day 4)" in text


def test_the_explanation_of_float_names_its_days(textbook: Project) -> None:
    text = str(critical_path(textbook).explain("C"))
    assert "total float = late - early = 2 days" in text
    assert "free float = 2 days" in text


def test_a_program_is_scheduled_as_one_network() -> None:
    def project(id_: str, days: float, **info: Any) -> Project:
        return Project.from_table(
            [("A", days, ""), ("B", 1, "A")], members=(ProjectInfo(id_, **info),)
        )

    unlinked = Program((project("P", 3), project("Q", 6)))
    schedule = critical_path(unlinked)
    assert schedule.ids == ("P.A", "P.B", "Q.A", "Q.B")
    assert schedule.critical_activities == ("Q.A", "Q.B")
    assert schedule.total_float.tolist() == [3, 3, 0, 0]

    linked = Program(unlinked.projects, (Dependency("P.B", "Q.A", lag=1),))
    schedule = critical_path(linked)
    assert schedule.longest_path == ("P.A", "P.B", "Q.A", "Q.B")
    assert schedule.finish == 12

    later = project("Q", 6, start=date(2026, 1, 12))
    dated = Program((project("P", 3), later), settings=Settings(start=MONDAY))
    assert critical_path(dated).early_start.tolist() == [0, 3, 5, 11]


# -- The definitions, on any plan of finish-to-start dependencies -------------------------


@st.composite
def finish_to_start_plans(draw: st.DrawFn) -> Project:
    """A random plan (several calendars, undated ...) of which only the plain rules are left."""
    plan = random_plan(draw(st.integers(0, 10**9)))
    per_day = plan.settings.hours_per_day * 60
    pairs = {(link.predecessor, link.successor) for link in plan.dependencies}
    return Project(
        tuple(
            Activity(a.id, max(a.expected_duration, 1 / per_day), calendar=a.calendar)
            for a in plan.activities
        ),
        tuple(Dependency(*pair) for pair in sorted(pairs)),
        replace(plan.settings, finish=None, critical_float=0, constraints="logic_first"),
        plan.calendars,
    )


def grown(plan: Project, id_: str, days: float) -> Schedule:
    """Reschedule with one activity longer, to the minute."""
    per_day = plan.settings.hours_per_day * 60
    activities = tuple(
        replace(a, duration=round((a.expected_duration + days) * per_day) / per_day)
        if a.id == id_ else a
        for a in plan.activities
    )  # fmt: skip
    return critical_path(replace(plan, activities=activities))


def instants(schedule: Schedule, name: str, ids: Iterable[str]) -> list[Any]:
    column = f"{name}_date" if schedule.is_dated else name
    return schedule.table.loc[list(ids), column].tolist()


@given(finish_to_start_plans(), st.data())
def test_total_float_is_the_growth_that_the_project_does_not_notice(
    plan: Project, data: st.DataObject
) -> None:
    before = critical_path(plan)
    id_ = data.draw(st.sampled_from(before.ids))
    minute = 1 / (plan.settings.hours_per_day * 60)
    room = before[id_].total_float
    last = max(instants(before, "early_finish", before.ids))
    for days, noticed in ((room, False), (room + minute, True)):
        after = grown(plan, id_, days)
        assert (max(instants(after, "early_finish", after.ids)) > last + _a_tick(last)) is noticed


@given(finish_to_start_plans(), st.data())
def test_free_float_is_the_growth_that_no_other_activity_notices(
    plan: Project, data: st.DataObject
) -> None:
    before = critical_path(plan)
    id_ = data.draw(st.sampled_from(before.ids))
    minute = 1 / (plan.settings.hours_per_day * 60)
    room = before[id_].free_float
    others = [other for other in before.ids if other != id_]
    last = max(instants(before, "early_finish", before.ids))
    for days, noticed in ((room, False), (room + minute, True)):
        after = grown(plan, id_, days)
        moved = any(
            now > then + _a_tick(then)
            for now, then in zip(
                instants(after, "early_start", others),
                instants(before, "early_start", others),
                strict=True,
            )
        )
        finish = max(instants(after, "early_finish", after.ids))
        assert (moved or finish > last + _a_tick(last)) is noticed


def _a_tick(instant: Any) -> Any:
    """A millionth of a day for numbers, which are rounded; nothing for dates, which are not."""
    return 1e-6 if isinstance(instant, float) else np.timedelta64(0, "us")


@given(finish_to_start_plans())
def test_the_finish_is_the_longest_path(plan: Project) -> None:
    assume(not plan.settings.is_dated)
    days = {activity.id: activity.expected_duration for activity in plan.activities}

    def longest_from(id_: str) -> float:
        following = [link.successor for link in plan.dependencies if link.predecessor == id_]
        return days[id_] + max(map(longest_from, following), default=0)

    schedule = critical_path(plan)
    assert schedule.finish == pytest.approx(max(map(longest_from, days)), rel=1e-9)
    chain = schedule.longest_path
    assert sum(days[id_] for id_ in chain) == pytest.approx(schedule.finish, rel=1e-9)
    linked = {(link.predecessor, link.successor) for link in plan.dependencies}
    assert set(pairwise(chain)) <= linked


@given(st.integers(0, 10**9))
def test_without_dates_that_bind_no_float_is_negative_and_something_is_critical(seed: int) -> None:
    plan = random_plan(seed)
    free = tuple(
        replace(a, constraint=ConstraintKind.AS_SOON_AS_POSSIBLE, constraint_date=None)
        for a in plan.activities
    )
    plan = replace(plan, activities=free, settings=replace(plan.settings, finish=None))
    schedule = critical_path(plan)
    assert (schedule.free_float >= 0).all()
    if len({a.calendar or plan.settings.calendar for a in free}) == 1 and not any(
        link.lag for link in plan.dependencies
    ):
        assert (schedule.free_float <= schedule.total_float).all()
        assert schedule.total_float.min() == 0


@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(seed: int, random: Any) -> None:
    plan = random_plan(seed)
    activities, links = list(plan.activities), list(plan.dependencies)
    random.shuffle(activities)
    random.shuffle(links)
    shuffled = replace(plan, activities=tuple(activities), dependencies=tuple(links))
    before = critical_path(plan).table
    assert critical_path(shuffled).table.loc[before.index].equals(before)


@given(st.integers(0, 10**9))
def test_the_same_plan_gives_the_same_schedule(seed: int) -> None:
    assert critical_path(random_plan(seed)).table.equals(critical_path(random_plan(seed)).table)


@pytest.mark.parametrize("kind", DependencyKind)
def test_thousands_of_activities_are_scheduled_as_a_few_are(kind: DependencyKind) -> None:
    few = [("A", 2, ""), ("B", 3, f"A {kind}+1"), ("C", 1, f"B {kind}; A")]
    expected = critical_path(table_of(*few)).early_start.tolist()
    many = Project.from_table(
        [(f"{id_}{n}", days, before.replace("A", f"A{n}").replace("B", f"B{n}"))
         for n in range(1_500) for id_, days, before in few]
    )  # fmt: skip
    assert critical_path(many).early_start.reshape(-1, 3).tolist() == [expected] * 1_500
