"""Changes reach every part of a program, and nothing else of it."""

from __future__ import annotations

import pytest

from pmkit.model.activity import Activity
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from tests.changed_plans import START, two_projects


@pytest.fixture
def program() -> Program:
    return two_projects()


def test_an_activity_of_a_program_has_a_qualified_id(program: Program) -> None:
    changed = applied(program, Change("Site.Build", duration="+5"))
    assert changed["Site.Build"].duration == 15
    assert changed.project("Site")["Build"] == Activity("Build", 15)
    assert changed.project("Fleet") is program.project("Fleet")


def test_an_interdependency_changes_and_goes(program: Program) -> None:
    changed = applied(program, Change("Site.Build -> Fleet.Accept", kind="SS", lag=4))
    assert changed.interdependencies == (
        Dependency("Site.Build", "Fleet.Accept", "SS", 4), program.interdependencies[1],
    )  # fmt: skip
    gone = applied(program, Change("Site.Build -> Fleet.Accept", remove=True))
    assert gone.interdependencies == program.interdependencies[1:]
    assert gone.projects == program.projects


def test_a_dependency_inside_a_project_stays_inside_it(program: Program) -> None:
    changed = applied(program, Change("Site.Dig -> Site.Build", lag=-1))
    assert changed.project("Site").dependencies == (Dependency("Dig", "Build", lag=-1),)
    assert changed.interdependencies == program.interdependencies


def test_predecessors_reach_across_projects_and_a_bare_id_means_the_same_one(
    program: Program,
) -> None:
    changed = applied(program, Change("Fleet.Accept", predecessors="Order SS+1; Site.Dig"))
    assert changed.project("Fleet").dependencies == (Dependency("Order", "Accept", "SS", 1),)
    assert changed.interdependencies == (
        Dependency("Fleet.Order", "Site.Build"), Dependency("Site.Dig", "Fleet.Accept"),
    )  # fmt: skip


def test_a_resource_changes_in_the_program_and_in_every_project_that_brings_it(
    program: Program,
) -> None:
    changed = applied(program, Change("Crew", capacity=5))
    crew = Resource("Crew", capacity=5)
    assert changed.resources[0] == crew
    assert [project.resources for project in changed.projects] == [(crew,), (crew,)]
    alone = applied(program, Change("Planner", capacity=2))
    assert alone.projects == program.projects
    assert alone.resources[1] == Resource("Planner", capacity=2)


def test_a_risk_of_one_project_changes_and_goes_there(program: Program) -> None:
    changed = applied(program, Change("R1", probability=0.6))
    assert changed.project("Site").risks[0].probability == 0.6
    assert applied(program, Change("R1", remove=True)).project("Site").risks == ()


def test_a_risk_of_the_whole_program_names_activities_in_full(program: Program) -> None:
    strike = RiskEvent("R2", "strike", ("Site.Dig", "Fleet.Order"), 0.1, 10)
    assert applied(program, Change("R2", risk=strike)).risks == (strike,)


def test_settings_of_a_program_are_the_programs(program: Program) -> None:
    changed = applied(program, Change("settings", start="2026-03-02"))
    assert changed.network.settings.start == START
    assert changed.projects == program.projects
