"""Durations, their three points and lags are typed as people write them."""

from __future__ import annotations

import pytest

from pmkit.model.change import Change
from pmkit.widgets.what_if import WhatIf
from tests.what_if_plans import shed


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(shed(), trials=0)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("7", 7), ("7.5", 7.5), ("7,5", 7.5), (" +5 ", 8), ("-2", 1), ("*2", 6), ("+50%", 4.5),
     ("4 days", 4)],
)  # fmt: skip
def test_durations_are_typed_as_people_write_them(panel, typed, days):
    panel.duration.type(typed)
    assert panel.schedule["A"].early_finish == days
    assert panel.status.kind == "done"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tbd", "must be a number or a change such as +5 or +10%, got 'tbd'"),
        ("", "must be a number, got nothing"),
        ("nan", "must be a number or a change such as +5 or +10%, got 'nan'"),
        ("1e9", "must be a number or a change such as +5 or +10%, got '1e9'"),
        ("50%", "must be a number or a change such as +5 or +10%, got '50%'"),
    ],
)
def test_what_cannot_be_read_ends_in_a_sentence_and_changes_nothing(panel, typed, sentence):
    panel.duration.type(typed)
    assert (panel.status.text, panel.status.kind) == (
        f"Duration (working days): {sentence}",
        "problem",
    )
    assert panel.duration.value == 3
    assert panel.scenario.changes == ()


def test_a_negative_duration_is_refused_and_the_box_shows_the_old_one(panel):
    panel.duration.value = -4
    assert panel.status.text == (
        "activity 'A': duration must be a finite number of working days >= 0, got -4.0"
    )
    assert panel.duration.value == 3
    assert panel.schedule.finish == 7


def test_three_points_wait_in_their_boxes_until_they_are_in_order(panel):
    panel.optimistic.value = 6
    assert panel.status.text == (
        "change of activity 'A': three points must be finite, >= 0 and in order optimistic <= "
        "most_likely <= pessimistic, got 6, 3, 5"
    )
    assert panel.optimistic.error
    assert panel.scenario.changes == ()
    panel.pessimistic.value = 9
    panel.most_likely.value = 7
    assert panel.scenario.changes == (
        Change("A", optimistic=6.0, most_likely=7.0, pessimistic=9.0),
    )
    assert not panel.optimistic.error


def test_the_first_point_of_a_fixed_duration_starts_the_others_at_the_duration(panel):
    panel.activity.value = "B"
    panel.pessimistic.value = 10
    assert panel.scenario.changes == (
        Change("B", optimistic=4.0, most_likely=4.0, pessimistic=10.0),
    )


def test_points_typed_after_a_duration_keep_the_stretched_ones(panel):
    panel.duration.value = 6
    panel.pessimistic.value = 20
    assert panel.scenario.changes == (
        Change("A", duration=6.0, optimistic=4.0, most_likely=6.0, pessimistic=20.0),
    )


def test_a_lag_moves_what_comes_after_and_may_be_negative(panel):
    panel.activity.value = "B"
    assert dict(panel.dependency.options) == {"after A (FS)": "A -> B"}
    panel.lag.value = 2
    assert panel.schedule.finish == 9
    panel.lag.type("-1")
    assert panel.schedule.finish == 6
    panel.lag.value = 0
    assert panel.scenario.changes == ()


def test_going_back_to_what_the_plan_has_is_no_change(panel):
    panel.duration.value = 8
    panel.duration.value = 3
    assert panel.scenario.changes == ()
    assert panel.changes.items == []
