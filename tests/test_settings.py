"""Settings: what is valid, and what is said when it is not."""

from __future__ import annotations

from datetime import date, datetime
from math import inf, nan
from typing import Any

import pytest

from pmkit.model.errors import PlanError
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly

START = date(2026, 1, 5)


def test_a_plan_is_dated_when_it_has_a_start() -> None:
    assert not Settings().is_dated
    assert Settings(start=datetime(2026, 1, 5, 8)).is_dated


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"start": "2026-01-05"}, "settings: start must be a date, got '2026-01-05'"),
        ({"start": 3}, "settings: start must be a date, got 3"),
        *(
            (
                {"hours_per_day": hours},
                f"settings: hours_per_day must be more than 0 and at most 24 hours, got {hours!r}",
            )
            for hours in (0, -8, 25, nan, "8h")
        ),
        *(
            (
                {"critical_float": value},
                f"settings: critical_float must be a finite number of working days, got {value!r}",
            )
            for value in (inf, nan, "none")
        ),
        (
            {"constraints": "strict"},
            "settings: constraints must be one of logic_first, honour_dates, got 'strict'",
        ),
        *(
            (
                {key: START},
                f"settings: {key} is a date, so the plan needs a start date too, got none",
            )
            for key in ("finish", "status_date")
        ),
        *(
            (
                {key: 40, "start": START},
                f"settings: {key} must be a date, as the plan has a start date, got 40",
            )
            for key in ("finish", "status_date")
        ),
        (
            {"finish": nan},
            "settings: finish must be a finite number of working days in a plan without a start "
            "date, got nan",
        ),
    ],
)
def test_a_broken_setting_is_named_with_what_came(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        Settings(**fields)


def test_all_problems_of_the_settings_come_together() -> None:
    with pytest.raises(PlanError) as caught:
        Settings(hours_per_day=0, constraints="strict", critical_float=nan)
    assert len(caught.value.problems) == 3


def test_a_negative_critical_float_is_allowed() -> None:
    assert Settings(critical_float=-2).critical_float == -2


def test_a_project_needs_an_id_and_a_number_becomes_text() -> None:
    assert ProjectInfo(3.0).id == "3"  # type: ignore[arg-type]
    with pytest.raises(PlanError, match=exactly("project: id must not be empty")):
        ProjectInfo(" ")
