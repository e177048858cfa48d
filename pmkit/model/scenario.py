"""What if: a named list of changes to a plan that itself stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date, datetime
from typing import Any

from pmkit.model.activity import Assignment, ThreePoint
from pmkit.model.applying import applied
from pmkit.model.change import Change
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan
from pmkit.model.risk import RiskEvent


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
        object.__setattr__(self, "changes", tuple(self.changes))
        if not self.name.strip():
            raise PlanError("scenario: name must not be empty")

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
            return {k: plain(v) for k, v in asdict(value).items() if v not in (None, "", (), {})}
        if hasattr(value, "isoformat"):
            return value.isoformat()
        if isinstance(value, list | tuple):
            return [plain(v) for v in value]
        return value

    return {name: plain(value) for name, value in values.items()}


def _revived(name: str, value: Any) -> Any:
    if name == "risk" and isinstance(value, Mapping):
        parts = dict(value)
        if isinstance(parts.get("impact"), Mapping):
            parts["impact"] = ThreePoint(**parts["impact"])
        fields: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in parts.items()
        }
        return RiskEvent(**fields)
    if name in ("three_point", "fixed_cost_estimate", "impact") and isinstance(value, Mapping):
        return ThreePoint(**value)
    if name == "resources":
        return tuple(Assignment(**a) if isinstance(a, Mapping) else a for a in value)
    dated = name in ("start", "finish") or name.endswith(("_date", "_start", "_finish"))
    if dated and isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return value
    return tuple(value) if isinstance(value, list) else value
