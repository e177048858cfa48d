"""An issue: what has happened and needs somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pmkit.model.errors import PlanError
from pmkit.model.issue import Issue
from tests.wording import exactly


def test_it_is_open_until_it_is_closed() -> None:
    issue = Issue("I1", "Wet", "R1", raised=date(2026, 1, 5), activities=("A",), days=-1.5)
    assert issue.is_open
    assert not Issue("I1", state="closed").is_open  # type: ignore[arg-type]


def test_a_date_may_be_typed() -> None:
    assert Issue("I1", due="2026-05-08").due == date(2026, 5, 8)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": " "}, "issue: id must not be empty"),
        ({"id": "I1", "state": "asleep"},
         "issue 'I1': state must be open or closed, got 'asleep'"),
        ({"id": "I1", "days": float("inf")},
         "issue 'I1': days must be a finite number of working days, got inf"),
        ({"id": "I1", "cost_impact": "much"},
         "issue 'I1': cost_impact must be a finite amount, got 'much'"),
        ({"id": "I1", "due": "soon"},
         "issue 'I1': due must be a date or a finite number of working days, got 'soon'"),
    ],
)  # fmt: skip
def test_a_broken_one_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Issue(**fields)


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(PlanError) as told:
        Issue("I1", raised="x", due="y")  # type: ignore[arg-type]
    assert len(told.value.problems) == 2
