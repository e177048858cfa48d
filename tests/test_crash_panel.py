"""The crash panel without a browser: drag the finish, type the terms, read the result."""

from __future__ import annotations

from datetime import date

import pytest

from pmkit.analysis.crashing import crash
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.widgets.crash import CrashPanel
from tests.crash_plans import foundry


@pytest.fixture
def panel() -> CrashPanel:
    return CrashPanel(foundry(start=date(2026, 3, 2), currency="EUR"))


def card(panel: CrashPanel, title: str) -> dict[str, object]:
    return next(item for item in panel.figures.items if item["title"] == title)


def stop(panel: CrashPanel, text: str) -> int:
    return next(n for n, name in enumerate(panel.slider.texts) if name.startswith(text))


def test_it_begins_at_the_normal_pace_where_no_day_is_worth_anything(panel):
    assert panel.result.finish == 15
    assert panel.answer.text == "Finish 20 Mar 2026: nothing crashed, the normal pace."
    assert panel.undo_button.disabled


def test_dragging_shows_and_letting_go_is_a_step_that_can_be_undone(panel):
    panel.slider.drag(stop(panel, "18 Mar 2026"))
    assert panel.result.finish == 13
    assert panel.undo_button.disabled
    panel.slider.drop(stop(panel, "18 Mar 2026"))
    assert panel.result.cost == pytest.approx(crash(foundry(), finish=13).cost)
    assert card(panel, "Direct cost")["value"] == "EUR 311 k"
    panel.undo()
    assert panel.result.finish == 15
    panel.redo()
    assert panel.result.finish == 13


def test_terms_are_followed_until_the_finish_is_dragged(panel):
    panel.indirect_cost.type("2500")
    assert panel.result.finish == 10
    assert card(panel, "Total")["sentence"] == "No finish is cheaper."
    panel.slider.drop(stop(panel, "20 Mar 2026"))
    panel.indirect_cost.type("2600")
    assert panel.result.finish == 15
    panel.cheapest_button.click()
    assert panel.result.finish == 10
    panel.reset()
    assert (panel.result.finish, panel.indirect_cost.value) == (15, 0)


def test_the_next_day_is_weighed_against_what_it_saves(panel):
    panel.indirect_cost.type("2500")
    panel.due.type("2026-03-18")
    panel.penalty.type("1500")
    panel.normal_button.click()
    assert card(panel, "One day earlier")["sentence"] == (
        "It saves EUR 4,000 of other cost: worth EUR 3,000."
    )
    assert card(panel, "Penalty")["arithmetic"] == ["2 \u00d7 EUR 1,500 = EUR 3,000"]
    panel.earliest_button.click()
    assert card(panel, "One day earlier")["missing"]


def test_a_finish_is_typed_and_one_too_early_is_refused_with_the_earliest(panel):
    panel.finish.type("2026-03-17")
    assert panel.result.finish == 12
    panel.finish.type("2026-03-03")
    assert "must be at least day 7" in panel.finish.error
    assert panel.result.finish == 12
    panel.finish.type("soon")
    assert panel.finish.refusal.startswith("Finish: must be a date")


def test_what_is_crashed_is_said_and_why(panel):
    panel.earliest_button.click()
    assert "as short as it goes" in panel.table.value
    panel.activity.value = "G"
    assert str(panel.result.explain("G").title).replace("'", "&#x27;") in panel.explanation.value
    assert panel.crashed["G"].duration == pytest.approx(2)
    assert panel.plan["G"].duration == 5


def test_how_far_an_activity_can_be_crashed_is_typed(panel):
    panel.activity.value = "H"
    panel.crash_cost.type("16100")
    assert panel.changes.items == ["H: crash cost 16,100"]
    panel.finish.type("2026-03-19")
    assert card(panel, "Direct cost")["sentence"].startswith("EUR 100 more")


def test_a_plan_in_which_nothing_can_be_crashed_says_so_and_can_be_helped():
    panel = CrashPanel(Project((Activity("Dig", 6, fixed_cost=600),)))
    assert panel.result is None
    assert panel.answer.text.startswith("Nothing in this plan can be crashed")
    panel.change("Dig", crash_duration=4, crash_cost=1000)
    panel.move(5)
    assert panel.result.cost == pytest.approx(800)


def test_names_are_shown_as_text():
    hostile = "<script>alert(1)</script>"
    dig = Activity("Dig", 6, hostile, fixed_cost=600, crash_duration=4, crash_cost=1000)
    panel = CrashPanel(Project((dig,)))
    panel.earliest_button.click()
    assert hostile not in panel.table.value + panel.explanation.value


def test_without_a_plan_it_asks_for_one():
    panel = CrashPanel()
    assert repr(panel) == "CrashPanel without a plan"
    assert panel.status.text == "To begin, open a plan, or the sample."
