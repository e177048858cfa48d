"""An approved plan that has been replaced: kept, so that progress can be measured against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pmkit.model.activity import Moment, at_least_zero, id_text
from pmkit.model.errors import PlanError


@dataclass(frozen=True, slots=True)
class Planned:
    """What a baseline says of one activity.

    Parameters
    ----------
    start, finish
        When it was to start and finish.
    cost
        What it was to cost, money.
    """

    start: Moment | None = None
    finish: Moment | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """An approved plan that another one has replaced.

    Parameters
    ----------
    name
        How it is asked for, such as ``"baseline 1"``.
    activities
        What it says of each activity, by id.
    replaced
        When the next one took its place.
    reason
        Why.
    contingency
        Money that stood behind the work.

    Raises
    ------
    PlanError
        If it has no name, or its contingency is no amount.
    """

    name: str
    activities: Mapping[str, Planned] = field(hash=False)
    replaced: Moment | None = None
    reason: str = ""
    contingency: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", id_text(self.name))
        if not self.name:
            raise PlanError("baseline: name must not be empty")
        contingency: Any = self.contingency
        if not at_least_zero(contingency):
            raise PlanError(
                f"baseline {self.name!r}: contingency must be a finite amount >= 0, "
                f"got {contingency!r}"
            )
        object.__setattr__(self, "activities", dict(self.activities))
