"""The shed under way for the status panel, and what is read off the panel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pmkit.analysis.scheduling.baseline import set_baseline
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.settings import Settings
from pmkit.widgets.status import StatusPanel
from pmkit.widgets.status_charts import StatusCharts


def approved(**settings: object) -> Project:
    """Dig, then pour and wire; ten working days from Monday 5 January 2026, 100 a day each."""
    activities = (
        Activity("Dig", 4, "Dig the pit", cost_per_day=100, wbs="1.1",
                 three_point=ThreePoint(3, 4, 6)),
        Activity("Pour", 6, "Pour concrete", cost_per_day=100, wbs="1.2",
                 three_point=ThreePoint(5, 6, 9)),
        Activity("Wire", 3, cost_per_day=100, wbs="2.1"),
    )  # fmt: skip
    links = (Dependency("Dig", "Pour"), Dependency("Dig", "Wire"))
    plan = Project(activities, links, Settings(name="Shed", start=date(2026, 1, 5), currency="EUR",
                                               **settings))  # fmt: skip
    return set_baseline(plan)


def under_way(plan: Project | None = None, **pour: object) -> Project:
    """The evening of Monday 12 January, day 6: Dig took five days, half of Pour is done."""
    plan = approved(status_date=date(2026, 1, 12)) if plan is None else plan
    progress = {
        "Dig": {"actual_start": date(2026, 1, 5), "actual_finish": date(2026, 1, 9),
                "percent_complete": 100.0, "actual_cost": 500.0},
        "Pour": {"actual_start": date(2026, 1, 12), "percent_complete": 10.0,
                 "actual_cost": 120.0} | pour,
    }  # fmt: skip
    return replace(
        plan, activities=tuple(replace(a, **progress.get(a.id, {})) for a in plan.activities)
    )


def leave_out_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the two charts that take a second, where a test is not about them."""
    for name in ("_draw_curve", "_draw_trend"):
        monkeypatch.setattr(StatusCharts, name, lambda *_: None)


def card(panel: StatusPanel, start: str) -> dict[str, object]:
    return next(item for item in panel.figures.items if item["title"].startswith(start))
