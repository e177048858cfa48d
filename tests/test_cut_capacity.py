"""Fewer units of a resource, with the order of work kept."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.cutting.cutting import cut
from pmkit.analysis.cutting.frozen_order import frozen_order
from pmkit.analysis.resourcing.levelling import level
from pmkit.analysis.resourcing.usage import resource_usage
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.data import sample
from pmkit.model.activity import Activity, Assignment, ConstraintKind
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from tests.cut_plans import programs
from tests.wording import exactly

few = settings(max_examples=25)


def crew(
    *asking: tuple[str, float, float], links: str = "", units: float = 2, **more: Any
) -> Program:
    """One project whose activities ``(id, days, units)`` share a crew."""
    told = more.pop("settings", Settings())
    pairs = [pair.split() for pair in links.split(",") if pair.strip()]
    depot = Project(
        tuple(Activity(id_, days, resources=(Assignment("Crew", n),)) for id_, days, n in asking),
        tuple(Dependency(a, b) for a, b in pairs), told,
        resources=(Resource("Crew", capacity=units),), members=(ProjectInfo("Depot"),), **more,
    )  # fmt: skip
    return Program((depot,), settings=told)


def asked(plan: Program, *shares: float, **how: Any) -> Any:
    how = {"trials": 0, "returns": "never", "schedule": level(plan, schedules=60)} | how
    return cut(plan, by="capacity", resource="Crew", shares=shares, **how)


# three activities of 4 days each want 1 of 2 units
def test_with_half_the_crew_one_after_another_by_hand() -> None:
    found = asked(crew(("A", 4, 1), ("B", 4, 1), ("C", 4, 1)), 0.5)
    assert found.table["finish"].tolist() == [8, 12]
    assert found.table["cut"].tolist() == [0, 1]
    assert found.table["waited_activities"].iloc[0] == 0
    assert repr(found) == "FundingCut units of Crew: 0 % day 8, 50 % day 12"


def test_who_waited_for_whom_is_named() -> None:
    found = asked(crew(("A", 4, 1), ("B", 3, 1)), 0.5)
    told = str(found.explain(0.5)).splitlines()
    assert told[0] == "50 % fewer units of Crew: 1 of 2 left, never back"
    assert told[1:3] in (
        [
            "  'Depot.B' waited 4 days, from day 0 to day 4, for units of Crew: it wants 1 of 1, "
            "Depot.A has them first",
            "  finish day 4 -> day 7, 3 days later",
        ],
        [
            "  'Depot.A' waited 3 days, from day 0 to day 3, for units of Crew: it wants 1 of 1, "
            "Depot.B has them first",
            "  finish day 4 -> day 7, 3 days later",
        ],
    )


def test_a_part_of_a_unit_that_nobody_asks_for_is_of_no_use() -> None:
    plan = crew(("A", 4, 1), ("B", 4, 1))
    assert asked(plan, 0.1).table["finish"].tolist() == [4, 8]  # 1.8 left: not two at a time
    halves = crew(("A", 4, 0.5), ("B", 4, 0.5), units=1.5)
    assert asked(halves, 0.3, 0.4).table["finish"].tolist() == [4, 4, 8]


def test_work_that_wants_more_than_is_left_never_starts() -> None:
    found = asked(crew(("A", 4, 2), ("B", 4, 1)), 0.5)
    assert np.isnan(found.table["finish"].iloc[1])
    assert found.outcomes[0.5].never_start == ("Depot.A",)
    assert str(found.explain(0.5)).splitlines()[1] == (
        "  Depot.A never starts: 1 of the units of Crew never come back"
    )


def test_or_it_waits_until_the_units_are_back_and_keeps_its_place_in_the_order() -> None:
    plan = crew(("A", 4, 2), ("B", 4, 1), links="A B", settings=Settings(start=date(2026, 12, 14)))
    found = asked(plan, 0.5, returns="next year")
    assert [d.isoformat()[:10] for d in found.table["finish_date"]] == ["2026-12-23", "2027-01-12"]
    assert "they are back on 2027-01-01" in str(found.explain(0.5))
    assert str(found.explain(0.5)).splitlines()[0].endswith("1 of 2 left, back in 2027")


def test_units_that_are_missing_next_year_are_there_this_year() -> None:
    plan = crew(
        ("A", 4, 1), ("B", 4, 1), ("C", 4, 1), ("D", 4, 1), links="A C, A D, B C, B D",
        settings=Settings(start=date(2026, 12, 28)),  # A and B until the end of the year
    )  # fmt: skip
    found = asked(plan, 0.5, year=2027, returns="next year")
    assert found.table["finish"].tolist() == [8, 12]
    before = dict(zip(found.schedules[0.5].ids, found.schedules[0.5].start.tolist(), strict=True))
    assert (before["Depot.A"], before["Depot.B"]) == (0, 0)
    assert sorted((before["Depot.C"], before["Depot.D"])) == [4, 8]


def test_what_has_begun_is_not_stopped() -> None:
    begun = Activity("A", 10, resources=(Assignment("Crew", 2),), actual_start=0.0)
    plan = crew(("B", 4, 1), settings=Settings(status_date=2.0))
    depot = plan.projects[0]
    plan = Program((Project((begun, *depot.activities), (), depot.settings,
                            resources=depot.resources, members=depot.members),),
                   settings=depot.settings)  # fmt: skip
    found = asked(plan, 0.5)
    assert found.schedules[0.5].end.tolist() == [12, 16]  # ten days from the status date
    assert found.table["finish"].tolist() == [16, 16]


def test_what_began_before_its_predecessor_is_not_linked_in_a_circle_and_it_says_so() -> None:
    told = Settings(status_date=2.0, progress="progress_override")
    crew_of_one = (Assignment("Crew", 1),)
    depot = Project(
        (Activity("A", 3, resources=crew_of_one),
         Activity("B", 6, resources=crew_of_one, actual_start=0.0, remaining_duration=4)),
        (Dependency("A", "B"),), told, resources=(Resource("Crew"),),
        members=(ProjectInfo("Depot"),),
    )  # fmt: skip
    plan = Program((depot,), settings=told)
    assert level(plan).start[0] == 6  # B goes on from day 2 to 6, and A comes after it
    found = asked(plan, 0.0)  # a link from B to A would close a circle with the plan's own
    assert found.schedules[0.0].start[0] == 2
    assert found.notes[:2] == (
        "with its order kept as links the uncut program finishes day 6, not day 9 as levelled: "
        "lags, dates and what has begun count a little differently",
        "over capacity also uncut, because what has begun is not stopped: 'Crew': 2 units held "
        "from day 2 to day 5, of 1 there is: Depot.A and Depot.B.",
    )


def test_a_promise_that_people_break_does_not_pull_work_in_front_of_others() -> None:
    told = Settings(constraints="honour_dates")
    held = (Assignment("Crew", 1),)
    soon = ConstraintKind.START_NO_LATER_THAN
    late = Activity("B", 4, resources=held, constraint=soon, constraint_date=1.0)
    depot = Project(
        (Activity("A", 4, resources=held), late), (), told,
        resources=(Resource("Crew", capacity=2),), members=(ProjectInfo("Depot"),),
    )  # fmt: skip
    found = asked(Program((depot,), settings=told), 0.5)
    assert found.table["finish"].tolist() == [4, 8]


def test_people_with_a_calendar_of_their_own_keep_it() -> None:
    half = Calendar.from_rows("Mornings", [("Mon-Fri", "08:00-12:00")])
    told = Settings(start=date(2026, 3, 2))
    depot = Project(
        (Activity("A", 5, resources=(Assignment("Crew", 1),)),), (), told, (half,),
        (Resource("Crew", capacity=1, calendar="Mornings"),), members=(ProjectInfo("Depot"),),
    )  # fmt: skip
    plan = Program((depot,), settings=told, calendars=(half,))
    found = asked(plan, returns="never")
    assert found.schedules[0.0].finish_date == level(plan).finish_date
    assert str(found.schedules[0.0].finish_date)[:10] == "2026-03-13"  # ten mornings


def test_levelled_again_the_order_may_change_and_the_question_says_so() -> None:
    plan = crew(("A", 4, 1), ("B", 4, 1), ("C", 4, 1), ("D", 9, 2))
    found = asked(plan, 0.0, 0.2, keep_order=False)
    assert found.outcomes[0.2].never_start == ("Depot.D",)
    three = crew(("A", 4, 1), ("B", 4, 1), ("C", 4, 1))
    again = asked(three, 0.5, keep_order=False)
    reduced = Scenario("half", [Change("Crew", capacity=1)]).apply(three)
    assert again.table["finish"].tolist()[1] == level(reduced).finish == 12
    assert again.notes[0] == "levelled again at each share, and that order kept in the trials"


@few
@given(programs(dated=False), st.integers(0, 1000))
def test_frozen_as_links_nothing_changes_and_no_more_is_held_than_there_is(
    plan: Program, seed: int
) -> None:
    levelled = level(plan, schedules=60, seed=seed)
    found = cut(plan, by="capacity", resource=_used(plan), shares=(0,), returns="never", trials=0,
                schedule=levelled)  # fmt: skip
    schedule = found.schedules[0.0]
    assert schedule.finish <= levelled.finish + 1e-9
    assert resource_usage(schedule).over_allocations == ()
    starts = dict(zip(schedule.ids, schedule.start.tolist(), strict=True))
    assert all(starts[id_] <= at + 1e-9
               for id_, at in zip(levelled.ids, levelled.start.tolist(), strict=True))  # fmt: skip


@few
@given(programs(dated=False), st.sampled_from([0.25, 0.34, 0.5]))
def test_with_fewer_units_no_more_is_held_than_is_left(plan: Program, share: float) -> None:
    name = _used(plan)
    found = cut(plan, by="capacity", resource=name, shares=(0, share), returns="never", trials=0,
                schedule=level(plan, schedules=60))  # fmt: skip
    one = found.outcomes[share]
    units = next(r.capacity for r in plan.network.resources if r.name == name)
    left = (1 - share) * (units or 0)
    if one.plan is None:
        assert all(_wants(plan, id_, name) > left for id_ in one.never_start)
        return
    fewer = Scenario("fewer", [Change(name, capacity=left)]).apply(one.plan)
    assert resource_usage(fewer).over_allocations == ()


@few
@given(programs(), st.sampled_from(["next year", "never"]), st.sampled_from([2026, 2027]))
def test_with_the_order_kept_a_bigger_cut_never_finishes_earlier_in_any_trial(
    plan: Program, returns: str, year: int
) -> None:
    found = cut(plan, by="capacity", resource=_used(plan), shares=(0, 0.25, 0.5, 1), year=year,
                returns=returns, trials=40, schedule=level(plan, schedules=60))  # fmt: skip
    for less, more in pairwise(found.outcomes.values()):
        if more.schedule is None:
            continue
        assert less.schedule is not None
        assert more.finish >= less.finish - 1e-9
        assert more.simulation is not None
        assert less.simulation is not None
        late = more.simulation.finish.samples - less.simulation.finish.samples
        assert late.min() >= -1e-3  # units of time may be rounded


@few
@given(programs(dated=False))
def test_fewer_units_only_ever_add_links(plan: Program) -> None:
    order = frozen_order(level(plan, schedules=60))
    name = _used(plan)
    units = next(r.capacity for r in plan.network.resources if r.name == name) or 0
    everybody = [a.id for a in plan.activities]
    before: set[tuple[str, str]] = set()
    for left in (units, 0.7 * units, 0.4 * units, 0.0):
        links = _closed(order.links(name, left, everybody))
        assert links >= before
        before = links


def _closed(links: Any) -> set[tuple[str, str]]:
    """Every pair that follows from links, by brute force."""
    found = set(links)
    while True:
        more = {(a, d) for a, b in found for c, d in found if b == c} - found
        if not more:
            return found
        found |= more


def _used(plan: Program) -> str:
    return str(plan.network.resources[0].name)


def _wants(plan: Program, id_: str, name: str) -> float:
    return sum(one.units for one in plan[id_].resources if one.resource == name)


def test_the_sample_with_fewer_electrical_engineers_finishes_later_with_each_cut() -> None:
    plan = sample(progress=False)
    levelled = level(plan, schedules=60)
    found = cut(plan, by="capacity", resource="Electrical engineer", schedule=levelled,
                trials=500, seed=7)  # fmt: skip
    table = found.table
    assert table["finish"].iloc[0] == levelled.finish
    assert table["finish"].is_monotonic_increasing
    assert table["p80"].is_monotonic_increasing
    assert table["finish"].iloc[3] > table["finish"].iloc[0]
    assert table["npv"].iloc[3] < table["npv"].iloc[0]
    assert "for units of Electrical engineer: it wants" in str(found.explain(0.3))
    assert found.what == "units of Electrical engineer in 2026"


def test_a_resource_must_be_named_and_some_questions_do_not_go_together() -> None:
    plan = crew(("A", 4, 1))
    with pytest.raises(
        PlanError,
        match=exactly("cut: resource must be one that has a capacity (Crew), got none"),
    ):
        cut(plan, by="capacity", returns="never")
    with pytest.raises(
        PlanError,
        match=exactly(
            "cut: the program must have a start date, or nothing says what falls into a year; "
            "without one only by='capacity' with returns='never' can be asked",
            "cut: resource must be one that has a capacity (Crew), got 'Crane'",
            "cut: projects must be left out with by='capacity': a resource is shared",
            "cut: keep_order=False must go with returns='never': levelling counts on the same "
            "units all the time, got returns='next year'",
        ),
    ):
        cut(plan, by="capacity", resource="Crane", projects=["Depot"], keep_order=False)
    with pytest.raises(
        PlanError,
        match=exactly("cut: keep_order must be true with by='release': money has one order"),
    ):
        cut(sample(), keep_order=False, trials=0)
    with pytest.raises(
        PlanError,
        match=exactly("cut: schedule must be a levelled one with by='capacity', got one by logic"),
    ):
        cut(plan, by="capacity", resource="Crew", returns="never", schedule=critical_path(plan))
