"""The sample program has what a program manager decides on: benefits, candidates, who may decide.

What the three projects do by themselves is in `test_sample` and `test_sample_history`.
"""

from __future__ import annotations

from collections import Counter

import pytest

import pmkit as pm
from pmkit.model.benefit import EnablerRule
from pmkit.model.program import Program
from pmkit.model.yearly import yearly
from tools import make_sample


@pytest.fixture(scope="module")
def plan() -> Program:
    program = pm.sample()
    assert isinstance(program, Program)
    return program


def test_money_counts_once_and_adds_up_to_what_the_projects_were_approved_with(
    plan: Program,
) -> None:
    running = {project.id for project in plan.projects}
    total: Counter[int | None] = Counter()
    for benefit in plan.strategy.benefits:
        if set(benefit.enablers) <= running:
            total.update(yearly(benefit.money, "benefit"))
    for project in plan.projects:
        total.update(yearly(project.members[0].money, "benefit"))
    assert total == {2026: 240_000, 2027: 1_780_000, 2028: 1_950_000, 2029: 1_950_000}


def test_only_one_running_project_has_a_benefit_of_its_own(plan: Program) -> None:
    own = [p.id for p in plan.projects if yearly(p.members[0].money, "benefit")]
    assert own == ["Depot"]


def test_benefits_need_several_projects_in_every_way(plan: Program) -> None:
    benefits = plan.strategy.benefits
    assert {one.rule for one in benefits if len(one.enablers) > 1} == set(EnablerRule)
    assert [one.id for one in benefits if not one.owner] == ["Health"]
    assert [one.id for one in benefits if sum(one.money.values()) < 0] == ["Parking"]
    assert plan.strategy.benefit("Parking").realised == {2026: -12_000}
    assert {o for one in benefits for o in one.objectives} == {"Air", "Riders", "Money"}


def test_every_outcome_comes_from_outputs_that_a_project_delivers(plan: Program) -> None:
    delivered = [output for info in plan.members for output in info.delivers]
    assert {o for one in plan.strategy.outcomes for o in one.outputs} <= set(delivered)
    twice = {output for output in delivered if delivered.count(output) > 1}
    assert twice == {"Ticket readers in every bus"}
    used = {id_ for one in plan.strategy.benefits for id_ in one.outcomes}
    assert used == {one.id for one in plan.strategy.outcomes}


def test_candidates_limit_each_other_in_every_way(plan: Program) -> None:
    candidates = plan.candidates
    assert len(candidates) == 8
    assert [info.id for info in candidates if info.mandatory] == ["Shelters"]
    assert [info.id for info in candidates if info.excludes] == ["Ticketing", "Cards"]
    assert plan.member("LineNine").requires == ("Depot", "Fleet", "Training")
    assert [info.id for info in candidates if info.smallest_share] == ["Priority"]
    assert [info.id for info in candidates if info.may_wait] == ["Solar", "Storage", "LineNine"]
    assert all(info.sponsor and info.delivers and yearly(info.money, "benefit")
               for info in candidates)  # fmt: skip
    (group,) = plan.groups
    assert repr(group) == "Group Tickets: at least 1 of Ticketing, Cards"


def test_the_specialist_has_fewer_days_next_year_than_all_ask_for(plan: Program) -> None:
    told = {one.project: one.days for one in plan.people}
    there = told.pop("")
    asked: Counter[int | None] = Counter()
    for days in told.values():
        asked.update(days)
    assert asked[2026] <= there[2026]
    assert asked[2027] > there[2027]
    network = plan.network
    for project in ("Depot", "Fleet"):
        planned = sum(
            one.units * activity.expected_duration
            for activity in network.activities
            for one in activity.resources
            if activity.project == project and one.resource == "Charging specialist"
        )
        assert told[project] == {2026: planned}


def test_who_may_decide_goes_up_from_the_project_manager_to_the_board(plan: Program) -> None:
    levels = plan.governance.authority
    assert [level.role for level in levels] == [
        "project manager", "program manager", "sponsor", "portfolio board"]  # fmt: skip
    for column in ("cost", "days", "benefit"):
        limits = [getattr(level, column) for level in levels]
        assert limits[:-1] == sorted(limits[:-1])
        assert limits[-1] is None


def test_each_running_project_has_a_gate_in_2026_before_what_it_decides(plan: Program) -> None:
    gates = {gate.project: gate for gate in plan.governance.gates}
    assert set(gates) == {"Depot", "Fleet", "Service"}
    table = pm.critical_path(plan).table
    for project, activity in (
        ("Fleet", "Fleet.Production2"), ("Depot", "Depot.Install"), ("Service", "Service.TrialRun"),
    ):  # fmt: skip
        start = table.loc[activity, "start_date"].date()
        assert plan.settings.status_date < gates[project].date <= start


def test_decisions_were_taken_before_the_status_date_and_one_has_come_true(plan: Program) -> None:
    decisions = plan.governance.decisions
    status = plan.settings.status_date
    assert all(one.date < status and one.known for one in decisions)  # type: ignore[operator]
    assert [one.id for one in decisions if one.realised is not None] == ["D3"]
    roles = {level.role for level in plan.governance.authority}
    assert {one.decided_by for one in decisions} <= roles


def test_some_stakeholders_have_not_heard_for_too_long(plan: Program) -> None:
    status = plan.settings.status_date
    late = [
        one.id
        for one in plan.governance.stakeholders
        if one.cadence_days and (status - one.last_told).days > one.cadence_days  # type: ignore[operator]
    ]
    assert late == ["Ministry", "Shops"]
    ids = {info.id for info in plan.members} | {b.id for b in plan.strategy.benefits}
    ids |= {one.id for one in plan.strategy.objectives}
    assert {id_ for one in plan.governance.stakeholders for id_ in one.concerns} <= ids


def test_fleet_leads_and_a_course_serves_no_objective(plan: Program) -> None:
    found = pm.align(plan)
    assert list(found.table.index[:3]) == ["Fleet", "Service", "LineNine"]
    assert found.orphans == ("Training",)
    assert found.unserved == ()


def test_the_maker_of_the_sample_is_the_source_of_every_sheet(plan: Program) -> None:
    made = make_sample.program()
    assert plan.strategy == made.strategy
    assert plan.governance == made.governance
