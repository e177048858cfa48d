"""How an activity earns its budget: the earned value methods, written as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isclose
from typing import Any

from pmkit.model.errors import PlanError

_PERCENT = {"", "percent", "percent complete", "%", "physical percent"}
_LEVEL_OF_EFFORT = {"level of effort", "loe"}
_RULE = (
    "ev_method must be empty or 'percent', two shares that add to 100 such as '0/100' or '50/50', "
    "'milestones' with weights that add to 100 such as 'milestones 20 30 50', or "
    "'level_of_effort'"
)
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")
_SAME = 1e-9  # shares of a percent that rounding may take from a sum


@dataclass(frozen=True, slots=True)
class EarningRule:
    """An earned value method: how much of its budget an activity has earned.

    Parameters
    ----------
    kind
        ``"percent"``, ``"fixed"`` (shares at start and finish), ``"milestones"`` or
        ``"level_of_effort"``.
    weights
        In percent: the two shares of ``"fixed"``, the weights of ``"milestones"``.

    Notes
    -----
    The methods are those of ANSI/EIA-748 and PMI's Practice Standard for Earned Value
    Management (2nd ed., 2011, ch. 4): percent complete, fixed formula, weighted milestone and
    level of effort.
    """

    kind: str = "percent"
    weights: tuple[float, ...] = ()

    @classmethod
    def parse(cls, text: str) -> EarningRule:
        """Read a method as it stands in the column ``ev_method``.

        Parameters
        ----------
        text
            Empty or ``percent``; ``0/100``, ``50/50`` or any two shares that add to 100 (the
            first is earned at the start, the rest at the finish); ``milestones 20 30 50``;
            ``level_of_effort``.

        Raises
        ------
        PlanError
            If it is none of these.

        Examples
        --------
        >>> EarningRule.parse("50/50").earned(10, started=True, finished=False)
        0.5
        >>> EarningRule.parse("milestones 20 30 50").earned(60, started=True, finished=False)
        0.5
        """
        words = " ".join(str(text).lower().replace("_", " ").replace("-", " ").split())
        if words in _PERCENT:
            return cls()
        if words in _LEVEL_OF_EFFORT:
            return cls("level_of_effort")
        if words.startswith("milestone"):
            _, _, rest = words.partition(" ")
            parts = re.split(r"[\s;,/|]+", rest.replace("%", "").strip())
            kind = "milestones"
        else:
            parts, kind = [part.strip(" %") for part in words.split("/")], "fixed"
            if len(parts) != 2:
                parts = [""]
        if not all(_AMOUNT.fullmatch(part) for part in parts):
            raise PlanError(f"{_RULE}, got {text!r}")
        weights = tuple(float(part) for part in parts)
        total = sum(weights)
        if not isclose(total, 100, rel_tol=1e-6):
            raise PlanError(f"{_RULE}; the shares of {text!r} add to {total:.12g}")
        return cls(kind, weights)

    @property
    def is_level_of_effort(self) -> bool:
        """Whether it earns what is planned, as time passes."""
        return self.kind == "level_of_effort"

    def earned(self, percent: float, started: bool, finished: bool) -> float:
        """Return the share of the budget that is earned, 0 to 1.

        Parameters
        ----------
        percent
            How much of the work is complete, 0 to 100.
        started, finished
            Whether the work has begun and whether it is complete.

        Notes
        -----
        For level of effort the percentage stands in: what is earned is what is planned, which
        only the plan knows.
        """
        if finished:
            return 1.0
        if self.kind == "fixed":
            return self.weights[0] / 100 if started else 0.0
        if self.kind == "milestones":
            return self._milestones(percent)
        return min(max(percent, 0.0), 100.0) / 100

    def _milestones(self, percent: float) -> float:
        reached = total = 0.0
        for weight in self.weights:
            total += weight
            if total > percent + _SAME:
                break
            reached = total
        return min(reached / 100, 1.0)

    def earned_array(self, percent: Any, started: Any, finished: Any) -> Any:
        """Return `earned` for arrays of the same shape."""
        import numpy as np

        if self.kind == "fixed":
            share = np.where(started, self.weights[0] / 100, 0.0)
        elif self.kind == "milestones":
            steps = np.concatenate([[0.0], np.cumsum(self.weights)])
            at = np.searchsorted(steps, np.asarray(percent, float) + _SAME, side="right") - 1
            share = np.minimum(steps[np.maximum(at, 0)] / 100, 1.0)
        else:
            share = np.clip(percent, 0.0, 100.0) / 100
        return np.where(finished, 1.0, share)

    def __str__(self) -> str:
        if self.kind == "fixed":
            return "/".join(f"{weight:g}" for weight in self.weights)
        if self.kind == "milestones":
            return " ".join(["milestones", *(f"{weight:g}" for weight in self.weights)])
        return self.kind
