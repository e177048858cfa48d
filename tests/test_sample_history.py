"""At its status date the sample program tells a story, and each part of it is in the numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

import pmkit as pm
from pmkit.model.moments import as_datetime
from pmkit.model.program import Program
from tools.sample_progress import REPORTS

PROMISE = datetime(2026, 8, 21, 17)


@pytest.fixture(scope="module")
def program() -> Program:
    plan = pm.sample()
    assert isinstance(plan, Program)
    return plan


@pytest.fixture(scope="module")
def plan() -> Program:
    before = pm.sample(progress=False)
    assert isinstance(before, Program)
    return before


@pytest.fixture(scope="module")
def now(program: Program) -> pm.Schedule:
    return pm.critical_path(program)


@pytest.fixture(scope="module")
def status(program: Program) -> pm.EarnedValue:
    return pm.earned_value(program)


def finish_by(program: Program, rule: str) -> float:
    ruled = pm.Scenario(rule, (pm.Change("settings", progress=rule),)).apply(program)
    return pm.critical_path(ruled).finish


def test_the_baseline_is_the_plan_as_approved(program: Program, plan: Program) -> None:
    approved = pm.set_baseline(plan)
    for activity in program.activities:
        saved = approved[activity.id]
        assert activity.baseline_start == saved.baseline_start
        assert activity.baseline_finish == saved.baseline_finish
        assert activity.baseline_cost == saved.baseline_cost


def test_without_progress_nothing_else_is_different(program: Program, plan: Program) -> None:
    assert plan.dependencies == program.dependencies
    assert [a.duration for a in plan.activities] == [a.duration for a in program.activities]
    assert plan.network.risks == program.network.risks


def test_every_actual_date_is_a_working_day_up_to_the_status_date(program: Program) -> None:
    calendars = {c.name: c for c in program.network.calendars}
    for activity in program.activities:
        calendar = calendars[activity.calendar or program.settings.calendar]
        for moment in (activity.actual_start, activity.actual_finish):
            if moment is not None:
                assert as_datetime(moment) <= datetime(2026, 4, 30, 17)
                assert calendar.hours_on(as_datetime(moment).date()) > 0, activity.id


def test_the_launch_is_seven_days_later_than_approved(now: pm.Schedule) -> None:
    assert (now.finish, now.finish_date) == (143, datetime(2026, 8, 5, 17))
    assert now.status_date == datetime(2026, 4, 30, 17)


def test_the_project_that_had_float_drives_the_launch_and_the_one_that_drove_has_it(
    now: pm.Schedule,
) -> None:
    path = now.longest_path
    assert path[:2] == ("Depot.ChargerOrder", "Depot.Chargers")
    assert path[-4:] == ("Depot.Handover", "Service.TrialRun", "Service.Licence", "Service.Launch")
    assert not any(id_.startswith("Fleet.") for id_ in now.critical_activities)
    assert now["Fleet.Production1"].total_float == 7


def test_one_activity_is_out_of_sequence_and_the_rule_decides_four_days(
    program: Program, now: pm.Schedule
) -> None:
    (found,) = now.out_of_sequence
    assert (found.predecessor, found.successor) == ("Depot.ChargerOrder", "Depot.Chargers")
    assert finish_by(program, "retained_logic") == 143
    assert finish_by(program, "progress_override") == 139


def test_the_groundworks_are_nearly_done_but_six_days_remain_and_the_budget_is_gone(
    program: Program, now: pm.Schedule, status: pm.EarnedValue
) -> None:
    works = program["Depot.Groundworks"]
    assert works.percent_complete == 90
    assert works.duration * 0.1 == pytest.approx(1.8)  # what the percentage says
    assert works.remaining == 6
    assert _finish(now, "Depot.Groundworks") == datetime(2026, 5, 8, 17)
    row = status.activities.loc["Depot.Groundworks"]
    assert row["ac"] > 1.5 * row["bac"]
    over = -status.activities["cv"]
    assert over.idxmax() == "Depot.Groundworks"
    assert over.drop("Depot.Groundworks").max() < 10_000


def test_fleet_is_on_time_and_yet_depot_moves_its_charging_test(
    program: Program, now: pm.Schedule
) -> None:
    fleet = _baseline_finish(program, "Fleet")
    late = {id_ for id_, baseline in fleet.items() if _finish(now, id_) > baseline}
    assert late == {"Fleet.ChargeTest", "Fleet.Accept1"}
    assert now["Fleet.ChargeTest"].early_start == now["Depot.Energise"].early_finish + 2


def test_service_is_ahead_where_it_has_float_and_this_moves_nothing(
    program: Program, now: pm.Schedule, status: pm.EarnedValue
) -> None:
    service = _baseline_finish(program, "Service")
    ahead = {id_ for id_, baseline in service.items() if _finish(now, id_) < baseline}
    assert {"Service.Stops", "Service.Roster", "Service.Publish"} <= ahead
    approved = pm.critical_path(pm.sample(progress=False))
    assert min(approved[a].total_float for a in ahead) >= 34
    assert status.by("project").loc["Service", "spi"] > 1


def test_the_program_costs_a_little_more_and_is_later_in_time_than_in_money(
    status: pm.EarnedValue,
) -> None:
    assert 0.93 < status.cpi < 0.97
    assert 0.92 < status.spi < 0.96
    assert 0.80 < status.spi_t < 0.87
    # one large order, for the buses, is most of what was earned
    assert status.activities.loc["Fleet.Production1", "ev"] > 0.6 * status.ev


def test_each_seat_reads_another_story(status: pm.EarnedValue) -> None:
    projects = status.by("project")
    assert projects.loc["Depot", "cpi"] < 0.85
    assert projects.loc["Depot", "spi"] < 0.8
    assert 1 < projects.loc["Fleet", "cpi"] < 1.05
    assert projects.loc["Fleet", "spi"] == pytest.approx(1, abs=0.01)
    assert projects.loc["Service", "cpi"] == pytest.approx(1, abs=0.01)
    assert projects[["ev", "ac", "pv"]].sum().tolist() == pytest.approx(
        [status.ev, status.ac, status.pv]
    )


def test_forecasts_in_money_and_in_time_do_not_agree_on_the_promise(
    status: pm.EarnedValue,
) -> None:
    assert status.eac_t_date("pv_spi") < PROMISE < status.eac_t_date("es_spi_t")


def test_methods_of_earning_are_mixed(program: Program) -> None:
    methods = {a.ev_method for a in program.activities}
    assert {"", "0/100", "50/50", "80/20", "100/0", "milestones 20 30 50",
            "level_of_effort"} == methods  # fmt: skip


def test_each_project_has_a_level_of_effort_that_drives_nobody(
    program: Program, plan: Program, now: pm.Schedule
) -> None:
    spans = [a for a in program.activities if a.type.is_span]
    assert [a.project for a in spans] == ["Depot", "Fleet", "Service"]
    assert not {a.id for a in spans} & set(now.critical_activities)
    table = pm.critical_path(plan).table
    for activity in spans:
        # its budget is right because its duration is what it spans in the approved plan
        span = table.loc[activity.id, "finish"] - table.loc[activity.id, "start"]
        assert activity.duration == span
        assert activity.ev_method == "level_of_effort"
        reported = program[activity.id].remaining  # by whom it is paid: what it spans now
        assert reported == now[activity.id].early_finish - 77
        longer = pm.Scenario("longer", (pm.Change(activity.id, duration="+50"),)).apply(program)
        assert pm.critical_path(longer).finish == now.finish


def test_the_status_sheet_is_what_the_dates_give_and_ends_with_the_activities(
    program: Program, status: pm.EarnedValue
) -> None:
    series = program.status
    assert [point.date.isoformat()[5:] for point in series] == list(REPORTS)
    assert series[-1].date == program.settings.status_date
    last = series[-1]
    reported = pm.earned_value(replace(program, status=()))
    assert (last.pv, last.ev, last.ac) == pytest.approx((reported.pv, reported.ev, reported.ac))
    assert (status.pv, status.ev, status.ac) == pytest.approx((last.pv, last.ev, last.ac))
    for name in ("pv", "ev", "ac"):
        values = [getattr(point, name) for point in series]
        assert values == sorted(values)
    assert status.notes == ()


def test_seven_days_late_is_what_the_simulation_expected_in_january(
    program: Program, plan: Program, now: pm.Schedule
) -> None:
    risk = pm.simulate(plan, trials=4000, seed=7)
    later = pm.simulate(program, trials=4000, seed=7)
    assert now.finish < risk.finish.quantile(0.5)
    before, after = risk.finish.probability(PROMISE), later.finish.probability(PROMISE)
    assert after == pytest.approx(before, abs=0.05)
    assert _criticality(later) > 0.7 > 0.5 > _criticality(risk)
    assert later.finish.std() < risk.finish.std()


def _baseline_finish(program: Program, project: str) -> dict[str, Any]:
    return {a.id: a.baseline_finish for a in program.activities if a.project == project}


def _finish(schedule: pm.Schedule, id_: str) -> datetime:
    moment = schedule.table.loc[id_, "finish_date"]
    assert isinstance(moment, datetime)
    return moment


def _criticality(simulation: pm.Simulation) -> float:
    return float(simulation.table.loc["Depot.Chargers", "criticality"])
