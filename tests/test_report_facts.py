"""The words of a report: what is assumed, a value, and a difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from pmkit.analysis.compare import compare
from pmkit.files.report_facts import assumptions, delta_words, value_text
from pmkit.model.calendar import Calendar
from pmkit.model.settings import Settings
from tests.report_cases import plan_of


def test_assumptions_follow_the_plan() -> None:
    plan = plan_of(
        settings=Settings(
            start=datetime(2026, 3, 2, 13), finish=date(2026, 4, 1), status_date=date(2026, 3, 9),
            constraints="honour_dates", hours_per_day=7.5, critical_float=1, calendar="City",
        ),
        calendars=(
            Calendar.from_rows("City", [("Mon-Fri", "08:00-15:30"), ("2026-03-20", "")]),
            Calendar.standard("Site"),
        ),
    )  # fmt: skip
    late = replace(plan.activities[0], percent_complete=20, correlation_group="ground")
    plan = replace(plan, activities=(late, *plan.activities[1:]))
    told = dict(assumptions(compare(plan, trials=100)))
    assert told["Start"] == "2 Mar 2026 13:00"
    assert told["Imposed finish"] == "1 Apr 2026; late dates count back from it"
    assert told["Date of the status"] == "9 Mar 2026"
    assert told["Progress"].endswith("scheduled from the status date (retained logic)")
    assert told["Project calendar"] == "City: Mon Tue Wed Thu Fri 08:00-15:30; 1 other day"
    assert told["Other calendars"] == "Site"
    assert told["Working day"] == "7.5 hours"
    assert told["Date constraints"] == "dates come first, as in MS Project (honour_dates)"
    assert told["Critical"] == "total float of at most 1 working day"
    assert told["Correlation"] == "0.5 between durations of the same group: ground (1)"


@pytest.mark.parametrize(
    ("name", "delta", "words"),
    [
        ("finish", 1.0, "1 working day later"),
        ("finish", -0.25, "0.25 working days earlier"),
        ("finish_p80", -4.5889, "4.6 working days earlier"),
        ("finish_date", 7, "7 calendar days later"),
        ("chance_of_plan_finish", 0.01, "1 percentage point more"),
        ("cost", -1200, "EUR 1,200 less"),
        ("critical_activities", 2, "2 more"),
        ("cost", 1e-9, "no change"),
        ("finish", None, "–"),
    ],
)
def test_a_difference_is_told_in_words(name: str, delta: float | None, words: str) -> None:
    assert delta_words(name, delta, "EUR") == words


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("finish", 136.0, "136 working days"),
        ("finish_p80_date", datetime(2026, 8, 26, 9, 9), "26 Aug 2026"),
        ("chance_of_plan_finish", 0.012, "1.2 %"),
        ("chance_of_plan_finish", 1.0, "100 %"),
        ("cost_p95", 9_551_417.4, "9,551,417"),
        ("finish_date", None, "–"),
    ],
)
def test_a_value_is_shown_as_people_read_it(name: str, value: Any, text: str) -> None:
    assert value_text(name, value) == text
