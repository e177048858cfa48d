"""A program is one network of several projects, with what each of them brings along."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

SITE = Calendar.continuous("site")


def project(id_: str, *rows: tuple[str, float, str], **fields: object) -> Project:
    return Project.from_table(rows or [("A", 1, ""), ("B", 2, "A")],
                              members=(ProjectInfo(id_),), **fields)  # fmt: skip


def test_activities_and_dependencies_carry_the_id_of_their_project() -> None:
    program = Program((project("P"), project("Q")), (Dependency("P.B", "Q.A", "SS", 1),))
    assert [activity.id for activity in program.activities] == ["P.A", "P.B", "Q.A", "Q.B"]
    assert [activity.project for activity in program.activities] == ["P", "P", "Q", "Q"]
    assert [str(link) for link in program.dependencies] == [
        "P.A -> P.B (FS)", "Q.A -> Q.B (FS)", "P.B -> Q.A (SS+1)"
    ]  # fmt: skip


def test_an_activity_and_a_project_are_found_by_id() -> None:
    program = Program((project("P"), project("Q")))
    assert program["Q.B"].duration == 2
    assert program.project("Q").id == "Q"
    with pytest.raises(KeyError, match="no activity 'B' in the plan"):
        program["B"]
    with pytest.raises(KeyError, match="no project 'R' in the program"):
        program.project("R")


def test_each_project_keeps_its_own_calendar() -> None:
    site = project("P", settings=Settings(calendar="site"), calendars=(SITE,))
    program = Program((site, project("Q")))
    assert [activity.calendar for activity in program.activities] == ["site", "site", "", ""]
    assert program.calendar == Calendar.standard()


def test_the_calendar_of_the_program_needs_no_name_on_its_activities() -> None:
    site = project("P", settings=Settings(calendar="site"), calendars=(SITE,))
    program = Program((site,), settings=Settings(calendar="site"))
    assert {activity.calendar for activity in program.activities} == {""}
    assert program.calendar == SITE


def test_each_project_keeps_its_own_start() -> None:
    settings = Settings(start=date(2026, 3, 2))
    late = Project((Activity("A", 1),), members=(ProjectInfo("L", start=date(2026, 5, 4)),))
    program = Program((project("P", settings=settings), late), settings=settings)
    starts = {member.id: member.start for member in program.network.members}
    assert starts == {"P": date(2026, 3, 2), "L": date(2026, 5, 4)}


def test_risks_follow_their_activities() -> None:
    one = project("P", risks=(RiskEvent("R1", activities=("A",)),))
    program = Program((one,), risks=(RiskEvent("R2", activities=("P.B",)),))
    found = {risk.id: risk.activities for risk in program.network.risks}
    assert found == {"R1": ("P.A",), "R2": ("P.B",)}


def test_a_resource_that_means_the_same_in_two_projects_is_one() -> None:
    mason = (Resource("Mason", cost_per_day=300),)
    program = Program((project("P", resources=mason), project("Q", resources=mason)))
    assert program.network.resources == mason


def test_the_repr_counts_projects_activities_and_interdependencies() -> None:
    program = Program((project("P"), project("Q")), (Dependency("P.B", "Q.A"),),
                      Settings(name="Region"))  # fmt: skip
    assert repr(program) == "Program 'Region': 2 projects, 4 activities, 1 interdependencies"
    assert program.name == "Region"


def test_notes_are_added() -> None:
    assert Program((project("P"),)).with_notes("one").notes == ("one",)


def test_a_program_needs_a_project() -> None:
    with pytest.raises(
        PlanError, match=exactly("program: must have at least one project, got none")
    ):
        Program(())


def test_projects_need_ids_of_their_own() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "program: project 2 must have an id, in members=(ProjectInfo(id),)",
            "project 'P': id must be unique within the program, came more than once",
        ),
    ):
        Program((project("P"), Project((Activity("A", 1),)), project("P")))


def test_a_cycle_across_projects_is_named() -> None:
    with pytest.raises(
        PlanError, match=exactly("dependencies form a cycle: P.A -> P.B -> Q.A -> Q.B -> P.A")
    ):
        Program((project("P"), project("Q")), (Dependency("P.B", "Q.A"), Dependency("Q.B", "P.A")))


def test_an_interdependency_must_end_at_activities_of_the_program() -> None:
    with pytest.raises(
        PlanError,
        match=exactly(
            "dependency P.B -> A (FS): both ends must be activities of the plan, there is no 'A'"
        ),
    ):
        Program((project("P"), project("Q")), (Dependency("P.B", "A"),))


def test_one_name_must_not_mean_two_things() -> None:
    cheap = project("P", resources=(Resource("Mason", cost_per_day=300),))
    dear = project("Q", resources=(Resource("Mason", cost_per_day=400),))
    with pytest.raises(
        PlanError,
        match=exactly(
            "program: resource 'Mason' must mean the same in every project, came with two "
            "definitions"
        ),
    ) as caught:
        Program((cheap, dear))
    assert caught.value.ids == ("Mason",)


def test_a_project_scheduled_by_other_rules_cannot_join():
    own = Settings(hours_per_day=7.5)
    project = Project.from_table([("A", 1, "")], members=(ProjectInfo("P"),), settings=own)

    with pytest.raises(
        PlanError,
        match=exactly("project 'P': hours_per_day must be that of the program, 8.0, got 7.5"),
    ):
        Program((project,))

    assert Program((project,), settings=own).network.settings.hours_per_day == 7.5


def test_a_finish_imposed_on_one_project_is_not_dropped_in_silence():
    project = Project.from_table(
        [("A", 1, "")], members=(ProjectInfo("P"),), settings=Settings(finish=3.0)
    )

    assert Program((project,)).network.notes == (
        "project 'P': its imposed finish 3.0 is not used, late dates count back from the finish of "
        "the program",
    )


def test_two_projects_may_each_have_a_risk_of_the_same_id():
    projects = [
        Project.from_table(
            [("A", 1, "")], members=(ProjectInfo(id_),), risks=(RiskEvent("R1", activities=("A",)),)
        )
        for id_ in "PQ"
    ]

    risks = Program(tuple(projects)).network.risks

    assert [(risk.id, risk.activities) for risk in risks] == [("R1", ("P.A",)), ("Q.R1", ("Q.A",))]
