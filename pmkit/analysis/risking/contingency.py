"""Contingency: what is needed beside the plan to keep a promise with some confidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pmkit.model.errors import PlanError


@dataclass(frozen=True, slots=True)
class Contingency:
    """What is needed beside the plan to keep a promise with some confidence.

    Parameters
    ----------
    confidence
        The probability of keeping it.
    days, cost
        Working days after the finish of the plan, and money beside its cost; never less than 0.
    finish, total
        The finish, in working days, and the cost that are kept with it.
    expected_days, expected_cost
        The same for the mean instead of the confidence; may be less than 0.
    """

    confidence: float
    days: float
    cost: float
    finish: float
    total: float
    expected_days: float
    expected_cost: float


def check_confidence(level: Any) -> None:
    """Refuse what is no confidence.

    Raises
    ------
    PlanError
        If it is not between 0 and 1.
    """
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise PlanError(f"confidence: must be between 0 and 1, got {level!r}")
