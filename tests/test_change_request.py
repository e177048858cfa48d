"""A change request: what somebody wants to be different."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.model.change import Change
from pmkit.model.change_request import ChangeRequest, Decision
from pmkit.model.errors import PlanError
from tests.wording import exactly


def test_it_is_open_until_it_is_decided_and_deferred_is_not_decided() -> None:
    request = ChangeRequest("C1", changes=Change("A", duration=3))  # type: ignore[arg-type]
    assert request.changes == (Change("A", duration=3),)
    open_ = [ChangeRequest("C1", decision=decision).is_open for decision in Decision]
    assert dict(zip(Decision, open_, strict=True)) == {
        Decision.OPEN: True, Decision.APPROVED: False, Decision.REJECTED: False,
        Decision.DEFERRED: True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": ""}, "change request: id must not be empty"),
        ({"id": "C1", "changes": ("A",)},
         "change request 'C1': changes must each be a Change, got 'A'"),
        ({"id": "C1", "decision": "perhaps"},
         "change request 'C1': decision must be one of open, approved, rejected, deferred, "
         "got 'perhaps'"),
        ({"id": "C1", "benefit": None},
         "change request 'C1': benefit must be a finite amount, got None"),
        ({"id": "C1", "finish_delta": float("nan")},
         "change request 'C1': finish_delta must be a finite number of working days, got nan"),
        ({"id": "C1", "cost_delta": "x"},
         "change request 'C1': cost_delta must be a finite amount, got 'x'"),
        ({"id": "C1", "asked_on": "x"},
         "change request 'C1': asked_on must be a date or a finite number of working days, "
         "got 'x'"),
    ],
)  # fmt: skip
def test_a_broken_one_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        ChangeRequest(**fields)
