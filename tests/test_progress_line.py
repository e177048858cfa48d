"""The progress line: behind, ahead, or on time at the status date."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.analysis.scheduling.progress_line import progress_line
from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.analysis.scheduling.slip import slip
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.model.settings import Settings

STATUS = 8


def line(*activities: Activity) -> Any:
    """Of activities at the status date, against their saved baseline."""
    schedule = critical_path(Project(activities, settings=Settings(status_date=STATUS)))
    return progress_line(schedule, slip(schedule))


@pytest.mark.parametrize(
    ("progress", "ahead"),
    [
        ({"actual_start": 0, "percent_complete": 50}, -3),  # 5 of 10 days' work on day 8
        ({"actual_start": 0, "percent_complete": 90}, 1),
        ({"actual_start": 0, "percent_complete": 80}, 0),
        ({"actual_start": 0, "remaining_duration": 4}, -2),
        ({"actual_start": 0, "actual_finish": 7}, 2),  # the baseline had it finish on day 10
    ],
)
def test_the_baseline_says_when_as_much_should_have_been_done(progress, ahead):
    found = line(Activity("A", 10, baseline_start=0, baseline_finish=10, **progress))

    assert found.ahead.tolist() == [ahead]


def test_what_should_have_begun_and_has_not_is_behind_and_the_rest_is_on_time():
    begun = Activity("A", 10, actual_start=0, percent_complete=80, baseline_start=0,
                     baseline_finish=10)  # fmt: skip

    found = line(
        begun,
        Activity("late", 5, baseline_start=6, baseline_finish=11),
        Activity("later", 5, baseline_start=9, baseline_finish=14),
        Activity("done", 2, actual_start=0, actual_finish=5, baseline_start=0, baseline_finish=2),
    )

    assert found.ahead.tolist() == [0, -2, 0, 0]
    assert found.status == STATUS


def test_without_a_baseline_the_bar_itself_is_the_measure():
    schedule = critical_path(
        Project(
            (Activity("A", 10, actual_start=0, percent_complete=50),),
            settings=Settings(status_date=STATUS),
        )
    )

    found = progress_line(schedule)

    assert found is not None
    assert found.done.tolist() == found.point.tolist() == [6.5]  # half of 8 days and 5 to go


def test_a_level_of_effort_is_never_behind():
    found = line(
        Activity("A", 10, actual_start=0, percent_complete=10, baseline_start=0,
                 baseline_finish=10),
        Activity("Office", 10, type="level_of_effort", baseline_start=0, baseline_finish=10),
    )  # fmt: skip

    assert found.ahead.tolist()[1] == 0


def test_a_plan_without_progress_has_no_line():
    assert progress_line(critical_path(Project.from_table([("A", 3, "")]))) is None
