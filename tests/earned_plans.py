"""Plans with a baseline and progress, for the tests of earned value."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from pmkit.model.activity import Activity
from pmkit.model.calendar import Calendar
from pmkit.model.project import Project
from pmkit.model.settings import Settings

START = datetime(2026, 1, 5, 8)
STATUS = START + timedelta(days=40, hours=9)
CALENDARS = (
    Calendar.from_rows("short", [("Mon-Thu", "09:00-15:00")]),
    Calendar.from_rows("nights", [("Mon-Sat", "20:00-24:00")]),
)
METHODS = ("", "0/100", "50/50", "milestones 20 30 50", "level_of_effort")


@st.composite
def activities(draw: Any, id_: str, calendars: tuple[str, ...] = ("", "short", "nights")) -> Any:
    """An activity with a baseline, perhaps under way or complete."""
    begin = START + timedelta(hours=draw(st.integers(0, 24 * 60)))
    end = begin + timedelta(hours=draw(st.integers(0, 24 * 30)))
    fields: dict[str, Any] = {
        "baseline_start": begin,
        "baseline_finish": end,
        "fixed_cost": float(draw(st.integers(0, 5_000))),
        "cost_per_day": float(draw(st.integers(1, 900))),
        "calendar": draw(st.sampled_from(calendars)),
        "ev_method": draw(st.sampled_from(METHODS)),
        "wbs": draw(st.sampled_from(["1", "1.1", "1.2", "2.1", "2.1.3", ""])),
    }
    stage = draw(st.sampled_from(["complete", "under way", "not started"]))
    if stage != "not started":
        started = START + timedelta(hours=draw(st.integers(0, 24 * 30)))
        fields["actual_start"] = started
        fields["percent_complete"] = float(draw(st.integers(0, 99)))
        if draw(st.booleans()):
            fields["actual_cost"] = float(draw(st.integers(0, 20_000)))
        if stage == "complete":
            fields["percent_complete"] = 100.0
            fields["actual_finish"] = started + timedelta(hours=draw(st.integers(0, 24 * 9)))
    return Activity(id_, float(draw(st.integers(1, 40))), **fields)


@st.composite
def plans(draw: Any, calendars: tuple[str, ...] = ("", "short", "nights")) -> Project:
    """A dated plan with a baseline, three calendars, progress and a status date."""
    count = draw(st.integers(1, 6))
    return Project(
        tuple(draw(activities(f"A{i}", calendars)) for i in range(count)),
        settings=Settings(start=START, status_date=STATUS),
        calendars=CALENDARS,
    )


def undated(*rows: Activity, **fields: Any) -> Project:
    """A plan that counts in working days."""
    return Project(rows, **fields)


def planned(id_: str, start: float, finish: float, cost: float, **fields: Any) -> Activity:
    """An undated activity whose budget is spread over its baseline."""
    days = finish - start
    rate = {"cost_per_day": cost / days} if days else {"fixed_cost": cost}
    return Activity(id_, days, baseline_start=start, baseline_finish=finish, **rate, **fields)
