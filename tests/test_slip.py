"""Slip: working days between a baseline and what is planned now."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.scheduling.slip import slip
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings

START = date(2026, 3, 2)  # a Monday


def dated(**saved: object) -> Project:
    """One activity of three days from Monday 2 March 2026."""
    return Project((Activity("A", 3, **saved),), settings=Settings(start=START))  # type: ignore[arg-type]


def test_a_weekend_between_baseline_and_now_is_not_slip():
    plan = Project(
        (Activity("A", 6, baseline_start=START, baseline_finish=date(2026, 3, 6)),),
        settings=Settings(start=START),
    )

    found = slip(critical_path(plan))  # Monday 9 March, against Friday 6 March

    assert found.finish.tolist() == [1]
    assert found.project_slip == 1
    assert found.dates("finish").tolist() == [datetime(2026, 3, 6, 17)]


@pytest.mark.parametrize("moment", [date(2026, 3, 3), datetime(2026, 3, 3, 17)])
def test_a_date_without_a_time_is_the_end_of_its_working_day(moment):
    plan = dated(baseline_start=START, baseline_finish=moment)

    assert slip(critical_path(plan)).finish.tolist() == [1]


def test_an_activity_that_the_baseline_does_not_hold_has_no_slip():
    plan = Project(
        (Activity("A", 3, baseline_start=0, baseline_finish=2), Activity("B", 9)),
    )

    found = slip(critical_path(plan))

    assert found.finish[0] == 1
    assert np.isnan(found.finish[1])
    assert found.planned_finish == 2
    assert repr(found) == "Slip 2 activities, 1 later than the baseline, finish +7 days"


def test_a_plan_without_a_baseline_says_so():
    found = slip(critical_path(Project.from_table([("A", 3, "")])))

    assert found.is_empty
    assert np.isnan(found.planned_finish)
    assert repr(found) == "Slip 1 activities, none with a baseline"


def test_one_date_is_enough_for_a_milestone():
    plan = Project((Activity("A", 3), Activity("M", 0, baseline_finish=2)))

    assert slip(critical_path(plan)).start[1] == -2


def test_another_schedule_can_be_the_baseline():
    before = critical_path(Project.from_table([("A", 3, ""), ("B", 2, "A")]))
    after = critical_path(Project.from_table([("A", 4, ""), ("B", 2, "A")]))

    assert slip(after, before).finish.tolist() == [1, 1]


def test_the_table_has_both_dates_and_the_slip():
    table = slip(critical_path(set_baseline(dated()))).table

    assert table.index.name == "activity"
    assert {"baseline_finish_date", "finish_date", "finish_slip"} <= set(table.columns)
    assert "<table" in slip(critical_path(dated()))._repr_html_()


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.booleans())
def test_the_baseline_that_was_just_set_has_no_slip(durations, is_dated):
    plan = Project(
        tuple(Activity(str(n), d) for n, d in enumerate(durations)),
        settings=Settings(start=START if is_dated else None),
    )

    found = slip(critical_path(set_baseline(plan)))

    assert found.finish.tolist() == found.start.tolist() == [0] * len(durations)
