"""Changes reach every part of a project and of a program, and say in full what does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from pmkit.model.activity import Activity, Assignment, ConstraintKind, Distribution, ThreePoint
from pmkit.model.applying import applied
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

START = date(2026, 3, 2)


@pytest.fixture
def plan() -> Project:
    """Return a dated plan with one of everything."""
    return Project(
        (
            Activity("A", 4, fixed_cost=100, three_point=ThreePoint(2, 4, 10)),
            Activity("B", three_point=ThreePoint(2, 3.5, 8, Distribution.TRIANGULAR)),
            Activity("C", 6, resources=(Assignment("Crew", 2),), skills=("welding",)),
            Activity("D", 0),
        ),
        (
            Dependency("A", "B"),
            Dependency("A", "C", "SS", 2),
            Dependency("A", "C", "FF", 1),
            Dependency("B", "D"),
            Dependency("C", "D", lag=3),
        ),
        Settings(start=START, currency="EUR"),
        (Calendar.standard("Site"),),
        (Resource("Crew", capacity=3, cost_per_day=400), Resource("Crew 2"), Resource("Crane")),
        (RiskEvent("R1", "frost", ("C",), 0.2, ThreePoint(1, 2, 6), 500),),
    )


@pytest.fixture
def program() -> Program:
    """Return two projects that share a crew and depend on each other both ways."""
    crew = Resource("Crew", capacity=3)
    site = Project(
        (Activity("Dig", 5, resources=(Assignment("Crew"),)), Activity("Build", 10)),
        (Dependency("Dig", "Build"),),
        resources=(crew,),
        risks=(RiskEvent("R1", "rock", ("Dig",), 0.3, 4),),
        members=(ProjectInfo("Site"),),
    )
    fleet = Project(
        (Activity("Order", 3), Activity("Accept", 2)),
        (Dependency("Order", "Accept"),),
        resources=(crew,),
        members=(ProjectInfo("Fleet"),),
    )
    links = (Dependency("Site.Build", "Fleet.Accept"), Dependency("Fleet.Order", "Site.Build"))
    return Program((site, fleet), links, resources=(crew, Resource("Planner")))


# -- Activities ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "Dig"}, {"name": "Dig"}),
        ({"wbs": "1.2"}, {"wbs": "1.2"}),
        ({"correlation_group": "ground"}, {"correlation_group": "ground"}),
        ({"fixed_cost": 250}, {"fixed_cost": 250}),
        ({"fixed_cost": "+10%"}, {"fixed_cost": 110}),
        ({"fixed_cost_estimate": (8, 10, 15)}, {"fixed_cost_estimate": ThreePoint(8, 10, 15)}),
        ({"cost_per_day": 20}, {"cost_per_day": 20}),
        ({"calendar": "Site"}, {"calendar": "Site"}),
        ({"skills": "steel; paint"}, {"skills": ("steel", "paint")}),
        ({"skills": ["steel"]}, {"skills": ("steel",)}),
        ({"priority": 2}, {"priority": 2}),
        ({"crash_duration": 2, "crash_cost": 900}, {"crash_duration": 2, "crash_cost": 900}),
        ({"baseline_start": "2026-03-04"}, {"baseline_start": date(2026, 3, 4)}),
        ({"percent_complete": 50}, {"percent_complete": 50}),
        (
            {"constraint": "must_start_on", "constraint_date": "2026-03-09"},
            {"constraint": ConstraintKind.MUST_START_ON, "constraint_date": date(2026, 3, 9)},
        ),
        ({"resources": "Crew 3; Crane"},
         {"resources": (Assignment("Crew", 3), Assignment("Crane"))}),
        ({"resources": "Crew 2"}, {"resources": (Assignment("Crew 2"),)}),
        ({"resources": [("Crew", 2), "Crane"]},
         {"resources": (Assignment("Crew", 2), Assignment("Crane"))}),
        ({"resources": ""}, {"resources": ()}),
    ],
)  # fmt: skip
def test_a_field_of_an_activity_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("A", **values))
    assert changed["A"] == replace(plan["A"], **expected)
    assert changed == replace(plan, activities=(changed["A"], *plan.activities[1:]))


@pytest.mark.parametrize(
    ("new", "days"),
    [(9, 9), ("+5", 9), ("-2", 2), ("*1.5", 6), ("+10%", 4.4), ("-25%", 3), ("*50%", 2), ("7", 7),
     (" + 5 ", 9), ("-4", 0), (np.int64(9), 9)],
)  # fmt: skip
def test_a_duration_is_a_number_or_relative_to_the_old_one(
    plan: Project, new: Any, days: float
) -> None:
    assert applied(plan, Change("A", duration=new))["A"].duration == pytest.approx(days)


@pytest.mark.parametrize("new", [6, "+2", "*1.5", np.int64(6)])
def test_the_three_points_are_stretched_with_the_duration(plan: Project, new: Any) -> None:
    assert applied(plan, Change("A", duration=new))["A"].three_point == ThreePoint(3, 6, 15)


def test_a_relative_duration_starts_from_the_mean_where_there_are_only_three_points(
    plan: Project,
) -> None:
    # (2 + 4 x 3.5 + 8) / 6 = 4, whatever the shape
    changed = applied(plan, Change("B", duration="+4"))["B"]
    assert changed.duration == 8
    assert changed.three_point == ThreePoint(4, 7, 16, Distribution.TRIANGULAR)


def test_three_points_given_with_the_duration_are_not_stretched(plan: Project) -> None:
    changed = applied(plan, Change("A", duration=8, pessimistic="+5"))["A"]
    assert (changed.duration, changed.three_point) == (8, ThreePoint(2, 4, 15))


def test_some_of_the_three_points_can_change(plan: Project) -> None:
    changed = applied(plan, Change("B", most_likely="*2", distribution="beta-PERT"))["B"]
    assert changed == Activity("B", three_point=ThreePoint(2, 7, 8))


def test_three_points_come_whole_or_go(plan: Project) -> None:
    assert applied(plan, Change("C", three_point=(5, 6, 9)))["C"].three_point == ThreePoint(5, 6, 9)
    assert applied(plan, Change("A", three_point=None))["A"].three_point is None


def test_a_milestone_that_becomes_work_keeps_its_spread() -> None:
    plan = Project((Activity("M", 0, three_point=ThreePoint(0, 0, 3)),))
    assert applied(plan, Change("M", duration=2))["M"].three_point == ThreePoint(2, 2, 5)


# -- Dependencies ----------------------------------------------------------------------


def relations(plan: Project | Program) -> list[str]:
    return [str(link) for link in plan.network.dependencies]


@pytest.mark.parametrize("text", ["A; B SS+2", ["A", "B SS+2"], "A, B SS+2"])
def test_predecessors_replace_the_logic_of_an_activity(plan: Project, text: Any) -> None:
    changed = applied(plan, Change("C", predecessors=text, duration=7))
    assert changed["C"].duration == 7
    assert relations(changed) == [
        "A -> B (FS)", "B -> D (FS)", "C -> D (FS+3)", "A -> C (FS)", "B -> C (SS+2)",
    ]  # fmt: skip


def test_no_predecessors_at_all_set_an_activity_free(plan: Project) -> None:
    assert relations(applied(plan, Change("C", predecessors=""))) == [
        "A -> B (FS)", "B -> D (FS)", "C -> D (FS+3)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "relation"),
    [
        ({"lag": 1}, "FS+1"),
        ({"lag": -2}, "FS-2"),
        ({"lag": "+2"}, "FS+5"),
        ({"lag": "-5"}, "FS-2"),
        ({"lag": "*2"}, "FS+6"),
        ({"kind": "SS"}, "SS+3"),
        ({"kind": "FF", "lag": 0}, "FF"),
        ({"lag": 50, "unit": "%"}, "FS+50%"),
        ({"unit": "ed"}, "FS+3ed"),
    ],
)
def test_a_dependency_takes_a_new_kind_lag_and_unit(
    plan: Project, values: dict[str, Any], relation: str
) -> None:
    for named in ("C -> D", "C->D", " C  ->  D ", "C -> D (FS+3)"):
        assert relations(applied(plan, Change(named, **values)))[4] == f"C -> D ({relation})"


def test_one_of_two_dependencies_between_the_same_pair_is_named_by_its_kind(plan: Project) -> None:
    changed = applied(plan, Change("A -> C (FF)", lag=4))
    assert relations(changed)[1:3] == ["A -> C (SS+2)", "A -> C (FF+4)"]
    changed = applied(plan, Change("A -> C (SS+2)", remove=True))
    assert relations(changed)[1] == "A -> C (FF+1)"
    assert len(changed.dependencies) == 4


def test_two_dependencies_of_one_kind_are_told_apart_by_their_lag() -> None:
    links = (Dependency("A", "B", lag=1), Dependency("A", "B", lag=50, unit="%"))
    plan = Project((Activity("A", 4), Activity("B", 2)), links)
    assert relations(applied(plan, Change("A -> B (FS+50%)", lag=75))) == [
        "A -> B (FS+1)", "A -> B (FS+75%)",
    ]  # fmt: skip


def test_an_arrow_or_brackets_in_an_id_do_not_mislead() -> None:
    plan = Project(
        (Activity("A->B", 4), Activity("C (SS)", 2), Activity("D", 1)),
        (Dependency("A->B", "C (SS)"), Dependency("A->B", "D")),
    )
    assert relations(applied(plan, Change("A->B -> C (SS)", lag=1)))[0] == "A->B -> C (SS) (FS+1)"
    assert relations(applied(plan, Change("A->B -> D (FS)", lag=1)))[1] == "A->B -> D (FS+1)"


# -- Risks, resources, settings --------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"probability": 0.5}, {"probability": 0.5}),
        ({"probability": "*2"}, {"probability": 0.4}),
        ({"cost_impact": "+100"}, {"cost_impact": 600}),
        ({"activities": "A; B"}, {"activities": ("A", "B")}),
        ({"impact": 3}, {"impact": ThreePoint(3, 3, 3)}),
        ({"pessimistic": 9}, {"impact": ThreePoint(1, 2, 9)}),
        ({"impact": (2, 3, 4), "most_likely": 4}, {"impact": ThreePoint(2, 4, 4)}),
        ({"kind": "opportunity"}, {"kind": "opportunity"}),
        ({"response": "heat the site", "response_cost": 90},
         {"response": "heat the site", "response_cost": 90}),
    ],
)  # fmt: skip
def test_a_field_of_a_risk_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("R1", **values))
    assert changed == replace(plan, risks=(replace(plan.risks[0], **expected),))


def test_a_risk_is_added_and_taken_out(plan: Project) -> None:
    late = RiskEvent("R9", "late delivery", ("B",), 0.3, 5)
    more = applied(plan, Change("R9", risk=late))
    assert more.risks == (*plan.risks, late)
    assert applied(more, Change("R9", remove=True)) == plan


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"capacity": 5}, {"capacity": 5}),
        ({"capacity": "-1"}, {"capacity": 2}),
        ({"capacity": None}, {"capacity": None}),
        ({"cost_per_day": "+10%"}, {"cost_per_day": 440}),
        ({"skills": "dig"}, {"skills": ("dig",)}),
        ({"calendar": "Site"}, {"calendar": "Site"}),
    ],
)
def test_a_field_of_a_resource_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("Crew", **values))
    assert changed.resources[0] == pytest.approx(replace(plan.resources[0], **expected))
    assert changed == replace(plan, resources=(changed.resources[0], *plan.resources[1:]))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"start": "2026-04-01"}, {"start": date(2026, 4, 1)}),
        ({"finish": date(2026, 6, 1)}, {"finish": date(2026, 6, 1)}),
        ({"calendar": "Site"}, {"calendar": "Site"}),
        ({"hours_per_day": "-1"}, {"hours_per_day": 7}),
        ({"critical_float": "-2"}, {"critical_float": -2}),
        ({"constraints": "honour_dates"}, {"constraints": "honour_dates"}),
    ],
)
def test_a_setting_takes_its_new_value(
    plan: Project, values: dict[str, Any], expected: dict[str, Any]
) -> None:
    changed = applied(plan, Change("settings", **values))
    assert changed == replace(plan, settings=replace(plan.settings, **expected))


def test_instants_of_an_undated_plan_are_numbers_and_may_be_relative() -> None:
    plan = Project((Activity("A", 4),), settings=Settings(finish=6))
    assert applied(plan, Change("settings", finish="-1.5")).settings.finish == 4.5


def test_fields_decide_between_an_activity_and_a_resource_of_the_same_name() -> None:
    plan = Project((Activity("Crane", 2),), resources=(Resource("Crane"),))
    assert applied(plan, Change("Crane", duration=3))["Crane"].duration == 3
    assert applied(plan, Change("Crane", capacity=3)).resources == (Resource("Crane", capacity=3),)


# -- Programs --------------------------------------------------------------------------


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


# -- What does not fit -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            Change("X", duration=1),
            "change of 'X': must name an activity, a risk, a resource, a dependency such as "
            "'A -> B', or 'settings'",
        ),
        (
            Change("Crew1", capacity=1),
            "change of 'Crew1': must name an activity, a risk, a resource, a dependency such as "
            "'A -> B', or 'settings' (did you mean 'Crew'?)",
        ),
        (
            Change("C -> D", duration=1),
            "change of dependency 'C -> D': must name fields of its own (kind, lag, remove, unit), "
            "got 'duration'",
        ),
        (
            Change("A -> C", lag=1),
            "change of dependency 'A -> C': must name exactly one dependency of the plan, "
            "got A -> C (SS+2); A -> C (FF+1)",
        ),
        (
            Change("A -> C (FS)", lag=1),
            "change of dependency 'A -> C (FS)': must name exactly one dependency of the plan, "
            "got A -> C (SS+2); A -> C (FF+1)",
        ),
        (
            Change("A -> X", lag=1),
            "change of dependency 'A -> X': must name exactly one dependency of the plan, got none",
        ),
        (
            Change("C -> D", remove=True, lag=1),
            "change of dependency 'C -> D': remove=True must stand alone, got remove=True, lag=1",
        ),
        (
            Change("R1", remove=False),
            "change of risk 'R1': remove=True must stand alone, got remove=False",
        ),
        (
            Change("A", duration="-5"),
            "activity 'A': duration must be a finite number of working days >= 0, got -1.0",
        ),
        (
            Change("A", duration="tbd"),
            "activity 'A': duration must be a finite number of working days >= 0, got 'tbd'",
        ),
        (
            Change("A", duration=float("inf")),
            "activity 'A': duration must be a finite number of working days >= 0, got inf",
        ),
        (
            Change("A", crash_cost="+5"),
            "change of activity 'A', crash_cost: a relative change needs a value to start from, "
            "got '+5'",
        ),
        (
            Change("A", most_likely=99),
            "change of activity 'A': three points must be finite, >= 0 and in order optimistic <= "
            "most_likely <= pessimistic, got 2, 99, 10",
        ),
        (
            Change("C", optimistic=2),
            "change of activity 'C': optimistic, most_likely and pessimistic must all be given "
            "where there are no three points yet, got no most_likely and no pessimistic",
        ),
        (
            Change("A", distribution="normal"),
            "change of activity 'A': distribution must be beta-PERT or triangular, got 'normal'",
        ),
        (
            Change("A", three_point="wide"),
            "change of activity 'A', three_point: must be three points, such as ThreePoint(2, 3, "
            "8) or (2, 3, 8), got 'wide'",
        ),
        (
            Change("R1", impact=(3, 2, 1)),
            "change of risk 'R1', impact: three points must be finite, >= 0 and in order "
            "optimistic <= most_likely <= pessimistic, got 3, 2, 1",
        ),
        (
            Change("A", resources="Digger"),
            "activity 'A': resource must be one of the plan's resources, got 'Digger'",
        ),
        (
            Change("A", resources=7),
            "change of activity 'A': resources must be text such as 'Engineer 2; Crane' or a list "
            "of assignments, got 7",
        ),
        (
            Change("A", calendar="Moon"),
            "activity 'A': calendar must be one of the plan's calendars, got 'Moon'",
        ),
        (
            Change("A", constraint="must_start_on"),
            "activity 'A': constraint must_start_on needs a constraint_date, got none",
        ),
        (
            Change("A", predecessors="Q"),
            "activity 'A': predecessors must name activities of the plan, each with FS, SS, FF or "
            "SF and a lag such as +2d where it has one, got 'Q'",
        ),
        (Change("A", predecessors="D"), "dependencies form a cycle: A -> B -> D -> A"),
        (
            Change("C -> D", kind="XX"),
            "dependency C -> D: kind must be one of FS, SS, FF, SF, got 'XX'",
        ),
        (
            Change("C -> D", lag="soon"),
            "dependency C -> D: lag must be a finite number of days, got 'soon'",
        ),
        (
            Change("R1", probability=2),
            "risk 'R1': probability must be between 0 and 1, got 2",
        ),
        (
            Change("R1", activities="A; X"),
            "risk 'R1': activities must be activities of the plan, got 'X'",
        ),
        (
            Change("R1", risk=RiskEvent("R1")),
            "risk 'R1': must be defined once, came more than once",
        ),
        (
            Change("R9", risk="late"),
            "change of 'R9': a new risk must be a RiskEvent and stand alone, got risk='late'",
        ),
        (
            Change("Crew", capacity="-9"),
            "resource 'Crew': capacity must be a finite number >= 0, got -6.0",
        ),
        (
            Change("settings", start="soon"),
            "settings: start must be a date, got 'soon'",
        ),
        (
            Change("settings", hours_per_day=0),
            "settings: hours_per_day must be more than 0 and at most 24 hours, got 0",
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, Change) else "",
)
def test_a_change_that_does_not_fit_is_refused_in_a_full_sentence(
    plan: Project, change: Change, sentence: str
) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        applied(plan, change)


def test_a_change_of_an_unknown_field_lists_the_known_ones(plan: Project) -> None:
    sentence = (
        "change of resource 'Crew': must name fields of its own (calendar, capacity, "
        "cost_per_day, cost_per_unit, cost_per_use, skills, type), got 'capasity', 'id'"
    )
    with pytest.raises(PlanError, match=exactly(sentence)) as caught:
        applied(plan, Change("Crew", capasity=2, id="Crew B"))
    assert caught.value.ids == ("Crew",)


def test_a_name_with_two_meanings_is_refused_where_the_fields_do_not_tell() -> None:
    plan = Project((Activity("Crane", 2),), resources=(Resource("Crane"),))
    sentence = (
        "change of 'Crane': must mean one thing, but the plan has activity and resource of that "
        "name"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        applied(plan, Change("Crane", cost_per_day=2))


def test_a_bare_id_in_a_program_is_answered_with_the_full_one(program: Program) -> None:
    sentence = (
        "change of 'Build': must name an activity, a risk, a resource, a dependency such as "
        "'A -> B', or 'settings' (did you mean 'Site.Build'?)"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        applied(program, Change("Build", duration=2))


def test_a_cycle_across_projects_is_refused(program: Program) -> None:
    sentence = "dependencies form a cycle: Site.Dig -> Site.Build -> Fleet.Accept -> Site.Dig"
    with pytest.raises(PlanError, match=exactly(sentence)):
        applied(program, Change("Site.Dig", predecessors="Fleet.Accept"))


def test_a_relative_remaining_duration_starts_from_what_the_percentage_leaves():
    plan = Project((Activity("A", 10, percent_complete=40),), settings=Settings(status_date=4.0))
    changed = Scenario("crew", [Change("A", remaining_duration="-2")]).apply(plan)
    assert changed["A"].remaining_duration == 4
    assert changed["A"].remaining == 4
