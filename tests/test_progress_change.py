"""One figure of progress is reported, and what follows from it changes with it."""

from __future__ import annotations

from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.widgets.progress_change import progress_change


def test_reporting_one_figure_says_what_follows():
    done = Activity("A", 5, percent_complete=100, actual_start=0, actual_finish=4,
                    remaining_duration=0)  # fmt: skip
    assert progress_change(done, "percent_complete", 80.0) == Change(
        "A", percent_complete=80.0, actual_finish=None, remaining_duration=None
    )
    begun = Activity("A", 5, percent_complete=60, remaining_duration=3)
    assert progress_change(begun, "actual_finish", 4.0) == Change(
        "A", actual_finish=4.0, percent_complete=100.0, remaining_duration=None
    )
    assert progress_change(begun, "actual_cost", 9.0) == Change("A", actual_cost=9.0)
