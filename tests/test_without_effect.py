"""A change that moves nothing says why."""

from __future__ import annotations

import pytest

from pmkit.analysis.compare import compare
from pmkit.analysis.without_effect import without_effect
from pmkit.model.activity import Activity, ActivityType
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.scenario import Scenario
from pmkit.model.settings import Settings

PLAN = Project(
    (
        Activity("Done", 3, actual_start=0.0, actual_finish=3.0),
        Activity("Going", 6, actual_start=3.0, remaining_duration=4),
        Activity("Share", 6, actual_start=3.0, percent_complete=50),
        Activity("Watch", 6, type=ActivityType.LEVEL_OF_EFFORT),
        Activity("Next", 2),
    ),
    (
        Dependency("Done", "Going"),
        Dependency("Going", "Next"),
        Dependency("Going", "Watch", "SS"),
        Dependency("Watch", "Next", "FF"),
    ),
    Settings(status_date=5.0),
)


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        ("Done", "'Done' is complete: another duration moves nothing."),
        ("Going", "4 days of 'Going' remain, whatever its duration: change remaining_duration."),
        ("Watch", "The dates of 'Watch' follow from others: another duration moves nothing."),
    ],
)
def test_a_duration_that_moves_nothing_says_why(id_: str, sentence: str) -> None:
    change = Change(id_, duration="+5")
    assert list(without_effect(PLAN, change)) == [sentence]
    comparison = compare(PLAN, [Scenario("longer", [change])], trials=0)
    assert comparison.table.loc["finish", "longer delta"] == 0
    assert f"  {sentence}" in str(comparison.explain("longer")).splitlines()


@pytest.mark.parametrize("id_", ["Share", "Next"])
def test_a_duration_that_moves_something_needs_no_sentence(id_: str) -> None:
    assert list(without_effect(PLAN, Change(id_, duration="+5"))) == []


def test_other_changes_and_other_targets_need_none_either() -> None:
    assert list(without_effect(PLAN, Change("Done", actual_cost=500))) == []
    assert list(without_effect(PLAN, Change("settings", status_date=6.0))) == []
