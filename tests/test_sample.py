"""The sample program holds what lessons need; as approved it tells the story of its maker.

What happened up to its status date is in `test_sample_history`.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import openpyxl
import pytest

import pmkit as pm
from pmkit.data import sample_path
from pmkit.model.activity import ConstraintKind
from pmkit.model.dependency import DependencyKind, LagUnit
from pmkit.model.program import Program
from tools import make_sample

PROMISE = datetime(2026, 8, 21, 17)


@pytest.fixture(scope="module")
def plan() -> Program:
    program = pm.sample(progress=False)
    assert isinstance(program, Program)
    return program


@pytest.fixture(scope="module")
def schedule(plan: Program) -> pm.Schedule:
    return pm.critical_path(plan)


@pytest.fixture(scope="module")
def risk(plan: Program) -> pm.Simulation:
    return pm.simulate(plan, trials=4000, seed=7)


def test_the_workbook_is_what_its_maker_makes() -> None:
    plan, made = pm.sample(), make_sample.program()
    assert isinstance(plan, Program)
    assert plan.network == made.network
    assert plan == made
    assert plan.notes == ()


def test_the_workbook_has_every_sheet(plan: Program) -> None:
    book = openpyxl.load_workbook(sample_path())
    assert {"activities", "resources", "calendars", "risks", "settings", "projects", "status",
            "objectives", "contributions", "outcomes", "benefits", "groups", "people", "authority",
            "stakeholders", "gates", "decisions"} <= set(book.sheetnames)  # fmt: skip
    assert not plan.sheets


def test_there_are_three_projects_of_a_readable_size(plan: Program) -> None:
    assert [project.id for project in plan.projects] == ["Depot", "Fleet", "Service"]
    assert all(12 <= len(project.activities) <= 30 for project in plan.projects)
    assert all(a.name and a.wbs for a in plan.activities)
    names = [a.name for a in plan.activities]
    assert len(set(names)) == len(names)


def test_projects_have_people_and_money(plan: Program) -> None:
    for project in plan.projects:
        (info,) = project.members
        assert info.sponsor
        assert info.manager
        planned = sum(
            make_sample._direct_cost(a)
            for a in plan.network.activities
            if a.project == project.id
        )  # fmt: skip
        # the sheet holds the approved budget: the plan's direct cost and some reserve
        assert 1.02 < info.money["cost_2026"] / planned < 1.5
        own = any(key.startswith("benefit_") for key in info.money)
        assert own or any(info.id in one.enablers for one in plan.strategy.benefits)


def test_dependencies_are_of_several_kinds_with_lags_leads_and_elapsed_time(plan: Program) -> None:
    between = plan.interdependencies
    assert 4 <= len(between) <= 8
    kinds = DependencyKind.FINISH_TO_START, DependencyKind.START_TO_START
    assert {*kinds, DependencyKind.FINISH_TO_FINISH} == {link.kind for link in between}
    assert any(link.lag > 0 for link in between)
    assert any(link.lag < 0 for link in plan.dependencies)
    assert any(link.unit is LagUnit.ELAPSED_DAYS for link in plan.dependencies)


def test_every_activity_but_the_start_and_two_loose_ends_is_linked_both_ways(plan: Program) -> None:
    ids = {a.id for a in plan.activities if not a.type.is_span}
    links = [link for link in plan.dependencies if {link.predecessor, link.successor} <= ids]
    before = {link.successor for link in links}
    after = {link.predecessor for link in links}
    assert ids - before == {"Depot.Survey", "Service.Routes"}
    assert ids - after == {"Depot.Snags", "Service.Launch"}


def test_estimates_lean_to_the_late_side(plan: Program) -> None:
    uncertain = [a for a in plan.activities if a.three_point]
    assert len(uncertain) > 40
    for activity in uncertain:
        points = activity.three_point
        assert points is not None
        assert points.most_likely == activity.duration
        assert points.pessimistic - points.most_likely >= points.most_likely - points.optimistic
    groups = [a.correlation_group for a in uncertain if a.correlation_group]
    assert all(groups.count(group) >= 3 for group in groups)
    assert sum(a.fixed_cost_estimate is not None for a in plan.activities) == 2
    assert sum(a.cost_per_day > 0 for a in plan.activities if not a.type.is_span) == 4


def test_resources_are_shared_and_one_specialist_is_wanted_in_three_places(
    plan: Program, schedule: pm.Schedule
) -> None:
    users = {
        resource.name: {
            a.project for a in plan.activities if resource.name in {r.resource for r in a.resources}
        }
        for resource in plan.network.resources
    }
    assert all(users.values())
    assert sum(len(projects) >= 2 for projects in users.values()) >= 5
    (specialist,) = (r for r in plan.network.resources if r.name == "Charging specialist")
    assert specialist.capacity == 1
    table = schedule.table
    on = date(2026, 6, 18)
    busy = [
        a.id
        for a in plan.activities
        if specialist.name in {r.resource for r in a.resources}
        and table.loc[a.id, "start_date"].date() <= on <= table.loc[a.id, "finish_date"].date()
    ]
    assert busy == ["Depot.Commission", "Fleet.ChargeTest", "Fleet.Mechanics"]


def test_there_are_two_calendars_with_the_same_holidays(plan: Program) -> None:
    city, site = plan.network.calendars
    assert city.exceptions == site.exceptions != ()
    assert city.hours_on(date(2026, 6, 6)) == 0 < site.hours_on(date(2026, 6, 6))
    assert {a.calendar for a in plan.activities} == {"", "Site"}


def test_risks_are_threats_and_opportunities_with_a_response_and_an_owner(plan: Program) -> None:
    risks = plan.network.risks
    assert {str(r.kind) for r in risks} == {"threat", "opportunity"}
    assert all(r.response and r.owner and r.response_cost is not None for r in risks)
    assert any(not r.activities and r.cost_impact for r in risks)
    assert any(len({id_.split(".")[0] for id_ in r.activities}) == 2 for r in risks)


def test_two_activities_have_a_date_of_their_own(plan: Program) -> None:
    dated = {a.id: a.constraint for a in plan.activities if a.constraint_date}
    assert dated == {
        "Depot.GridCable": ConstraintKind.START_NO_EARLIER_THAN,
        "Service.Launch": ConstraintKind.FINISH_NO_LATER_THAN,
    }
    assert plan["Service.Launch"].constraint_date == PROMISE.date()


def test_before_it_begins_it_has_neither_baseline_nor_progress(plan: Program) -> None:
    assert not any(a.has_progress for a in plan.activities)
    assert not any(a.baseline_start for a in plan.activities)
    assert plan.status == ()
    assert plan.settings.status_date is None
    assert pm.sample().settings.status_date == date(2026, 4, 30)
    assert plan.settings.currency == "EUR"


def test_it_takes_twenty_eight_weeks(schedule: pm.Schedule) -> None:
    assert (schedule.finish, schedule.finish_date) == (136, datetime(2026, 7, 27, 17))


def test_crash_costs_are_total_costs_at_the_crash_duration(plan: Program) -> None:
    crashable = [a for a in plan.activities if a.crash_duration is not None]
    assert len(crashable) >= 8
    for activity in crashable:
        assert activity.crash_duration is not None
        assert activity.crash_duration < activity.expected_duration
        assert activity.crash_cost is not None
        assert activity.crash_cost > make_sample._direct_cost(activity)


def test_the_launch_is_driven_through_two_projects(schedule: pm.Schedule) -> None:
    path = schedule.longest_path
    assert (path[0], path[-1]) == ("Service.Routes", "Service.Launch")
    assert {id_.split(".")[0] for id_ in path} == {"Fleet", "Service"}
    hands = [a.split(".")[0] != b.split(".")[0] for a, b in pairwise(path)]
    assert sum(hands) == 2
    assert set(path) <= set(schedule.critical_activities)


def test_depot_looks_safe_with_five_days_of_float(schedule: pm.Schedule) -> None:
    depot = schedule.table[schedule.table.index.str.startswith("Depot.")]
    assert depot["total_float"].min() == 5
    assert schedule["Fleet.Accept1"].total_float == 4


def test_five_days_more_in_depot_move_no_date_but_in_fleet_they_do(plan: Program) -> None:
    def finish(activity: str) -> float:
        late = pm.Scenario("late", (pm.Change(activity, duration="+5"),))
        return pm.critical_path(late.apply(plan)).finish

    assert finish("Depot.Commission") == 136
    assert finish("Fleet.Production1") == 141


def test_the_float_of_depot_vanishes_in_a_simulation(
    schedule: pm.Schedule, risk: pm.Simulation
) -> None:
    # Merge bias: the trial run waits for the latest of three chains (MacCrimmon & Ryavec, 1964).
    criticality = risk.table["criticality"]
    assert not schedule["Depot.Commission"].is_critical
    assert 0.25 < criticality["Depot.Commission"] < 0.55
    assert 0.4 < criticality["Fleet.Production1"] < 0.8
    assert criticality["Service.TrialRun"] > 0.9


def test_the_planned_date_is_hardly_possible_and_the_promised_one_likely(
    schedule: pm.Schedule, risk: pm.Simulation
) -> None:
    assert schedule.finish_date is not None
    assert risk.finish.probability(schedule.finish_date) < 0.05
    assert 0.55 < risk.finish.probability(PROMISE) < 0.85


def test_five_days_more_in_depot_make_the_promise_less_sure(
    plan: Program, risk: pm.Simulation
) -> None:
    late = pm.Scenario("late", (pm.Change("Depot.Commission", duration="+5"),)).apply(plan)
    after = pm.simulate(late, trials=4000, seed=7).finish.probability(PROMISE)
    assert after < risk.finish.probability(PROMISE) - 0.05
