"""Change requests: what somebody wants to be different, and what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pmkit.model.activity import Moment, id_text, is_finite
from pmkit.model.change import Change
from pmkit.model.errors import PlanError, Problem
from pmkit.model.moments import from_iso


class Decision(StrEnum):
    """What became of a change request."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """Changes that somebody asks for, and the decision about them.

    Parameters
    ----------
    id, name
        Identifier and label.
    changes
        What would be different in the plan; a request may be about the benefit alone.
    benefit
        What it adds to the benefit, money; less than 0 where it takes some away.
    asked_by, asked_on, reason
        Who asks, when, and why.
    decision
        ``"open"``, ``"approved"``, ``"rejected"`` or ``"deferred"``.
    decided_by, decided_on, note
        By whom, when, and with what words.
    finish_delta, cost_delta
        What it did to the finish (working days) and to the cost (money), as found when it was
        decided.
    baseline
        Name of the baseline that was replaced when it was approved.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    id: str
    name: str = ""
    changes: tuple[Change, ...] = ()
    benefit: float = 0.0
    asked_by: str = ""
    asked_on: Moment | None = None
    reason: str = ""
    decision: Decision = Decision.OPEN
    decided_by: str = ""
    decided_on: Moment | None = None
    note: str = ""
    finish_delta: float | None = None
    cost_delta: float | None = None
    baseline: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", id_text(self.id))
        changes: Any = self.changes
        object.__setattr__(
            self, "changes", (changes,) if isinstance(changes, Change) else tuple(changes)
        )
        problems = []
        if not self.id:
            problems.append("change request: id must not be empty")
        subject = f"change request {self.id!r}"
        if strangers := [c for c in self.changes if not isinstance(c, Change)]:
            problems.append(f"{subject}: changes must each be a Change, got {strangers[0]!r}")
        try:
            object.__setattr__(self, "decision", Decision(self.decision))
        except ValueError:
            problems.append(
                f"{subject}: decision must be one of {', '.join(Decision)}, got {self.decision!r}"
            )
        for column, unit in (
            ("benefit", "amount"), ("finish_delta", "number of working days"),
            ("cost_delta", "amount"),
        ):  # fmt: skip
            value = getattr(self, column)
            if not is_finite(value) and not (value is None and column != "benefit"):
                problems.append(f"{subject}: {column} must be a finite {unit}, got {value!r}")
        for column in ("asked_on", "decided_on"):
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
        """Whether it is still to be decided."""
        return self.decision in (Decision.OPEN, Decision.DEFERRED)
