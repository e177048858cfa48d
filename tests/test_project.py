"""A project that exists can be scheduled; one that cannot says why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmkit.model.activity import Activity, Assignment
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

A = Activity("A", 1)
START = date(2026, 1, 5)


def test_a_project_from_a_table_reads_predecessors_as_people_type_them() -> None:
    plan = Project.from_table([(1, 3, ""), (2, 1, "1"), (3, 2, "1; 2 SS+1")])
    assert [activity.id for activity in plan.activities] == ["1", "2", "3"]
    assert [str(link) for link in plan.dependencies] == [
        "1 -> 2 (FS)", "1 -> 3 (FS)", "2 -> 3 (SS+1)"
    ]  # fmt: skip


def test_lags_in_hours_follow_the_working_day_of_the_settings() -> None:
    rows = [("A", 1, ""), ("B", 1, "A+3h")]
    plan = Project.from_table(rows, settings=Settings(hours_per_day=6))
    assert plan.dependencies[0].lag == 0.5


def test_an_activity_is_found_by_id_and_a_missing_one_is_named() -> None:
    plan = Project.from_table([(1, 3, "")])
    assert plan[1] is plan["1"] is plan.activities[0]
    with pytest.raises(KeyError, match="no activity 'Q' in the plan"):
        plan["Q"]


def test_the_repr_is_one_line_that_a_person_can_read() -> None:
    plan = Project((A,), settings=Settings(name="Depot", start=START))
    assert repr(plan) == "Project 'Depot': 1 activities, 0 dependencies, starts 2026-01-05"


def test_the_name_may_come_from_the_projects_sheet() -> None:
    assert Project((A,), members=(ProjectInfo("P", "Depot"),)).name == "Depot"
    assert Project((A,), members=(ProjectInfo("P", "Depot"),)).id == "P"
    assert (Project((A,)).name, Project((A,)).id) == ("", "")


def test_the_project_calendar_is_the_named_one_or_the_standard() -> None:
    night = Calendar.from_rows("night", [("Mon-Sun", "22:00-24:00")])
    assert Project((A,), calendars=(night,)).calendar == Calendar.standard()
    settings = Settings(calendar="night")
    assert Project((A,), settings=settings, calendars=(night,)).calendar is night


def test_the_network_of_a_project_is_itself() -> None:
    plan = Project((A,))
    assert plan.network is plan


def test_notes_are_added_and_nothing_else_changes() -> None:
    plan = Project((A,), notes=("one",))
    assert plan.with_notes("two").notes == ("one", "two")
    assert plan.with_notes("two").activities == plan.activities


def test_lists_are_frozen_into_tuples() -> None:
    plan = Project([A, Activity("B", 1)], [Dependency("A", "B")])  # type: ignore[arg-type]
    assert isinstance(plan.activities, tuple)
    assert hash(plan) == hash(Project(plan.activities, plan.dependencies))


SITE = Calendar.continuous("site")
MASON = Resource("Mason")
MUST = {"constraint": "must_start_on"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"activities": ()}, "project: a plan must have at least one activity, got none"),
        (
            {"activities": (A, A)},
            "activity 'A': id must be unique within its project, came more than once",
        ),
        ({"dependencies": (Dependency("A", "A"),)}, "dependencies form a cycle: A -> A"),
        (
            {"calendars": (SITE, SITE)},
            "calendar 'site': must be defined once, came more than once",
        ),
        (
            {"resources": (MASON, MASON)},
            "resource 'Mason': must be defined once, came more than once",
        ),
        (
            {"risks": (RiskEvent("R1"), RiskEvent("R1"))},
            "risk 'R1': must be defined once, came more than once",
        ),
        (
            {"settings": Settings(calendar="site")},
            "settings: calendar must be one of the plan's calendars, got 'site'",
        ),
        (
            {"settings": Settings(lag_calendar="site")},
            "settings: lag_calendar must be successor, predecessor, project, 24 hours or one of "
            "the plan's calendars, got 'site'",
        ),
        (
            {"activities": (Activity("A", 1, calendar="site"),)},
            "activity 'A': calendar must be one of the plan's calendars, got 'site'",
        ),
        (
            {"activities": (Activity("A", 1, resources=(Assignment("Mason"),)),)},
            "activity 'A': resource must be one of the plan's resources, got 'Mason'",
        ),
        (
            {"activities": (Activity("A", 1, constraint_date=START, **MUST),)},
            "activity 'A': constraint_date is a date, so the plan needs a start date too, "
            "got 2026-01-05",
        ),
        (
            {
                "activities": (Activity("A", 1, constraint_date=4, **MUST),),
                "settings": Settings(start=START),
            },
            "activity 'A': constraint_date must be a date, as the plan has a start date, got 4",
        ),
        (
            {"activities": (Activity("A", 1, constraint_date="soon", **MUST),)},
            "activity 'A': constraint_date must be a finite number of working days in a plan "
            "without a start date, got 'soon'",
        ),
        (
            {"risks": (RiskEvent("R1", activities=("A", "Q")),)},
            "risk 'R1': activities must be activities of the plan, got 'Q'",
        ),
    ],
)
def test_a_broken_project_is_named_with_what_came(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Project(**{"activities": (A,), **fields})


def test_all_problems_of_a_project_come_together_in_order() -> None:
    calendars = tuple(Calendar.standard(name) for name in "baba")
    with pytest.raises(
        PlanError,
        match=exactly(
            "dependency A -> B (FS): both ends must be activities of the plan, there is no 'B'",
            "calendar 'b': must be defined once, came more than once",
            "calendar 'a': must be defined once, came more than once",
            "settings: calendar must be one of the plan's calendars, got 'site'",
        ),
    ):
        Project((A,), (Dependency("A", "B"),), Settings(calendar="site"), calendars)
