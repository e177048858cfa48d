"""Resources: people, machines, materials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pmkit.model.activity import at_least_zero
from pmkit.model.errors import PlanError, Problem


class ResourceType(StrEnum):
    """Whether units come back after use (people, machines) or are used up (materials)."""

    RENEWABLE = "renewable"
    CONSUMABLE = "consumable"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that activities need.

    Parameters
    ----------
    name
        How activities refer to it.
    type
        ``"renewable"`` or ``"consumable"``.
    capacity
        Units at hand at the same time; ``None`` for as many as wanted.
    cost_per_day
        Money per unit and working day (renewable).
    cost_per_use
        Money for each activity that uses it.
    cost_per_unit
        Money per unit (consumable).
    skills
        What it can do.
    calendar
        When it works; empty for the project calendar.

    Raises
    ------
    PlanError
        With every field that breaks a rule.
    """

    name: str
    type: ResourceType = ResourceType.RENEWABLE
    capacity: float | None = 1.0
    cost_per_day: float = 0.0
    cost_per_use: float = 0.0
    cost_per_unit: float = 0.0
    skills: tuple[str, ...] = ()
    calendar: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        problems = []
        if not self.name:
            problems.append("resource: name must not be empty")
        try:
            object.__setattr__(self, "type", ResourceType(self.type))
        except ValueError:
            problems.append(
                f"resource {self.name!r}: type must be renewable or consumable, got {self.type!r}"
            )
        for column in ("capacity", "cost_per_day", "cost_per_use", "cost_per_unit"):
            value = getattr(self, column)
            if value is not None and not at_least_zero(value):
                problems.append(
                    f"resource {self.name!r}: {column} must be a finite number >= 0, got {value!r}"
                )
        if problems:
            raise PlanError(Problem(sentence, ids=(self.name,)) for sentence in problems)
