"""What holds for every schedule: what float and finish are, whatever the order of the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.schedule import Schedule, critical_path
from pmkit.model.activity import Activity, ConstraintKind
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from tests.reference.plans import random_plan


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


def _a_tick(instant: Any) -> Any:
    """A millionth of a day for numbers, which are rounded; nothing for dates, which are not."""
    return 1e-6 if isinstance(instant, float) else np.timedelta64(0, "us")


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
