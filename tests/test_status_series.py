"""Status series: read between their dates, and refused in sentences that say where."""

from __future__ import annotations

from datetime import date
from math import inf, nan

import numpy as np
import pytest

from pmkit.analysis.earning.earned_value import earned_value
from pmkit.files import read
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings, StatusPoint
from tests.earned_plans import planned, undated
from tests.wording import exactly

JAN, FEB, MAR = date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 31)
DATED = Settings(start=date(2026, 1, 5))


def broken(*points, settings=DATED, sentence, more=()):
    plan = Project.from_table([("A", 10, "")], status=points, settings=settings)
    with pytest.raises(PlanError, match=exactly(sentence, *more)):
        earned_value(plan)


@pytest.mark.parametrize("name", ["pv", "ev", "ac"])
def test_a_cumulative_series_must_not_fall(name):
    first, second = {"pv": 100.0, "ev": 90.0, "ac": 80.0}, {"pv": 150.0, "ev": 95.0, "ac": 85.0}
    second[name] = 40.5
    sentence = (
        f"status 2026-02-27: {name} is cumulative and must not fall, got 40.5 after "
        f"{first[name]:g} on 2026-01-30"
    )
    broken(StatusPoint(JAN, **first), StatusPoint(FEB, **second), sentence=sentence)


def test_it_must_not_fall_across_a_gap_either():
    broken(
        StatusPoint(JAN, pv=10, ev=9), StatusPoint(FEB, pv=20), StatusPoint(MAR, pv=30, ev=8),
        sentence="status 2026-03-31: ev is cumulative and must not fall, got 8 after 9 on "
        "2026-01-30",
    )  # fmt: skip


def test_what_rounding_takes_is_no_fall():
    points = (StatusPoint(JAN, 1e9, 1e9, 1e9), StatusPoint(FEB, 1e9, 1e9 - 0.5, 1e9))
    plan = Project.from_table([("A", 10, "")], status=points, settings=DATED)
    assert earned_value(plan).ev == 1e9 - 0.5


@pytest.mark.parametrize("value", [nan, inf, -1.0])
def test_values_are_finite_amounts(value):
    broken(
        StatusPoint(JAN, pv=10, ev=value),
        sentence=f"status 2026-01-30: ev must be a finite amount >= 0, got {value!r}",
    )


def test_dates_increase_and_come_once():
    broken(
        StatusPoint(FEB, pv=10, ev=1), StatusPoint(JAN, pv=20, ev=2),
        sentence="status 2026-01-30: dates must increase, this one comes after 2026-02-27",
    )  # fmt: skip
    broken(
        StatusPoint(JAN, pv=10, ev=1), StatusPoint(JAN, pv=20, ev=2),
        sentence="status 2026-01-30: each date must come once, came more than once",
    )  # fmt: skip


def test_nothing_happens_before_the_start():
    early = StatusPoint(date(2025, 12, 31), pv=10, ev=1)
    broken(early, sentence="status 2025-12-31: must not be before the start of the plan")
    nothing = StatusPoint(date(2025, 12, 31), pv=0, ev=0, ac=0)
    plan = Project.from_table(
        [("A", 10, "")], status=(nothing, StatusPoint(JAN, pv=10, ev=9)), settings=DATED
    )
    assert len(earned_value(plan).table) == 1


def test_nobody_earns_more_than_the_budget():
    plan = undated(planned("A", 0, 10, 100), status=(StatusPoint(4, ev=120, ac=80),))
    sentence = "status 4: ev must not exceed the budget at completion, 100, got 120"
    with pytest.raises(PlanError, match=exactly(sentence)):
        earned_value(plan)


def test_dates_fit_the_plan():
    broken(StatusPoint(4.0, pv=10),
           sentence="status 4.0: must be a date, as the plan has a start date")  # fmt: skip
    broken(StatusPoint(JAN, pv=10, ev=9), settings=Settings(status_date=4.0),
           sentence="status 2026-01-30: is a date, so the plan needs a start date too, got none",
           )  # fmt: skip
    broken(StatusPoint(nan, pv=10), settings=Settings(),
           sentence="status nan: must be a finite number of working days in an undated plan",
           )  # fmt: skip


def test_every_problem_comes_at_once():
    broken(
        StatusPoint(JAN, pv=20, ev=9), StatusPoint(FEB, pv=10, ev=8),
        sentence="status 2026-02-27: pv is cumulative and must not fall, got 10 after 20 on "
        "2026-01-30",
        more=("status 2026-02-27: ev is cumulative and must not fall, got 8 after 9 on 2026-01-30",
              ),
    )  # fmt: skip


def test_a_series_from_a_file_names_the_row_of_its_sheet(tmp_path):
    (tmp_path / "activities.csv").write_text("id,duration\nA,10\n", "utf-8")
    (tmp_path / "settings.csv").write_text("key,value\nstart,2026-01-05\n", "utf-8")
    rows = "date,pv,ev,ac\n2026-01-30,10,9,9\n\n2026-02-27,20,5,12\n"
    (tmp_path / "status.csv").write_text(rows, "utf-8")
    sentence = (
        "status row 4, status 2026-02-27: ev is cumulative and must not fall, got 5 after 9 on "
        "2026-01-30"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        earned_value(read(tmp_path))


def test_between_its_dates_a_series_is_linear_in_working_time_and_0_at_the_start():
    points = (StatusPoint(2, pv=10, ev=8, ac=8), StatusPoint(6, pv=30, ev=20, ac=28))
    plan = Project.from_table([("A", 10, "")], status=points)
    found = earned_value(plan, at=[0, 1, 2, 4, 6]).table
    assert found["pv"].tolist() == pytest.approx([0, 5, 10, 20, 30])
    assert found["ev"].tolist() == pytest.approx([0, 4, 8, 14, 20])
    assert found["ac"].tolist() == pytest.approx([0, 4, 8, 18, 28])


def member(id_, *points):
    return Project.from_table([("A", 10, "")], members=(ProjectInfo(id_),), status=points)


def test_the_series_of_a_program_is_the_sum_of_its_projects():
    one = member("P", StatusPoint(2, 10, 8, 9), StatusPoint(4, 20, 18, 19))
    other = member("Q", StatusPoint(2, 100, 80, 90), StatusPoint(6, 300, 200, 280))
    found = earned_value(Program((one, other))).table
    assert found.index.tolist() == [2, 4, 6]
    assert found["pv"].tolist() == pytest.approx([110, 220, 320])
    assert found["ev"].tolist() == pytest.approx([88, 158, 218])
    assert found["ac"].tolist() == pytest.approx([99, 204, 299])


def test_a_program_of_which_one_project_has_no_series_says_so():
    sentence = (
        "status: the series of a program is the sum of its projects', so each must have one; "
        "none came for 'Q'"
    )
    with pytest.raises(PlanError, match=exactly(sentence)):
        earned_value(Program((member("P", StatusPoint(2, 10, 8, 9)), member("Q"))))


def test_planned_value_ahead_of_the_last_report_makes_the_plan_whole():
    points = (StatusPoint(2, 10, 8, 9), StatusPoint(4, 20), StatusPoint(6, 40))
    status = earned_value(Project.from_table([("A", 10, "")], status=points))
    assert status.table.index.tolist() == [2]
    assert status.bac == 40
    assert status.planned_duration == 6
    assert np.isfinite(status.eac_t())
