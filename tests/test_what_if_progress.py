"""A plan that is under way: what has happened stays, what remains can be changed."""

from __future__ import annotations

from dataclasses import replace

from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.widgets.what_if import WhatIf


def under_way():
    """Day 4: A is done, B has two of its days still to go, C waits for B."""
    return Project(
        (
            Activity("A", 3, actual_start=0, actual_finish=3),
            Activity("B", 4, actual_start=3, percent_complete=25, remaining_duration=3),
            Activity("C", 2),
        ),
        (Dependency("A", "B"), Dependency("B", "C")),
        Settings(status_date=4),
    )


def test_what_had_to_be_inferred_about_progress_is_said_on_the_screen():
    panel = WhatIf(Project((Activity("A", 3, percent_complete=50),)), trials=0)
    assert "so it moves nothing" in panel._opening.notes.value
    panel.activity.value = "A"
    assert panel.duration.label == "Duration (working days)"


def test_what_is_complete_cannot_be_changed_and_a_sentence_says_so():
    panel = WhatIf(under_way(), trials=0)
    panel.activity.value = "A"
    assert panel.duration.disabled
    assert panel.add_risk.disabled
    assert "Complete: what has happened cannot be changed." in panel._inputs.form.facts.value
    panel.activity.value = "C"
    assert not panel.duration.disabled
    assert not panel.add_risk.disabled


def test_of_an_activity_in_progress_the_remaining_duration_is_changed():
    panel = WhatIf(under_way(), trials=0)
    assert panel.activity.value == "B"  # the first on the chain with work still to do
    assert (panel.duration.label, panel.duration.value) == ("Remaining duration (working days)", 3)
    panel.duration.type("+2")
    assert panel.scenario.changes == (Change("B", remaining_duration=5.0),)
    assert panel.changes.items == ["B: remaining duration 5 days (was 3 days)"]
    assert panel.schedule.finish == 4 + 5 + 2
    panel.duration.value = 3
    assert panel.scenario.changes == ()


def test_a_lag_before_what_is_complete_is_over():
    done = {"actual_start": 0, "actual_finish": 2}
    activities = (Activity("A", 2, **done), Activity("B", 2, **done), Activity("C", 2))
    links = (Dependency("A", "B", "SS"), Dependency("B", "C"))
    panel = WhatIf(Project(activities, links, Settings(status_date=3)), trials=0)
    panel.activity.value = "B"
    panel.dependency.value = "A -> B"
    assert panel.lag.disabled
    panel.dependency.value = "B -> C"
    assert not panel.lag.disabled


def test_the_saved_baseline_can_stand_behind_the_bars():
    activities = tuple(
        replace(a, baseline_start=0.0, baseline_finish=6.0) for a in under_way().activities
    )
    panel = WhatIf(replace(under_way(), activities=activities), trials=0)
    behind = panel._answer.behind
    assert [label for label, _ in behind.options] == ["Current plan", "Saved baseline"]
    behind.value = "saved baseline"
    assert "3 working days later than the baseline" in panel._answer._gantt_chart.state["title"]
