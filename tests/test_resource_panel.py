"""The resource panel without a browser: choose, try other capacities, read the result."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

import pmkit as pm
from pmkit.model.activity import Activity, Assignment
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.model.resource import Resource
from pmkit.widgets import resources_session
from pmkit.widgets.resources import ResourcePanel
from tests.shared_cranes import site


@pytest.fixture
def panel() -> ResourcePanel:
    return ResourcePanel(site(start=date(2026, 3, 2)))


def card(panel: ResourcePanel, title: str) -> dict[str, Any]:
    return next(item for item in panel.figures.items if item["title"] == title)


def test_it_shows_the_plan_before_and_after_levelling(panel):
    assert panel.answer.text == (
        "Finish 12 Mar 2026, 4 working days later than by logic alone: proven shortest."
    )
    assert card(panel, "Finish after levelling")["value"] == "12 Mar 2026"
    assert card(panel, "Could it be shorter?")["sentence"].startswith("Proven shortest")
    assert card(panel, "Days over capacity")["value"] == "3 \u2192 0"
    assert card(panel, "Highest peak")["value"] == "3 \u2192 1"
    assert panel.result.finish == 9
    assert panel.levelled is panel.result


def test_a_row_that_is_picked_says_why_it_waits(panel):
    assert panel.table.headings[0] == "Activity"
    waiting = [row[0] for row in panel.table.rows]
    assert len(waiting) == 2
    for position, row in enumerate(panel.table.rows):
        panel.table.pick(position)
        assert panel.table.picked == position
        assert row[4] == "Crane"
        assert "it wants 1 of 1" in panel.explanation.value
    panel.table.pick(7)
    assert panel.table.picked == 1


def test_one_crane_more_is_tried_and_taken_back(panel):
    panel.capacities["Crane"].type("2")
    assert panel.answer.text.startswith("Finish 6 Mar 2026, as by logic alone")
    assert panel.changes.items == ["Crane: capacity 2"]
    assert panel.plan.resources[0].capacity == 1
    panel.capacities["Crane"].type("1")  # by hand back to what the plan has
    assert panel.changes.items == []
    panel.undo()
    assert panel.capacities["Crane"].value == 2
    panel.undo()
    assert (panel.result.finish, panel.undo_button.disabled) == (9, True)
    panel.redo()
    assert panel.result.finish == 5
    panel.reset()
    assert panel.result.finish == 9
    assert panel.reset_button.disabled


def test_what_one_more_would_gain_is_listed_and_can_be_tried(panel):
    panel.one_more_button.click()
    assert panel.gains.items == ["Crane, 2: 4 working days earlier"]
    assert panel.status.text == "What one more of each would gain is listed, the most first."
    panel.gains.click("Try", 0)
    assert panel.result.finish == 5
    assert panel.changes.items == ["Crane: capacity 2"]
    assert panel.gains.items == []
    panel.aim.value = "smooth"
    assert panel.one_more_button.disabled
    with pytest.raises(PlanError, match="the aim must be the earliest finish"):
        panel.ask_one_more()


def test_an_emptied_box_is_no_limit(panel):
    panel.capacities["Crane"].type("")
    assert panel.result.finish == 5
    assert panel.changes.items == ["Crane: capacity none"]
    assert card(panel, "Highest peak")["sentence"].endswith("no limit.")
    assert panel.capacities["Painter"].value is None


def test_less_than_an_activity_wants_is_refused_and_the_last_answer_stays(panel):
    before = panel.result
    panel.capacities["Crane"].type("0.5")
    sentence = (
        "activity 'North': resource 'Crane' must be wanted for at most its capacity of 0.5 units, "
        "got 1"
    )
    assert sentence in panel.capacities["Crane"].error
    assert panel.status.kind == "problem"
    assert panel.result is before
    assert panel.changes.items == []
    panel.capacities["Crane"].type("many")
    assert panel.status.text == "Crane: must be a number, got 'many'"
    with pytest.raises(PlanError, match="resource 'Digger': must be one of the plan's"):
        panel.try_capacity("Digger", 2)


def test_a_plan_that_wants_too_much_as_it_comes_is_shown_and_can_be_helped():
    panel = ResourcePanel(site(crane=3))
    assert panel.answer.text.startswith(
        "This plan cannot be levelled. activity 'North': resource 'Crane' must be wanted for at "
        "most its capacity of 1 unit, got 3"
    )
    assert panel.result is None
    assert card(panel, "Days over capacity")["tone"] == "bad"
    panel.capacities["Crane"].type("2")
    assert panel.answer.text.startswith("This plan cannot be levelled.")
    panel.capacities["Crane"].type("3")
    assert panel.result.finish == 9


def test_smoothing_keeps_the_finish(panel):
    panel.aim.value = "smooth"
    assert panel.result.finish == 5
    assert "the finish is kept, and the peaks are lowered" in panel.answer.text
    assert panel.engine.disabled
    assert panel.table.rows == [["Roof", "2", "3 Mar", "5 Mar", "nothing: moved within its float"]]
    assert "so that the peaks of the resources get lower" in panel.explanation.value
    panel.undo()
    assert panel.aim.value == "finish"


def test_the_exact_engine_has_a_time_limit():
    pytest.importorskip("ortools")
    panel = ResourcePanel(site())
    assert panel.seconds.disabled
    panel.engine.value = "exact"
    assert not panel.seconds.disabled
    assert panel.result.is_optimal
    panel.seconds.type("0")
    assert "must be more than 0 and at most 3600 seconds, got 0" in panel.seconds.error
    panel.seconds.type("5")
    assert panel.result.finish == 9


def test_without_or_tools_a_sentence_says_how_to_get_it(panel, monkeypatch):
    monkeypatch.setattr(resources_session, "find_spec", lambda name: None)
    panel.engine.value = "exact"
    assert panel.status.text == (
        "engine 'exact' needs OR-tools, which is not installed: pip install 'pmkit[exact]'"
    )
    assert panel.engine.value == "heuristic"
    assert panel.result.finish == 9


def test_a_plan_without_resources_says_so():
    panel = ResourcePanel(Project((Activity("A", 2),)))
    assert panel.capacities == {}
    assert panel.one_more_button.disabled
    assert card(panel, "Days over capacity")["value"] == "0"
    assert panel.answer.text == "Finish day 2, as by logic alone: proven shortest."
    assert card(panel, "Highest peak")["missing"]
    assert panel.table.rows == []


def test_names_are_shown_as_text():
    hostile = "<script>alert(1)</script>"
    lift = (Assignment(hostile),)
    panel = ResourcePanel(
        Project((Activity("A", 2, hostile, resources=lift), Activity("B", 2, resources=lift)),
                resources=(Resource(hostile),))
    )  # fmt: skip
    panel.table.pick(0)
    assert hostile not in panel.explanation.value


def test_another_plan_can_be_opened_and_undone(panel):
    panel.open_plan(site())
    assert panel.answer.text.startswith("Finish day 9")
    panel.undo()
    assert panel.answer.text.startswith("Finish 12 Mar 2026")


def test_without_a_plan_it_asks_for_one():
    panel = ResourcePanel()
    assert repr(panel) == "ResourcePanel without a plan"
    assert panel.result is None
    assert panel.status.text == "To begin, open a plan, or the sample."
    with pytest.raises(PlanError, match="a plan must be open"):
        panel.choose(aim="smooth")


def test_in_a_page_levelling_runs_beside_it_and_can_be_stopped():
    async def use() -> None:
        panel = ResourcePanel(site())
        assert panel.answer.text == "Levelling, one moment ..."
        assert card(panel, "Finish before levelling")["value"] == "Day 5"
        panel.cancel_button.click()
        assert panel.status.text.startswith("Levelling was stopped. What is shown is the plan by")
        assert panel.answer.text == "Not levelled."
        assert panel.result.finish == 9  # wanted after all
        panel.try_capacity("Crane", 2)
        for _ in range(200):
            await asyncio.sleep(0.02)
            if panel.levelled.finish == 5:
                break
        assert panel.answer.text.startswith("Finish day 5, as by logic alone")
        panel.cancel_button.click()

    asyncio.run(use())


def test_the_panel_is_public():
    assert pm.ResourcePanel is ResourcePanel
