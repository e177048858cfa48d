"""Small facts typed by hand, and the Java that reading real files needs."""

from __future__ import annotations

import os
from typing import Any

import pytest

from pmkit.files.tools.convert import to_plan
from pmkit.files.tools.java import find_java, require_packages
from pmkit.model.errors import PlanError
from pmkit.model.program import Plan

CI = os.environ.get("CI", "").lower() in {"1", "true"}
MORNING, EVENING = [480, 720], [780, 1020]
WEEK = [[MORNING, EVENING]] * 5 + [[], []]
NIGHTS = [[[0, 240], [1200, 1440]]] * 7


def java_or_skip() -> None:
    """Skip where no Java is installed; fail where it must be."""
    try:
        require_packages()
        find_java()
    except PlanError as error:
        if CI:
            pytest.fail(f"with CI=true Java must be there: {error}")
        pytest.skip(str(error))


def calendar(uid: int, name: str, week: Any = None, **more: Any) -> dict[str, Any]:
    """Return the facts of a calendar; Monday to Friday, 8 hours, where no week is given."""
    return {"uid": uid, "name": name, "minutes_per_day": 480,
            "week": WEEK if week is None else week, "dates": [], **more}  # fmt: skip


def task(uid: int, days: float = 0.0, **more: Any) -> dict[str, Any]:
    """Return the facts of a task of so many 8-hour days."""
    return {"uid": uid, "name": f"Task {uid}", "duration": days * 480, "active": True, **more}


def link(before: int, after: int, type_: str = "FS", lag: float = 0.0, unit: str = "minutes",
         **more: Any) -> dict[str, Any]:  # fmt: skip
    """Return the facts of a relation, its lag in minutes or percent."""
    return {"predecessor": before, "successor": after, "type": type_, "lag": lag, "unit": unit,
            **more}  # fmt: skip


def facts(*tasks: dict[str, Any], tool: str = "MPP", **more: Any) -> dict[str, Any]:
    """Return the facts of a file that starts on Monday 2026-03-02."""
    project = {"start": "2026-03-02T08:00", "minutes_per_day": 480, "calendar": 1,
               "honor_constraints": True} | more.pop("project", {})  # fmt: skip
    return {
        "source": {"application": "Microsoft" if tool == "MPP" else "Primavera", "type": tool},
        "project": project,
        "calendars": [calendar(1, "Standard"), *more.pop("calendars", [])],
        "tasks": list(tasks),
        **more,
    }


def plan_of(*tasks: dict[str, Any], **more: Any) -> Plan:
    """Return the plan that such facts become."""
    return to_plan(facts(*tasks, **more), "site.mpp")


def noted(plan: Plan, *words: str) -> bool:
    """Whether one of the notes holds all these words."""
    return any(all(word in note for word in words) for note in plan.notes)
