"""Changes are undone, taken out and kept as scenarios; scenarios are saved and opened again."""

from __future__ import annotations

import json

import pytest

from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.project import Project
from pmkit.widgets.what_if import WhatIf
from tests.what_if_plans import shed


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(shed(), trials=0)


@pytest.fixture
def unsure() -> WhatIf:
    return WhatIf(shed(), trials=200, seed=1)


def test_undo_and_redo_walk_through_the_changes(panel):
    panel.change("A", duration=5)
    panel.change("B", duration=1)
    panel.undo_button.click()
    assert panel.schedule.finish == 9
    panel.undo_button.click()
    assert panel.schedule.finish == 7
    assert panel.undo_button.disabled
    panel.redo_button.click()
    panel.redo_button.click()
    assert panel.schedule.finish == 7  # C is the longest now
    assert panel.redo_button.disabled


def test_reset_drops_the_changes_and_undo_brings_them_back(panel):
    panel.change("A", duration=5)
    panel.reset_button.click()
    assert panel.schedule.finish == 7
    panel.undo()
    assert panel.schedule.finish == 9


def test_one_change_can_be_removed_and_the_others_stay(panel):
    panel.change("A", duration=5)
    panel.change("B", duration=6)
    panel.changes.click("Remove", 0)
    assert panel.scenario.changes == (Change("B", duration=6),)
    assert panel.status.text == "Removed: A: duration 5 days (plan: 3)."


def test_a_kept_scenario_stands_beside_the_plan_and_the_next_one(panel):
    panel.change("A", duration=5)
    panel.name.value = "Slow design"
    panel.keep.click()
    panel.change("B", duration=8)
    assert list(panel.result.outcomes) == ["plan", "Slow design", "What if"]
    assert panel.kept.items == ["Slow design (1 change)"]
    panel.kept.click("Open", 0)
    assert panel.scenario.name == "Slow design"
    assert list(panel.result.outcomes) == ["plan", "Slow design"]
    panel.kept.click("Remove", 0)
    assert list(panel.result.outcomes) == ["plan", "What if"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "scenario: name must not be empty"),
        ("plan", "scenario 'plan': name must not be taken already, choose another"),
    ],
)
def test_a_scenario_needs_a_name_of_its_own(panel, name, sentence):
    panel.change("A", duration=5)
    panel.name.value = name
    panel.keep.click()
    assert panel.status.text == sentence
    assert panel.kept.items == []


def test_scenarios_survive_json(unsure):
    unsure.change("A", duration=5)
    unsure.activity.value = "B"
    unsure.add_risk.click()
    unsure.keep_scenario("Both")
    unsure.change("A -> B", lag=1)
    again = WhatIf(shed(), trials=200, seed=1)
    again.from_json(unsure.to_json())
    assert again.result.table.equals(unsure.result.table)


def test_saved_json_is_for_people_too(panel):
    panel.change("A", duration=5)
    saved = json.loads(panel.to_json())
    assert saved["plan"] == "Shed"
    assert saved["changes"] == [{"target": "A", "duration": 5}]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "scenarios: must be a json file saved by this panel, got something else"),
        ("[]", "scenarios: must be a json file saved by this panel, got something else"),
        ('{"pmkit": "scenarios", "version": 9}', "scenarios: version must be 1, got 9"),
    ],
)
def test_json_of_something_else_is_refused_and_nothing_is_lost(panel, text, sentence):
    panel.change("A", duration=5)
    with pytest.raises(PlanError) as error:
        panel.from_json(text)
    assert str(error.value) == sentence
    assert panel.schedule.finish == 9


def test_scenarios_of_another_plan_are_refused_whole(panel):
    other = WhatIf(Project.from_table([("X", 1, "")]), trials=0)
    other.change("X", duration=2)
    other.keep_scenario("Theirs")
    with pytest.raises(PlanError, match="scenario 'Theirs': change of 'X': must name an activity"):
        panel.from_json(other.to_json())
    assert panel.kept.items == []
