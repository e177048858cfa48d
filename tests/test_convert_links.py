"""Links of a project tool, summaries, and tasks that others keep, from facts typed here."""

from __future__ import annotations

import pytest

import pmkit as pm
from pmkit.model.errors import PlanError
from tests.project_files import calendar, link, noted, plan_of, task


def texts(plan: pm.Plan) -> list[str]:
    return [str(dependency) for dependency in plan.dependencies]


def test_lags_keep_their_units() -> None:
    plan = plan_of(
        task(1, 4), task(2, 1),
        relations=[link(1, 2, lag=720), link(1, 2, "SS", 25, "percent"),
                   link(1, 2, "FF", 2 * 1440, "elapsed"), link(1, 2, "SF", -240)],
    )  # fmt: skip
    assert texts(plan) == [
        "1 -> 2 (FS+1.5)", "1 -> 2 (SS+25%)", "1 -> 2 (FF+2ed)", "1 -> 2 (SF-0.5)",
    ]  # fmt: skip


def test_elapsed_percent_becomes_elapsed_days_and_is_told() -> None:
    plan = plan_of(task(1, 6), task(2, 1), relations=[link(1, 2, "FS", 50, "elapsed_percent")])
    assert texts(plan) == ["1 -> 2 (FS+1ed)"]  # half of 48 hours
    assert noted(plan, "elapsed percent")


def summary(uid: int, **more: object) -> dict[str, object]:
    return {"uid": uid, "name": f"Phase {uid}", "summary": True, "active": True, **more}


def test_summaries_are_labels_and_their_links_hold_for_what_stands_under_them() -> None:
    plan = plan_of(
        summary(1, wbs="1"), task(2, 2, parent=1, wbs="1.1"), task(3, 1, parent=1, wbs="1.2"),
        task(4, 1, parent=1, wbs="1.3"),
        summary(5, wbs="2"), task(6, 1, parent=5, wbs="2.1"), task(7, 1, parent=5, wbs="2.2"),
        relations=[link(2, 3), link(1, 5), link(6, 7)],
    )  # fmt: skip
    assert [a.id for a in plan.activities] == ["2", "3", "4", "6", "7"]
    assert texts(plan) == ["2 -> 3 (FS)", "3 -> 6 (FS)", "4 -> 6 (FS)", "6 -> 7 (FS)"]
    assert plan.sheets["wbs"] == ({"wbs": "1", "name": "Phase 1"}, {"wbs": "2", "name": "Phase 5"})
    assert plan["3"].wbs == "1.2"
    assert noted(plan, "1 link of summary rows", "Phase 1 [1] -> Phase 5 [5]")


def test_the_start_of_a_summary_is_that_of_its_first_activity_in_the_file() -> None:
    plan = plan_of(
        summary(1), task(2, 2, parent=1, early_start="2026-03-04T08:00"),
        task(3, 1, parent=1, early_start="2026-03-02T08:00"), task(4, 1),
        relations=[link(1, 4, "SS", 480)],
    )  # fmt: skip
    assert texts(plan) == ["3 -> 4 (SS+1)"]
    assert noted(plan, "start of a summary", "from 3")


def test_a_date_of_a_summary_holds_for_what_stands_under_it() -> None:
    plan = plan_of(
        summary(1, constraint="START_NO_EARLIER_THAN", constraint_date="2026-03-09T08:00"),
        task(2, 2, parent=1),
        task(3, 1, parent=1, constraint="MUST_FINISH_ON", constraint_date="2026-03-20T17:00"),
    )
    assert plan["2"].constraint == "start_no_earlier_than"
    assert noted(plan, "summary 'Phase 1'", "given to what stands under it", "Task 2")
    assert noted(plan, "summary 'Phase 1'", "left out", "Task 3")


def test_inactive_tasks_are_left_out_with_their_links() -> None:
    plan = plan_of(
        task(1, 2), task(2, 1, active=False), task(3, 1),
        summary(4, active=False), task(5, 1, parent=4),
        relations=[link(1, 2), link(2, 3)],
    )  # fmt: skip
    assert [a.id for a in plan.activities] == ["1", "3"]
    assert not plan.dependencies
    assert noted(plan, "2 inactive tasks left out", "Task 2, Task 5")


def test_blank_rows_are_nothing() -> None:
    assert len(plan_of(task(1, 2), {"uid": 2, "null": True}).activities) == 1


def test_a_manual_task_stays_where_it_is_and_links_that_do_not_hold_are_told() -> None:
    plan = plan_of(
        task(1, 5, start="2026-03-02T08:00", finish="2026-03-06T17:00"),
        task(2, 1, start="2026-03-02T08:00", finish="2026-03-02T17:00"),
        task(3, 9, mode="MANUALLY_SCHEDULED", start="2026-03-03T08:00", finish="2026-03-04T17:00"),
        relations=[link(1, 3), link(2, 3)],
    )
    table = pm.critical_path(plan).table
    assert str(table.loc["3", "early_start_date"]) == "2026-03-03 08:00:00"
    assert str(table.loc["3", "early_finish_date"]) == "2026-03-04 17:00:00"
    assert texts(plan) == ["2 -> 3 (FS)"]
    assert noted(plan, "Manually scheduled", "3 (Task 3)")
    assert noted(plan, "1 link left out", "1 -> 3 (FS)")


def test_a_manual_task_may_stand_before_the_project_start_and_nothing_else_does() -> None:
    plan = plan_of(
        task(1, 5, mode="MANUALLY_SCHEDULED", start="2026-02-23T08:00", finish="2026-02-27T17:00"),
        task(2, 1), task(3, 1), relations=[link(1, 3)],
    )  # fmt: skip
    starts = pm.critical_path(plan).table["early_start_date"].astype(str).tolist()
    assert [day[:10] for day in starts] == ["2026-02-23", "2026-03-02", "2026-03-02"]
    assert noted(plan, "before the project start, 2026-03-02 08:00", "Task 1")


def test_a_task_of_another_file_keeps_its_dates() -> None:
    plan = plan_of(
        task(1, 2, external=True, start="2026-03-10T08:00", finish="2026-03-11T17:00"),
        task(2, 1), relations=[link(1, 2)],
    )  # fmt: skip
    assert str(pm.critical_path(plan).table.loc["2", "early_start_date"]) == "2026-03-12 08:00:00"
    assert noted(plan, "another file", "Task 1")


def test_links_that_lead_nowhere_are_told() -> None:
    plan = plan_of(task(1, 1), relations=[link(1, 1), link(9, 1)])
    assert noted(plan, "Links of a task to itself", "1")
    assert noted(plan, "tasks that the file does not hold", "9 -> 1")


def test_a_cycle_is_named() -> None:
    with pytest.raises(PlanError, match="dependencies form a cycle: 1 -> 2 -> 1"):
        plan_of(task(1, 1), task(2, 1), relations=[link(1, 2), link(2, 1)])


def test_spanning_activities_of_primavera_keep_their_kind() -> None:
    plan = plan_of(
        task(1, 4, id="A", remaining_duration=1920.0),
        task(2, 1, id="L", activity_type="LEVEL_OF_EFFORT", remaining_duration=480.0),
        task(3, 1, id="W", activity_type="WBS_SUMMARY", remaining_duration=480.0),
        tool="XER", relations=[link(1, 2, "SS"), link(1, 2, "FF")],
    )  # fmt: skip
    assert [a.type for a in plan.activities] == ["activity", "level_of_effort", "wbs_summary"]
    assert plan["L"].ev_method == "level_of_effort"
    assert pm.critical_path(plan)["L"].early_finish == 4


def test_several_projects_are_a_program_with_links_between_them() -> None:
    def project(uid: int, id_: str, *tasks: dict[str, object], **more: object) -> dict[str, object]:
        return {"source": {"type": "XER"}, "tasks": list(tasks),
                "calendars": [calendar(1, "Standard"), calendar(2, "Site")],
                "project": {"uid": uid, "id": id_, "name": id_, "start": "2026-03-02T08:00",
                            "calendar": 1, "minutes_per_day": 480,
                            "total_slack": "FINISH_SLACK"} | more.pop("options", {}),
                **more}  # fmt: skip

    from pmkit.files.tools.convert import to_plan

    first = project(7, "DEPOT", task(1, 5, id="A", remaining_duration=2400.0))
    second = project(
        8, "FLEET", task(2, 1, id="A", calendar=2, remaining_duration=480.0),
        relations=[link(1, 2, predecessor_project=7)], options={"total_slack": "START_SLACK"},
    )  # fmt: skip
    empty = project(9, "NONE")
    program = to_plan({**first, "others": [second, empty]}, "both.xer")
    assert isinstance(program, pm.Program)
    assert [p.id for p in program.projects] == ["DEPOT", "FLEET"]
    assert texts(program) == ["DEPOT.A -> FLEET.A (FS)"]
    assert pm.critical_path(program)["FLEET.A"].early_start == 5
    assert noted(program, "'FLEET'", "total_float is 'finish'")
    assert noted(program, "1 project left out", "NONE")
