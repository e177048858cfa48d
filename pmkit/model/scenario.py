"""What if: a named list of changes to a plan that itself stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from pmkit.model.activity import Assignment, ThreePoint
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.new_values import ESTIMATES
from pmkit.model.program import Plan
from pmkit.model.risk import RiskEvent

_UNSAID = ("is_responded", "state")
"""Fields that are told only where they are not what they usually are."""


@dataclass(frozen=True)
class Scenario:
    """A named list of changes, applied in order.

    Parameters
    ----------
    name
        How tables and charts call it.
    changes
        What would be different.

    Examples
    --------
    >>> from pmkit.model.project import Project
    >>> plan = Project.from_table([("A", 3, ""), ("B", 4, "A")])
    >>> Scenario("slow B", [Change("B", duration="+5")]).apply(plan)["B"].duration
    9.0
    """

    name: str
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        changes: Any = self.changes
        object.__setattr__(
            self, "changes", (changes,) if isinstance(changes, Change) else tuple(changes)
        )
        if not self.name.strip():
            raise PlanError("scenario: name must not be empty")
        if strangers := [c for c in self.changes if not isinstance(c, Change)]:
            raise PlanError(
                f"scenario {self.name!r}: changes must each be a Change, got {strangers[0]!r}"
            )

    def apply(self, plan: Plan) -> Plan:
        """Return the plan with the changes made; the plan itself is not touched.

        Raises
        ------
        PlanError
            If a change names nothing of the plan, or the changed plan breaks a rule; every
            sentence starts with the scenario's name.
        """
        try:
            for change in self.changes:
                plan = applied(plan, change)
        except PlanError as error:
            raise PlanError(
                [
                    replace(problem, sentence=f"scenario {self.name!r}: {problem.sentence}")
                    for problem in error.problems
                ]
            ) from None
        return plan

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario as plain values, for json."""
        return {
            "name": self.name,
            "changes": [{"target": c.target, **_plain(c.values)} for c in self.changes],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Scenario:
        """Return the scenario that `to_dict` described.

        Raises
        ------
        PlanError
            If it does not have the form that `to_dict` writes.
        """
        try:
            changes = []
            for item in data["changes"]:
                values = {name: _revived(name, v) for name, v in item.items() if name != "target"}
                changes.append(Change(item["target"], **values))
            return cls(str(data["name"]), tuple(changes))
        except (KeyError, TypeError, AttributeError) as error:
            raise PlanError(
                "scenario: must have a name and a list of changes, each with its target, as "
                f"saved by pmkit, got something else ({type(error).__name__}: {error})"
            ) from None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            held = {field.name: getattr(value, field.name) for field in fields(value)}
            needed = {f.name for f in fields(value) if f.default is f.default_factory is MISSING}
            usual = {f.name: f.default for f in fields(value) if f.name in _UNSAID}
            return {
                name: plain(v)
                for name, v in held.items()
                if name in needed or (v not in (None, "", (), {}) and usual.get(name, ...) != v)
            }
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return [plain(v) for v in value]
        return value

    return {name: plain(value) for name, value in values.items()}


def _revived(name: str, value: Any) -> Any:
    """Return a value of json as the object it was; `Change` itself sees to dates and tuples."""
    if name == "risk" and isinstance(value, Mapping):
        parts = {k: _revived(k, v) for k, v in value.items()}
        return RiskEvent(**parts)
    if name in ESTIMATES and isinstance(value, Mapping):
        return ThreePoint(**value)
    if name == "resources" and isinstance(value, list):
        return [Assignment(**a) if isinstance(a, Mapping) else a for a in value]
    return value
