"""Issues: what has happened and needs somebody; often a risk that occurred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pmkit.model.activity import Moment, id_text, is_finite
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import from_iso


class IssueState(StrEnum):
    """Whether somebody still has to act."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that has happened, who sees to it, by when, and what it did to the plan.

    Parameters
    ----------
    id, name
        Identifier and label.
    risk
        Id of the risk event that occurred; empty where nobody had foreseen it.
    owner
        Who sees to it.
    raised, due
        When it was raised, and by when it is to be settled: a date, also as ``"2026-05-08"``, or
        working days after the start of a plan without dates.
    state
        ``"open"`` or ``"closed"``.
    activities
        Ids of the activities that it touches.
    days
        Working days that it has added to each of them; less than 0 where it saved some.
    cost_impact
        Money that it has added beside what the activities cost, until it stands in their actual
        cost; less than 0 where it saved some.
    note
        What was done, or decided.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    name: str = ""
    risk: str = ""
    owner: str = ""
    raised: Moment | None = None
    due: Moment | None = None
    state: IssueState = IssueState.OPEN
    activities: tuple[str, ...] = ()
    days: float = 0.0
    cost_impact: float = 0.0
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        object.__setattr__(self, "risk", id_text(self.risk))
        object.__setattr__(self, "activities", tuple(id_text(a) for a in self.activities))
        problems = []
        if not self.id:
            problems.append("issue: id must not be empty")
        subject = f"issue {self.id!r}"
        try:
            object.__setattr__(self, "state", IssueState(self.state))
        except ValueError:
            problems.append(f"{subject}: state must be open or closed, got {self.state!r}")
        for column, unit in (("days", "number of working days"), ("cost_impact", "amount")):
            value = getattr(self, column)
            if not is_finite(value):
                problems.append(f"{subject}: {column} must be a finite {unit}, got {value!r}")
        for column in ("raised", "due"):
            value = from_iso(getattr(self, column))
            object.__setattr__(self, column, value)
            if value is not None and not isinstance(value, date) and not is_finite(value):
                problems.append(
                    f"{subject}: {column} must be a date or a finite number of working days, "
                    f"got {value!r}"
                )
        if problems:
            raise PlanError(Problem(sentence, ids=(self.id,)) for sentence in problems)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act."""
        return self.state is IssueState.OPEN
