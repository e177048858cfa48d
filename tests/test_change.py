"""A change says what would be different: it compares, prints, and is refused when empty."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from pmkit.model.activity import Assignment, ThreePoint
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.risk import RiskEvent
from tests.wording import exactly


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change("B", duration="+5"), "B: duration +5"),
        (Change("B", duration=2.5, cost_per_day=100.0), "B: duration 2.5, cost per day 100"),
        (Change("A -> B", kind="SS", lag=-2), "A -> B: kind SS, lag -2"),
        (Change("A -> B", remove=True), "A -> B: removed"),
        (Change("B", predecessors="A; C SS+2"), "B: predecessors A; C SS+2"),
        (Change("B", predecessors=""), "B: predecessors none"),
        (Change("B", three_point=ThreePoint(2, 3.5, 8)), "B: three point 2 / 3.5 / 8"),
        (Change("B", resources=[Assignment("Crew", 2), Assignment("Crane")]),
         "B: resources Crew 2; Crane"),
        (Change("settings", start="2026-03-02"), "settings: start 2026-03-02"),
        (Change("new", risk=RiskEvent("R9", "late delivery", ("B",), 0.3, 5)),
         "new risk R9 late delivery (30 %)"),
        (Change("new", risk=RiskEvent("R9")), "new risk R9 (0 %)"),
        (Change("Crane", capacity=None), "Crane: capacity none"),
    ],
)  # fmt: skip
def test_a_change_prints_as_a_person_would_note_it(change: Change, text: str) -> None:
    assert str(change) == text


def test_its_repr_is_the_code_that_makes_it() -> None:
    change = Change("B", duration="+5", constraint_date=date(2026, 5, 29))
    assert eval(repr(change), {"Change": Change, "datetime": __import__("datetime")}) == change


@pytest.mark.parametrize(("target", "text"), [(1, "1"), (1.0, "1"), (" A ", "A"), ("A.1", "A.1")])
def test_its_target_is_text_as_every_id_is(target: object, text: str) -> None:
    assert Change(target, duration=1).target == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ({"start": "2026-03-02"}, {"start": date(2026, 3, 2)}),
        ({"finish": "2026-03-02T12:00"}, {"finish": datetime(2026, 3, 2, 12)}),
        ({"constraint_date": "+5"}, {"constraint_date": "+5"}),
        ({"name": "2026-03-02"}, {"name": "2026-03-02"}),
        ({"resources": [["Crew", 2]]}, {"resources": (("Crew", 2),)}),
        ({"duration": np.int64(3)}, {"duration": 3}),
        ({"duration": np.float64(0.5)}, {"duration": 0.5}),
    ],
)
def test_what_means_the_same_is_the_same(typed: dict[str, Any], meant: dict[str, Any]) -> None:
    assert Change("A", **typed) == Change("A", **meant)
    (value,), (same,) = Change("A", **typed).values.values(), meant.values()
    assert type(value) is type(same)


def test_it_can_be_a_key_and_travel_to_another_process() -> None:
    change = Change("B", duration="+5")
    assert {change: 1}[Change("B", duration="+5")] == 1
    assert pickle.loads(pickle.dumps(change)) == change


def test_a_change_of_nothing_is_refused() -> None:
    sentence = "change of 'B': must say what changes, e.g. duration=3, got nothing"
    with pytest.raises(PlanError, match=exactly(sentence)):
        Change("B")
