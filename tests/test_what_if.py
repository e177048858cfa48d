"""The what-if panel without a browser: move an input, read the result."""

from __future__ import annotations

from datetime import date

import pytest
from ipywidgets import HTML

from pmkit.analysis.compare import compare
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.widgets.what_if import WhatIf
from tests.panel_cases import HOSTILE, inside
from tests.what_if_plans import shed


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(shed(), trials=0)


@pytest.fixture
def unsure() -> WhatIf:
    return WhatIf(shed(), trials=200, seed=1)


def test_a_new_duration_moves_the_finish_and_leaves_the_plan_as_it_is(panel):
    panel.activity.value = "B"
    panel.duration.value = 9
    assert panel.schedule.finish == 12
    assert panel.plan["B"].duration == 4
    assert panel.scenario.changes == (Change("B", duration=9),)
    assert panel.answer.text.startswith(
        "Finish after 12 working days, 5 working days later than the plan."
    )
    assert panel.changes.items == ["B: duration 9 days (plan: 4)"]


def test_the_result_is_what_compare_gives(unsure):
    unsure.change("B", duration=9)
    expected = compare(shed(), [unsure.scenario], trials=200, seed=1)
    assert unsure.result.table.equals(expected.table)


def test_another_cell_can_observe_schedule_and_comparison(unsure):
    seen = []
    unsure.observe(
        lambda change: seen.append((change.name, change.new)), ["schedule", "comparison"]
    )
    unsure.change("A", duration=5)
    assert [name for name, _ in seen] == ["schedule", "comparison"]
    assert seen[0][1].finish == 9
    assert seen[1][1].schedules["What if"].finish == 9


def test_a_dated_plan_speaks_in_dates():
    panel = WhatIf(shed(start=date(2026, 1, 5)), trials=0)
    panel.change("B", duration=9)
    assert panel.answer.text == (
        "Finish 20 Jan 2026 (after 12 working days), 5 working days later than the plan."
    )


def test_a_plan_without_uncertainty_says_so():
    panel = WhatIf(Project.from_table([("A", 3, "")]), trials=100)
    assert panel.answer.text.endswith("Nothing in it is uncertain yet.")


def test_reports_are_made_of_what_is_on_the_screen(unsure):
    unsure.change("A", duration=5)
    name, media_type, content = unsure._report("xlsx")
    assert (name, content[:2]) == ("what_if_Shed.xlsx", b"PK")
    assert media_type.endswith("spreadsheetml.sheet")
    name, media_type, content = unsure._report("html")
    assert (name, media_type) == ("what_if_Shed.html", "text/html")
    assert b"What if" in content


def test_markup_in_names_is_never_markup():
    activities = (Activity("A", 3, HOSTILE), Activity(HOSTILE, 2))
    hostile = Project(
        activities,
        (Dependency("A", HOSTILE),),
        Settings(name=HOSTILE),
        notes=(f"note {HOSTILE}",),
    )
    panel = WhatIf(hostile, trials=100)
    for id_ in ("A", HOSTILE):
        panel.activity.value = id_
        panel.duration.value = 9
    panel.name.value = HOSTILE
    panel.keep_scenario()
    panel.change("A", duration=1)
    panel.upload.receive({f"{HOSTILE}.csv": b"nothing"})
    markup = [w.value for w in inside(panel) if isinstance(w, HTML)]
    assert any("&lt;script&gt;" in text for text in markup)
    assert not [text for text in markup if "<script" in text]


def test_a_failure_inside_is_told_and_the_step_is_not_taken(panel, monkeypatch):
    def broken(*_):
        raise RuntimeError("out of ink")

    monkeypatch.setattr(panel._answer, "_draw_gantt", broken)
    panel.duration.value = 9
    assert panel.status.text == (
        "That did not work, and nothing was changed (RuntimeError: out of ink)."
    )
    assert panel.undo_button.disabled
    assert panel.duration.value == 3
