"""Changes that do not fit are refused, and a full sentence says why."""

from __future__ import annotations

import pytest

from pmkit.model.activity import Activity
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.model.risk import RiskEvent
from tests.changed_plans import one_of_everything, two_projects
from tests.wording import exactly


@pytest.fixture
def plan() -> Project:
    return one_of_everything()


@pytest.fixture
def program() -> Program:
    return two_projects()


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
