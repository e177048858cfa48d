"""Whoever asks what if picks an activity first, and may search for it."""

from __future__ import annotations

import pytest

from pmkit.data import sample
from pmkit.widgets.what_if import WhatIf
from tests.what_if_plans import shed


@pytest.fixture
def panel() -> WhatIf:
    return WhatIf(shed(), trials=0)


def test_the_first_activity_picked_is_one_that_decides_the_finish(panel):
    assert panel.activity.value == "A"
    assert panel.duration.value == 3
    assert [box.value for box in (panel.optimistic, panel.most_likely, panel.pessimistic)] == [
        2, 3, 5,
    ]  # fmt: skip


def test_a_search_narrows_the_list_and_picks_the_first_match(panel):
    panel.search.value = "paint"
    assert [id_ for _, id_ in panel.activity.options] == ["C"]
    assert panel.activity.value == "C"
    assert panel.duration.value == 2
    panel.search.value = "no such thing"
    assert panel.activity.value is None
    assert panel.duration.disabled
    panel.search.value = ""
    assert len(panel.activity.options) == 3


def test_a_program_is_searched_by_project_and_bare_ids_are_shown():
    panel = WhatIf(sample(), trials=0)
    panel.search.value = "fleet"
    labels = [label for label, _ in panel.activity.options]
    assert labels
    assert all(label.endswith("(Fleet)") for label in labels)
    assert not [label for label in labels if label.startswith("Fleet.")]
