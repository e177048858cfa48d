"""What needs attention is told, and leads to where it can be put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmkit.widgets.status import StatusPanel
from tests.status_plans import approved, leave_out_curves, under_way


@pytest.fixture(autouse=True)
def curves_are_not_drawn(monkeypatch):
    leave_out_curves(monkeypatch)


def test_out_of_sequence_work_is_told_and_its_rules_differ_in_the_finish():
    plan = approved(status_date=date(2026, 1, 6))
    begun = {"Dig": {"actual_start": date(2026, 1, 5), "percent_complete": 25.0},
             "Pour": {"actual_start": date(2026, 1, 6), "percent_complete": 10.0}}  # fmt: skip
    plan = replace(plan, activities=tuple(
        replace(a, **begun.get(a.id, {})) for a in plan.activities))  # fmt: skip
    panel = StatusPanel(plan, trials=0)
    assert any("started before 'Dig' Dig the pit finished" in text
               for text in panel.attention.items)  # fmt: skip
    labels = {rule: text for text, rule in panel.progress_rule.options}
    assert labels["progress_override"].endswith("days earlier")
    before = panel.schedule.finish
    panel.progress_rule.value = "progress_override"
    assert panel.schedule.finish < before
    assert panel.changes.items == ["progress progress override (was retained logic)"]


def test_what_needs_attention_opens_its_activity():
    panel = StatusPanel(under_way(remaining_duration=9, actual_cost=None), trials=0)
    assert panel.activity.value == "Wire"  # it should have started
    texts = dict(zip(panel.attention.items, panel.attention.groups, strict=True))
    (contradiction,) = [t for t in texts if "but 9 working days are said to remain" in t]
    assert texts[contradiction] == "Remaining work contradicts the percentage"
    assert any("no actual cost is reported for it" in text for text in texts)
    panel.attention.click("Edit", panel.attention.items.index(contradiction))
    assert panel.activity.value == "Pour"
    assert "the percentage alone would leave 5.4" in panel._inputs.form.facts.value
