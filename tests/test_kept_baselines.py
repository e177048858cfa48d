"""Earlier baselines are kept, and earned value can be measured against each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.kept_baselines import as_approved, with_kept_baseline
from pmkit.files import read_bytes, to_json
from pmkit.model.activity import Activity
from pmkit.model.baseline import Planned
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly


def _plan() -> Project:
    plan = Project(
        (Activity("A", 10, cost_per_day=100, percent_complete=50, actual_start=0),
         Activity("B", 1, fixed_cost=500)),
        settings=Settings(status_date=5, contingency=150),
    )  # fmt: skip
    return set_baseline(plan)


def _longer(plan: Project) -> Project:
    longer = replace(plan.activities[0], duration=12.0)
    return replace(plan, activities=(longer, *plan.activities[1:]))


def test_the_old_one_is_kept_and_progress_is_measured_against_both() -> None:
    plan = set_baseline(_longer(_plan()), keep=True, reason="a second door")
    (kept,) = plan.control.baselines
    assert (kept.name, kept.reason, kept.replaced, kept.contingency) == (
        "baseline 1", "a second door", 5, 150)  # fmt: skip
    assert kept.activities["A"] == Planned(0.0, 10.0, 1000.0)
    now, before = earned_value(plan), earned_value(plan, baseline="baseline 1")
    assert (now.bac, before.bac) == (1850, 1650)
    assert now.planned_duration == 11  # half of 12 days remain
    assert before.planned_duration == 10
    assert before.ev == pytest.approx(500 * 1.1)


def test_each_gets_the_next_name_and_the_oldest_stands_first() -> None:
    plan = _plan()
    for days in (12.0, 13.0):
        changed = replace(plan.activities[0], duration=days)
        plan = replace(plan, activities=(changed, plan.activities[1]))
        plan = set_baseline(plan, keep=True)
    assert [b.name for b in plan.control.baselines] == ["baseline 1", "baseline 2"]
    assert (
        plan.control.baseline("baseline 2").activities["A"].finish == 11
    )  # half of 12 days remain


def test_without_a_baseline_there_is_nothing_to_keep() -> None:
    bare = Project((Activity("A", 3),))
    assert with_kept_baseline(bare) is bare
    assert set_baseline(bare, keep=True).control.baselines == ()


def test_a_program_keeps_it_for_all_of_its_projects() -> None:
    members = [replace(_plan(), members=(ProjectInfo(i),)) for i in "PQ"]
    program = set_baseline(Program(tuple(members), settings=Settings(status_date=5)), keep=True)
    kept = program.control.baseline("baseline 1")
    assert list(kept.activities) == ["P.A", "P.B", "Q.A", "Q.B"]
    assert kept.contingency == 300
    assert earned_value(program, baseline="baseline 1").bac == pytest.approx(3300)


def test_what_an_old_baseline_does_not_know_has_none() -> None:
    plan = set_baseline(_longer(_plan()), keep=True)
    more = replace(plan, activities=(*plan.activities, Activity("C", 2, fixed_cost=70)))
    before = as_approved(more, "baseline 1")
    assert before["C"].baseline_finish is None
    assert earned_value(more, baseline="baseline 1").bac == 1650


def test_one_that_was_not_kept_is_refused() -> None:
    with pytest.raises(PlanError, match=exactly(
        "baseline: must be one of those that were kept (none), got 'first'"
    )):  # fmt: skip
        earned_value(_plan(), baseline="first")


def test_it_survives_a_file() -> None:
    dated = Project((Activity("A", 3, fixed_cost=5),), settings=Settings(start=date(2026, 1, 5)))
    plan = set_baseline(set_baseline(dated), keep=True, at=date(2026, 1, 6), reason="=1+1")
    again = read_bytes("plan.json", to_json(plan))
    assert again.control == plan.control
