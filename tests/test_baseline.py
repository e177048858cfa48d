"""Saving the schedule as the baseline."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pmkit.analysis.cost import direct_cost
from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.activity import Activity
from pmkit.model.dependency import Dependency
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings


def test_the_baseline_is_the_schedule_and_the_direct_cost():
    build = Activity("Build", 3, fixed_cost=50, cost_per_day=100)
    plan = Project((build, Activity("Test", 2)), (Dependency("Build", "Test"),),
                   Settings(start=date(2026, 1, 8)))  # fmt: skip
    saved = set_baseline(plan)
    assert saved["Build"].baseline_start == datetime(2026, 1, 8, 8)
    assert saved["Build"].baseline_finish == datetime(2026, 1, 12, 17)
    assert saved["Build"].baseline_cost == 350
    assert saved["Test"].baseline_start == datetime(2026, 1, 13, 8)
    assert plan["Build"].baseline_start is None


def test_an_undated_baseline_counts_working_days():
    saved = set_baseline(Project.from_table([("A", 3, ""), ("B", 2, "A")]))
    assert (saved["B"].baseline_start, saved["B"].baseline_finish) == (3, 5)


def test_a_program_keeps_the_baseline_with_its_projects():
    def member(id_):
        return Project((Activity("A", 4, cost_per_day=10),), members=(ProjectInfo(id_),))

    program = Program((member("P"), member("Q")), (Dependency("P.A", "Q.A"),))
    saved = set_baseline(program)
    assert saved.project("Q")["A"].baseline_start == 4
    assert earned_value(saved, at=6).table["pv"].tolist() == [60]


def test_a_new_baseline_replaces_the_old_one_and_reaches_the_budget():
    old = Activity("A", 4, cost_per_day=10, baseline_start=7.0, baseline_finish=9.0,
                   baseline_cost=1.0)  # fmt: skip
    saved = set_baseline(Project((old,)))
    assert (saved["A"].baseline_start, saved["A"].baseline_cost) == (0, 40)
    status = earned_value(saved, at=4)
    assert status.pv == status.bac == pytest.approx(direct_cost(saved).total)


def test_a_project_that_leaves_its_start_to_the_program_gets_dates_too():
    project = Project((Activity("A", 4, cost_per_day=10),), members=(ProjectInfo("P"),))
    program = Program((project,), settings=Settings(start=date(2026, 1, 5)))
    saved = set_baseline(program)
    assert saved["P.A"].baseline_finish == datetime(2026, 1, 8, 17)
    assert critical_path(saved).finish_date == critical_path(program).finish_date
