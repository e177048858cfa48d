"""Driving dependencies, and criticality by the longest path instead of float."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.scheduling.compiling import compiled
from pmkit.analysis.scheduling.driving import driving_chain, on_driving_chains
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings


def test_the_longest_path_has_no_regard_for_float() -> None:
    # An imposed finish on day 12 gives every activity float; the chain that ends last stays.
    project = Project.from_table(
        [("A", 3, ""), ("B", 5, ""), ("C", 2, "A; B")],
        settings=Settings(finish=12.0, critical="longest_path"),
    )
    schedule = critical_path(project)
    assert schedule["B"].total_float == 5
    assert schedule.critical_activities == schedule.longest_path == ("B", "C")


def test_all_chains_that_tie_are_critical_and_the_first_is_the_longest_path() -> None:
    project = Project.from_table(
        [("A", 5, ""), ("B", 5, ""), ("C", 2, "A; B")], settings=Settings(critical="longest_path")
    )
    schedule = critical_path(project)
    assert schedule.critical_activities == ("A", "B", "C")
    assert schedule.longest_path == ("A", "C")


def test_calendars_break_float_but_not_the_longest_path() -> None:
    # B works at weekends and so has float before C's Monday; it drives C all the same.
    project = Project(
        (Activity("B", 5, calendar="all days"), Activity("C", 1)),
        (Dependency("B", "C"),),
        Settings(start=date(2026, 3, 3), critical="longest_path"),
        (Calendar("all days", (((8 * 60, 16 * 60),),) * 7),),
    )
    schedule = critical_path(project)
    assert schedule["B"].total_float > 0
    assert schedule.critical_activities == ("B", "C")


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.data())
def test_with_one_calendar_and_no_imposed_finish_both_rules_agree(
    durations: list[int], data: st.DataObject
) -> None:
    rows = []
    for n, days in enumerate(durations):
        before = data.draw(st.sets(st.integers(0, n - 1), max_size=3)) if n else set()
        rows.append((str(n), days, "; ".join(map(str, sorted(before)))))
    by_float = critical_path(Project.from_table(rows))
    by_path = critical_path(Project.from_table(rows, settings=Settings(critical="longest_path")))
    assert by_float.critical_activities == by_path.critical_activities


def test_a_chain_is_given_in_order_and_ends_with_the_final_milestone() -> None:
    project = Project.from_table([("A", 3, ""), ("B", 2, "A"), ("End", 0, "B")])
    net = compiled(project)
    drives = [True] * len(project.dependencies)
    assert driving_chain(net, drives, {1, 2}) == [0, 1, 2]
    assert on_driving_chains(net, drives, {1}).tolist() == [True, True, False]
