"""A schedule: a solution that was printed, plans of every shape, and what it tells."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.schedule_plans import MONDAY, table_of, taylors_plan
from tests.wording import exactly

DATES = ["early_start", "early_finish", "late_start", "late_finish"]


@pytest.fixture
def textbook() -> Project:
    return taylors_plan()


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


def test_one_activity_is_a_plan() -> None:
    schedule = critical_path(table_of(("A", 2.5, "")))
    assert schedule.table.iloc[0].tolist() == [0, 2.5, 0, 2.5, 0, 0, True, 0, 2.5]


def test_ids_may_be_numbers() -> None:
    schedule = critical_path(Project.from_table([(1, 2, ""), (2.0, 3, "1"), ("10", 1, "2")]))
    assert schedule.ids == ("1", "2", "10")
    assert schedule[2].early_start == schedule["2"].early_start == 2
    assert schedule.critical_activities == ("1", "2", "10")


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
